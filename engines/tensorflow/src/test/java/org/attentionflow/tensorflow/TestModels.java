package org.attentionflow.tensorflow;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
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
import org.tensorflow.types.TFloat32;

/**
 * Writes TensorFlow models from Hugging Face checkpoints of BERT, RoBERTa, DistilBERT and ELECTRA
 * classifiers: real SavedModels with variables, signature and saver, and frozen graphs. The page
 * docs/tensorflow.md says how to convert a checkpoint of one's own.
 */
public final class TestModels {
  /** How a model is stored. */
  enum Form {
    /** Weights are constants: one file. */
    FROZEN,
    /** As TensorFlow 1 saves: nodes and variables lie open. */
    PLAIN,
    /** As TensorFlow 2 saves: all is inside functions that call each other. */
    FUNCTIONS
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
        saved(graph, weights, form, folder);
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

  private static void saved(ClassifierGraph graph, GoldenWeights weights, Form form, Path folder)
      throws IOException {
    List<String> inputs = inputs(graph, "serving_default_");
    String logits = graph.logits(inputs.get(0), inputs.get(1), inputs.get(inputs.size() - 1));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    graph.handles().forEach((name, node) -> values.put(node, weights.used().get(name)));
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder().addTags("serve");
    if (form == Form.PLAIN) {
      meta.setGraphDef(plain(graph, values, meta.getSaverDefBuilder()));
      meta.putSignatureDef("serving_default", signature(inputs, logits));
    } else {
      meta.setGraphDef(functions(graph, inputs, logits, values, meta.getSaverDefBuilder()));
      meta.putSignatureDef("serving_default", signature(inputs, "StatefulPartitionedCall:0"));
    }
    SavedModel model =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
    saveVariables(values, Files.createDirectories(folder.resolve("variables")));
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
      ClassifierGraph graph, Map<String, FloatTensor> values, SaverDef.Builder saver) {
    graph.scope("save");
    String file = graph.placeholder("save/filename", DataType.DT_STRING);
    NodeDef.Builder all = Nodes.node("NoOp", "save/restore_all");
    restoring(graph, file, List.copyOf(values.keySet())).forEach(node -> all.addInput("^" + node));
    graph.add(all.build());
    saver.setFilenameTensorName(file + ":0").setRestoreOpName("save/restore_all");
    return GraphDef.newBuilder().addAllNode(graph.nodes()).build();
  }

  private static GraphDef functions(
      ClassifierGraph graph,
      List<String> inputs,
      String logits,
      Map<String, FloatTensor> values,
      SaverDef.Builder saver) {
    OperationRegistry registry = new OperationRegistry(NativeLibrary.operations(), List.of());
    FunctionWriter writer = new FunctionWriter(registry);
    List<String> handles = List.copyOf(values.keySet());
    Map<String, DataType> arguments = new LinkedHashMap<>();
    inputs.forEach(input -> arguments.put(input, DataType.DT_INT32));
    handles.forEach(handle -> arguments.put(handle, DataType.DT_RESOURCE));
    List<String> given = List.copyOf(arguments.keySet());
    FunctionDef inner =
        writer.function("__inference_call_1", graph.nodes(), arguments, Map.of("logits", logits));
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
    FunctionDef restore = restoreFunction(writer, handles);

    GraphDef.Builder all = GraphDef.newBuilder();
    graph.nodes().stream()
        .filter(node -> arguments.containsKey(node.getName()))
        .forEach(all::addNode);
    all.addNode(FunctionWriter.call("StatefulPartitionedCall", outer, given));
    all.addNode(
        Nodes.node("Placeholder", "saver_filename")
            .putAttr("dtype", Nodes.type(DataType.DT_STRING))
            .putAttr("shape", Nodes.shape()));
    List<String> restored = new ArrayList<>(List.of("saver_filename"));
    restored.addAll(handles);
    all.addNode(FunctionWriter.call("StatefulPartitionedCall_1", restore, restored));
    saver
        .setFilenameTensorName("saver_filename:0")
        .setRestoreOpName("StatefulPartitionedCall_1")
        .setVersion(SaverDef.CheckpointFormatVersion.V2);
    all.getLibraryBuilder().addFunction(inner).addFunction(outer).addFunction(restore);
    return all.build();
  }

