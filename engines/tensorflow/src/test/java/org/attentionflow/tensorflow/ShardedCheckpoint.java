package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/**
 * Lets TensorFlow itself write a checkpoint of one or several shards: each is saved under a
 * temporary name, and then they are merged, as a program that trains writes them.
 */
final class ShardedCheckpoint {
  private final GraphBuilder graph = new GraphBuilder();
  private final Map<String, FloatTensor> fed = new HashMap<>();

  private ShardedCheckpoint() {}

  /**
   * Writes {@code variables.index} and as many {@code variables.data-…} as there are shards.
   *
   * @param values by the name under which they are stored
   * @param others further tensors, stored in the last shard
   */
  static void write(
      Path folder, Map<String, FloatTensor> values, Map<String, TensorProto> others, int shards) {
    new ShardedCheckpoint().run(folder, values, others, shards);
  }

  private void run(
      Path folder, Map<String, FloatTensor> values, Map<String, TensorProto> others, int shards) {
    String target = text(folder.resolve("variables").toString());
    String base = text(folder.resolve("_temp").resolve("part").toString());
    List<String> names = List.copyOf(values.keySet());
    List<String> parts = new ArrayList<>();
    List<String> saves = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      String part =
          graph.op("ShardedFilename", Map.of(), base, graph.number(shard), graph.number(shards));
      int from = shard * names.size() / shards;
      int to = (shard + 1) * names.size() / shards;
      Map<String, TensorProto> more = shard == shards - 1 ? others : Map.of();
      saves.add(save(part, names.subList(from, to), values, more));
      parts.add(part);
    }
    String list =
        graph.op(
            "Pack",
            Map.of(
                "T", Nodes.type(DataType.DT_STRING),
                "N", Nodes.number(shards),
                "axis", Nodes.number(0)),
            parts.toArray(String[]::new));
    String merge =
        graph.op("MergeV2Checkpoints", Map.of("delete_old_dirs", Nodes.flag(true)), list, target);
    saves.forEach(save -> graph.waits(merge, save));
    execute(merge);
  }

  private String save(
      String file,
      List<String> names,
      Map<String, FloatTensor> values,
      Map<String, TensorProto> others) {
    List<String> keys = new ArrayList<>(names);
    keys.addAll(others.keySet());
    List<String> inputs = new ArrayList<>(List.of(file));
    inputs.add(graph.constant(texts(keys)));
    inputs.add(graph.constant(texts(keys.stream().map(key -> "").toList())));
    AttrValue.Builder types = AttrValue.newBuilder();
    for (String name : names) {
      FloatTensor value = values.get(name);
      String node = "value_" + fed.size();
      fed.put(node, value);
      inputs.add(graph.placeholder(node, DataType.DT_FLOAT, WeightedGraph.longs(value.shape())));
      types.getListBuilder().addType(DataType.DT_FLOAT);
    }
    others.forEach(
        (key, value) -> {
          inputs.add(graph.constant(value));
          types.getListBuilder().addType(value.getDtype());
        });
    return graph.op("SaveV2", Map.of("dtypes", types.build()), inputs.toArray(String[]::new));
  }

  private void execute(String target) {
    List<NodeDef> nodes = graph.nodes();
    try (Graph loaded = new Graph()) {
      loaded.importGraphDef(GraphDef.newBuilder().addAllNode(nodes).build());
      try (Session session = new Session(loaded)) {
        Session.Runner runner = session.runner().addTarget(target);
        List<TFloat32> tensors = new ArrayList<>();
        fed.forEach(
            (node, value) -> {
              Shape shape = Shape.of(WeightedGraph.longs(value.shape()));
              TFloat32 tensor =
                  TFloat32.tensorOf(shape, DataBuffers.of(value.values(), true, false));
              tensors.add(tensor);
              runner.feed(node, tensor);
            });
        runner.run().close();
        tensors.forEach(TFloat32::close);
      }
    }
  }

  private String text(String text) {
    return graph.constant(scalar(text));
  }

  /** A string without axes. */
  static TensorProto scalar(String text) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(Nodes.shapeOf())
        .addStringVal(ByteString.copyFromUtf8(text))
        .build();
  }

  /** Strings along one axis. */
  static TensorProto texts(List<String> texts) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(Nodes.shapeOf(texts.size()));
    texts.forEach(text -> tensor.addStringVal(ByteString.copyFromUtf8(text)));
    return tensor.build();
  }
}
