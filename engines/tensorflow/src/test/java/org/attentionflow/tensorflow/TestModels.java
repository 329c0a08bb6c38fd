package org.attentionflow.tensorflow;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * Writes TensorFlow models from Hugging Face checkpoints of BERT, RoBERTa, DistilBERT and ELECTRA
 * classifiers: real SavedModels with variables, signature and saver, and frozen graphs. The script
 * benchmarks/forms converts a checkpoint of one's own.
 */
public final class TestModels {
  /** How a model is stored. */
  enum Form {
    /** Weights are constants: one file. */
    FROZEN,
    /** As TensorFlow 1 saves: nodes and variables lie open. */
    PLAIN,
    /** As TensorFlow 2 saves: all is inside functions that call each other. */
    FUNCTIONS,
    /**
     * As Keras saves: a function for every layer, assertions, no attributes of default value, and
     * variables in two shards under names of their place in the model, beside an optimizer's.
     */
    KERAS
  }

  private static final List<String> INPUTS =
      List.of("input_ids", "attention_mask", "token_type_ids");

  private TestModels() {}

  /**
   * Writes a checkpoint as a SavedModel in the layout of Hugging Face, {@code saved_model/1} with
   * configuration and tokenizer above it.
   *
   * @param args the folder of the checkpoint and the folder to write
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]), Form.FUNCTIONS, ClassifierGraph.Style.TENSORDOT);
  }

  /** Writes a model; the files beside the weights are copied. */
  static Path write(Path checkpoint, Path target, Form form, ClassifierGraph.Style style)
      throws IOException {
    Files.createDirectories(target);
    for (String name :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt")) {
      if (Files.exists(checkpoint.resolve(name))) {
        Files.write(target.resolve(name), Files.readAllBytes(checkpoint.resolve(name)));
      }
    }
    String json = Files.readString(checkpoint.resolve("config.json"));
    JsonObject config = JsonParser.parseString(json).getAsJsonObject();
    try (SafetensorsFile file = SafetensorsFile.open(checkpoint.resolve("model.safetensors"))) {
      GoldenWeights weights = new GoldenWeights(file);
      ClassifierGraph graph = new ClassifierGraph(config, weights, style, form != Form.FROZEN);
      if (form == Form.FROZEN) {
        frozen(graph, target.resolve("frozen_graph.pb"));
      } else {
        Path folder = Files.createDirectories(target.resolve("saved_model/1"));
        saved(graph, weights, form, folder, config.get("vocab_size").getAsInt());
      }
    }
    return target;
  }

  private static void frozen(ClassifierGraph graph, Path file) throws IOException {
    List<String> inputs = inputs(graph, "");
    String logits = graph.logits(inputs.get(0), inputs.get(1), inputs.get(inputs.size() - 1));
    graph.scope("");
    graph.op("Identity", logits);
    Files.write(file, GraphDef.newBuilder().addAllNode(graph.nodes()).build().toByteArray());
  }

  private static List<String> inputs(ClassifierGraph graph, String prefix) {
    return INPUTS.stream()
        .filter(name -> graph.hasSegments() || !name.equals("token_type_ids"))
        .map(name -> graph.placeholder(prefix + name, DataType.DT_INT32, -1, -1))
        .toList();
  }

  private static void saved(
      ClassifierGraph graph, GoldenWeights weights, Form form, Path folder, int vocabularySize)
      throws IOException {
    List<String> inputs = inputs(graph, "serving_default_");
    String logits = graph.logits(inputs.get(0), inputs.get(1), inputs.get(inputs.size() - 1));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    graph.handles().forEach((name, node) -> values.put(node, weights.used().get(name)));
    boolean keras = form == Form.KERAS;
    Map<String, String> names = keras ? keyed(values.keySet()) : unchanged(values.keySet());
    Map<String, TensorProto> others = keras ? optimizer() : Map.of();
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder().addTags("serve");
    if (form == Form.PLAIN) {
      meta.setGraphDef(plain(graph, names, meta.getSaverDefBuilder()));
      meta.putSignatureDef("serving_default", signature(inputs, logits));
    } else {
      KerasGraph layers = new KerasGraph();
      List<NodeDef> nodes = graph.nodes();
      if (keras) {
        layers.assertIdsBelow(graph, inputs.get(0), vocabularySize);
        nodes = graph.nodes();
        for (String scope : graph.layerScopes()) {
          nodes = layers.outlined(nodes, scope);
        }
      }
      GraphDef functions =
          functions(layers, nodes, inputs, logits, names, others, meta.getSaverDefBuilder());
      meta.setGraphDef(keras ? layers.stripped(functions) : functions);
      meta.putSignatureDef("serving_default", signature(inputs, "StatefulPartitionedCall:0"));
    }
    SavedModel model =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
    Map<String, FloatTensor> stored = new LinkedHashMap<>();
    names.forEach((handle, name) -> stored.put(name, values.get(handle)));
    Path variables = Files.createDirectories(folder.resolve("variables"));
    ShardedCheckpoint.write(variables, stored, others, keras ? 2 : 1);
  }