  private static FunctionDef restoreFunction(FunctionWriter writer, List<String> handles) {
    GraphBuilder body = new GraphBuilder();
    String file = body.placeholder("file_prefix", DataType.DT_STRING);
    Map<String, DataType> arguments = new LinkedHashMap<>();
    arguments.put(file, DataType.DT_STRING);
    handles.forEach(
        handle -> {
          body.placeholder(handle, DataType.DT_RESOURCE);
          arguments.put(handle, DataType.DT_RESOURCE);
        });
    NodeDef.Builder result =
        Nodes.node("Identity", "Identity", file).putAttr("T", Nodes.type(DataType.DT_STRING));
    restoring(body, file, handles).forEach(node -> result.addInput("^" + node));
    body.add(result.build());
    return writer.function(
        "__inference__traced_restore_3", body.nodes(), arguments, Map.of("identity", "Identity"));
  }

  /** Adds nodes that restore variables; returns those that have to run. */
  private static List<String> restoring(GraphBuilder graph, String file, List<String> handles) {
    AttrValue.Builder types = AttrValue.newBuilder();
    handles.forEach(handle -> types.getListBuilder().addType(DataType.DT_FLOAT));
    String restored =
        graph.op(
            "RestoreV2",
            Map.of("dtypes", types.build()),
            file,
            graph.constant(texts(handles)),
            graph.constant(texts(handles.stream().map(handle -> "").toList())));
    List<String> assigned = new ArrayList<>();
    for (int i = 0; i < handles.size(); i++) {
      assigned.add(
          graph.op(
              "AssignVariableOp",
              Map.of("dtype", Nodes.type(DataType.DT_FLOAT)),
              handles.get(i),
              new TensorName(restored, i).toString()));
    }
    return assigned;
  }

  private static TensorProto texts(List<String> texts) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(Nodes.shapeOf(texts.size()));
    texts.forEach(text -> tensor.addStringVal(ByteString.copyFromUtf8(text)));
    return tensor.build();
  }

  private static void saveVariables(Map<String, FloatTensor> values, Path folder) {
    GraphBuilder builder = new GraphBuilder();
    List<String> names = List.copyOf(values.keySet());
    List<String> inputs = new ArrayList<>();
    String prefix =
        builder.constant(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(Nodes.shapeOf())
                .addStringVal(ByteString.copyFromUtf8(folder.resolve("variables").toString()))
                .build());
    inputs.add(prefix);
    inputs.add(builder.constant(texts(names)));
    inputs.add(builder.constant(texts(names.stream().map(name -> "").toList())));
    AttrValue.Builder types = AttrValue.newBuilder();
    for (int i = 0; i < names.size(); i++) {
      int[] shape = values.get(names.get(i)).shape();
      inputs.add(builder.placeholder("v" + i, DataType.DT_FLOAT, ClassifierGraph.longs(shape)));
      types.getListBuilder().addType(DataType.DT_FLOAT);
    }
    String save =
        builder.op("SaveV2", Map.of("dtypes", types.build()), inputs.toArray(String[]::new));
    try (Graph graph = new Graph()) {
      graph.importGraphDef(GraphDef.newBuilder().addAllNode(builder.nodes()).build());
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner().addTarget(save);
        List<TFloat32> tensors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          FloatTensor value = values.get(names.get(i));
          Shape shape = Shape.of(ClassifierGraph.longs(value.shape()));
          tensors.add(TFloat32.tensorOf(shape, DataBuffers.of(value.values(), true, false)));
          runner.feed("v" + i, tensors.get(i));
        }
        runner.run().close();
        tensors.forEach(TFloat32::close);
      }
    }
  }
}
