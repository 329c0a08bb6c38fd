package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/**
 * How the variables of a SavedModel get their values: by running nodes of its own graph.
 *
 * @param fileName the tensor to feed with where the variables lie; null if there are none
 * @param restore the node that restores them; null if there are none
 * @param start the node to run afterwards; null if there is none
 * @param assets the tensors to feed with paths of further files, relative to the model
 */
record RestorePlan(
    @Nullable TensorName fileName,
    @Nullable String restore,
    @Nullable String start,
    Map<TensorName, String> assets) {
  private static final String INIT_SIGNATURE = "__saved_model_init_op";
  private static final List<String> INIT_COLLECTIONS =
      List.of("saved_model_main_op", "legacy_init_op");

  /** For a graph without variables. */
  static final RestorePlan NOTHING = new RestorePlan(null, null, null, Map.of());

  /** What the SavedModel says. */
  static RestorePlan of(@Nullable MetaGraphDef meta) {
    if (meta == null) {
      return NOTHING;
    }
    Map<TensorName, String> assets = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    meta.getAssetFileDefList()
        .forEach(
            asset ->
                assets.put(
                    TensorName.parse(asset.getTensorInfo().getName()),
                    "assets/" + asset.getFilename()));
    String restore = meta.getSaverDef().getRestoreOpName();
    boolean restores = !restore.isEmpty();
    return new RestorePlan(
        restores ? TensorName.parse(meta.getSaverDef().getFilenameTensorName()) : null,
        restores ? TensorName.parse(restore).node() : null,
        start(meta),
        assets);
  }

  private static @Nullable String start(MetaGraphDef meta) {
    SignatureDef signature = meta.getSignatureDefMap().get(INIT_SIGNATURE);
    if (signature != null && signature.getOutputsCount() > 0) {
      String name = signature.getOutputsMap().values().iterator().next().getName();
      return TensorName.parse(name).node();
    }
    for (String key : INIT_COLLECTIONS) {
      CollectionDef collection = meta.getCollectionDefMap().get(key);
      if (collection != null && collection.getNodeList().getValueCount() > 0) {
        return TensorName.parse(collection.getNodeList().getValue(0)).node();
      }
    }
    return null;
  }

  /** The tensors whose makers have to be in the graph for this. */
  List<TensorName> needed() {
    List<TensorName> needed = new ArrayList<>(assets.keySet());
    if (fileName != null) {
      needed.add(fileName);
    }
    if (restore != null) {
      needed.add(TensorName.of(restore));
    }
    if (start != null) {
      needed.add(TensorName.of(start));
    }
    return needed;
  }
}