  private static Map<String, String> unchanged(Collection<String> handles) {
    Map<String, String> names = new LinkedHashMap<>();
    handles.forEach(handle -> names.put(handle, handle));
    return names;
  }

  /** Names by the place of a variable in the model, as TensorFlow 2 stores variables. */
  private static Map<String, String> keyed(Collection<String> handles) {
    Map<String, String> names = new LinkedHashMap<>();
    handles.forEach(
        handle -> names.put(handle, "variables/" + names.size() + "/.ATTRIBUTES/VARIABLE_VALUE"));
    return names;
  }

  /** What a checkpoint holds beside the model: an optimizer's counter, and what lies where. */
  private static Map<String, TensorProto> optimizer() {
    TensorProto steps =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT64)
            .setTensorShape(Nodes.shapeOf())
            .addInt64Val(1200)
            .build();
    Map<String, TensorProto> others = new LinkedHashMap<>();
    others.put("optimizer/iter/.ATTRIBUTES/VARIABLE_VALUE", steps);
    others.put("_CHECKPOINTABLE_OBJECT_GRAPH", ShardedCheckpoint.scalar("objects"));
    return others;
  }

  private static SignatureDef signature(List<String> inputs, String output) {
    SignatureDef.Builder signature =
        SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict");
    for (String input : inputs) {
      signature.putInputs(
          input.replace("serving_default_", ""),
          TensorInfo.newBuilder()
              .setName(input + ":0")
              .setDtype(DataType.DT_INT32)
              .setTensorShape(Nodes.shapeOf(-1, -1))
              .build());
    }
    String name = output.contains(":") ? output : output + ":0";
    TensorInfo logits = TensorInfo.newBuilder().setName(name).setDtype(DataType.DT_FLOAT).build();
    return signature.putOutputs("logits", logits).build();
  }

  private static GraphDef plain(
      ClassifierGraph graph, Map<String, String> names, SaverDef.Builder saver) {
    graph.scope("save");
    String file = graph.placeholder("save/filename", DataType.DT_STRING);
    NodeDef.Builder all = Nodes.node("NoOp", "save/restore_all");
    restoring(graph, file, names, Map.of()).forEach(node -> all.addInput("^" + node));
    graph.add(all.build());
    saver.setFilenameTensorName(file + ":0").setRestoreOpName("save/restore_all");
    return GraphDef.newBuilder().addAllNode(graph.nodes()).build();
  }

  private static GraphDef functions(
      KerasGraph layers,
      List<NodeDef> nodes,
      List<String> inputs,
      String logits,
      Map<String, String> names,
      Map<String, TensorProto> others,
      SaverDef.Builder saver) {
    OperationRegistry registry =
        new OperationRegistry(NativeLibrary.operations(), layers.functions());
    FunctionWriter writer = new FunctionWriter(registry);
    List<String> handles = List.copyOf(names.keySet());
    Map<String, DataType> arguments = new LinkedHashMap<>();
    inputs.forEach(input -> arguments.put(input, DataType.DT_INT32));
    handles.forEach(handle -> arguments.put(handle, DataType.DT_RESOURCE));
    List<String> given = List.copyOf(arguments.keySet());
    FunctionDef inner =
        writer.function("__inference_call_1", nodes, arguments, Map.of("logits", logits));
    NodeDef innerCall = FunctionWriter.call("StatefulPartitionedCall", inner, given);
    OperationRegistry more = new OperationRegistry(NativeLibrary.operations(), List.of(inner));
    List<NodeDef> wrapped = new ArrayList<>(List.of(innerCall));
    NodeDef result =
        Nodes.node("Identity", "Identity", "StatefulPartitionedCall", "^StatefulPartitionedCall")
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .build();
    wrapped.add(result);
    FunctionDef outer =
        new FunctionWriter(more)
            .function(
                "__inference_signature_wrapper_2",
                wrapped,
                arguments,
                Map.of("logits", "Identity"));
    boolean counts = !others.isEmpty();
    Map<String, String> counters =
        counts ? Map.of("Adam/iter", others.keySet().iterator().next()) : Map.of();
    FunctionDef restore = restoreFunction(writer, names, counters);

    GraphDef.Builder all = GraphDef.newBuilder();
    nodes.stream().filter(node -> arguments.containsKey(node.getName())).forEach(all::addNode);
    all.addNode(FunctionWriter.call("StatefulPartitionedCall", outer, given));
    all.addNode(
        Nodes.node("Placeholder", "saver_filename")
            .putAttr("dtype", Nodes.type(DataType.DT_STRING))
            .putAttr("shape", Nodes.shape()));
    List<String> restored = new ArrayList<>(List.of("saver_filename"));
    restored.addAll(handles);
    restored.addAll(counters.keySet());
    counters
        .keySet()
        .forEach(
            name ->
                all.addNode(
                    Nodes.node("VarHandleOp", name)
                        .putAttr("dtype", Nodes.type(DataType.DT_INT64))
                        .putAttr("shape", Nodes.shape())
                        .putAttr("shared_name", Nodes.text(name))));
    all.addNode(FunctionWriter.call("StatefulPartitionedCall_1", restore, restored));
    saver
        .setFilenameTensorName("saver_filename:0")
        .setRestoreOpName("StatefulPartitionedCall_1")
        .setVersion(SaverDef.CheckpointFormatVersion.V2);
    all.getLibraryBuilder()
        .addAllFunction(layers.functions())
        .addFunction(inner)
        .addFunction(outer)
        .addFunction(restore);
    return all.build();
  }

  private static FunctionDef restoreFunction(
      FunctionWriter writer, Map<String, String> names, Map<String, String> counters) {
    GraphBuilder body = new GraphBuilder();
    String file = body.placeholder("file_prefix", DataType.DT_STRING);
    Map<String, DataType> arguments = new LinkedHashMap<>();
    arguments.put(file, DataType.DT_STRING);
    List<String> handles = new ArrayList<>(names.keySet());
    handles.addAll(counters.keySet());
    handles.forEach(
        handle -> {
          body.placeholder(handle, DataType.DT_RESOURCE);
          arguments.put(handle, DataType.DT_RESOURCE);
        });
    NodeDef.Builder result =
        Nodes.node("Identity", "Identity", file).putAttr("T", Nodes.type(DataType.DT_STRING));
    restoring(body, file, names, counters).forEach(node -> result.addInput("^" + node));
    body.add(result.build());
    return writer.function(
        "__inference__traced_restore_3", body.nodes(), arguments, Map.of("identity", "Identity"));
  }

  /**
   * Adds nodes that restore variables; returns those that have to run.
   *
   * @param names under which name each variable is stored, by its handle
   * @param counters the same of variables that count
   */
  private static List<String> restoring(
      GraphBuilder graph, String file, Map<String, String> names, Map<String, String> counters) {
    Map<String, DataType> types = new LinkedHashMap<>();
    names.keySet().forEach(handle -> types.put(handle, DataType.DT_FLOAT));
    counters.keySet().forEach(handle -> types.put(handle, DataType.DT_INT64));
    List<String> stored = new ArrayList<>(names.values());
    stored.addAll(counters.values());
    AttrValue.Builder list = AttrValue.newBuilder();
    types.values().forEach(list.getListBuilder()::addType);
    String restored =
        graph.op(
            "RestoreV2",
            Map.of("dtypes", list.build()),
            file,
            graph.constant(ShardedCheckpoint.texts(stored)),
            graph.constant(ShardedCheckpoint.texts(stored.stream().map(name -> "").toList())));
    List<String> assigned = new ArrayList<>();
    types.forEach(
        (handle, type) -> {
          String value = new TensorName(restored, assigned.size()).toString();
          Map<String, AttrValue> attributes = Map.of("dtype", Nodes.type(type));
          assigned.add(graph.op("AssignVariableOp", attributes, handle, value));
        });
    return assigned;
  }
}
