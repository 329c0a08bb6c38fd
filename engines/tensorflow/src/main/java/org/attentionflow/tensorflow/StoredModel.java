package org.attentionflow.tensorflow;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * A graph as it was stored, with calls of functions, and what to feed and fetch.
 *
 * @param meta how to restore variables; null for a frozen graph, which has none
 */
record StoredModel(GraphDef graph, GraphSignature signature, @Nullable MetaGraphDef meta) {
  private static final String SERVE = "serve";
  private static final String DEFAULT_SIGNATURE = "serving_default";

  /** TensorFlow's own signature for the start of a model. */
  private static final String INIT = "__saved_model_init_op";

  /** Reads and checks a model's graph; no native code is needed. */
  static StoredModel read(ModelFiles files) {
    StoredModel model = files.savedModel() ? savedModel(files) : frozen(files);
    ConstantMemory.checkStored(model.graph());
    return model;
  }

  private static StoredModel frozen(ModelFiles files) {
    GraphDef graph = GraphReader.frozen(files.graph());
    return new StoredModel(graph, GraphSignature.of(graph), null);
  }

  private static StoredModel savedModel(ModelFiles files) {
    SavedModel saved = GraphReader.savedModel(files.graph());
    MetaGraphDef meta = serving(saved, files);
    Map<String, SignatureDef> signatures = new TreeMap<>(meta.getSignatureDefMap());
    signatures.remove(INIT);
    if (signatures.isEmpty()) {
      throw new UnusableInputException(
          ("The SavedModel " + files.graph() + " has no signature.")
              + " Maybe save it again with signatures for serving.");
    }
    return new StoredModel(meta.getGraphDef(), signature(signatures, files), meta);
  }

  /** The default signature, or the only one, or the only one that a classifier could have. */
  private static GraphSignature signature(Map<String, SignatureDef> signatures, ModelFiles files) {
    if (signatures.containsKey(DEFAULT_SIGNATURE)) {
      return GraphSignature.of(DEFAULT_SIGNATURE, signatures.get(DEFAULT_SIGNATURE));
    }
    if (signatures.size() == 1) {
      Map.Entry<String, SignatureDef> only = signatures.entrySet().iterator().next();
      return GraphSignature.of(only.getKey(), only.getValue());
    }
    Map<String, GraphSignature> fitting = new TreeMap<>();
    signatures.forEach(
        (name, signature) ->
            GraphSignature.ofClassifier(name, signature).ifPresent(s -> fitting.put(name, s)));
    if (fitting.size() == 1) {
      return fitting.values().iterator().next();
    }
    throw new UnusableInputException(
        ("The SavedModel " + files.graph() + " has the signatures ")
            + String.join(", ", signatures.keySet())
            + (", but not " + DEFAULT_SIGNATURE + ", and ")
            + (fitting.isEmpty() ? "none" : String.join(", ", fitting.keySet()))
            + " of them could be a classifier's, token ids in and a table of floats [batch, class]"
            + " out. Maybe save it again with the one to explain as "
            + (DEFAULT_SIGNATURE + "."));
  }

  /** The graph for serving; the only one if there is just one. */
  private static MetaGraphDef serving(SavedModel saved, ModelFiles files) {
    List<MetaGraphDef> graphs = saved.getMetaGraphsList();
    return graphs.stream()
        .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(SERVE))
        .findFirst()
        .orElseGet(
            () -> {
              if (graphs.size() == 1) {
                return graphs.get(0);
              }
              throw new UnusableInputException(
                  ("The SavedModel " + files.graph() + " has " + graphs.size() + " graphs, none")
                      + (" of them with the tag " + SERVE + "."));
            });
  }
}
