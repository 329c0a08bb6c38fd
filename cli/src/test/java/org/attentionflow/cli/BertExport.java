package org.attentionflow.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;

/**
 * Writes a BERT classifier from a Hugging Face folder as an ONNX graph of operator set 17, as an
 * exporter would: logits alone, any batch, any length.
 */
public final class BertExport {
  /** Far below any score, as exporters write it. */
  private static final float MASKED = -3.4028235e38f;

  private final SafetensorsFile weights;
  private final JsonObject config;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("bert");
  private int made;

  private BertExport(SafetensorsFile weights, JsonObject config) {
    this.weights = weights;
    this.config = config;
  }

  /**
   * Writes the graph of a folder's model to a file.
   *
   * @param args the folder and the file
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  /** Writes the graph of a folder's model to a file. */
  static void write(Path folder, Path file) throws IOException {
    String json = Files.readString(folder.resolve("config.json"));
    try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      ModelProto model =
          new BertExport(weights, JsonParser.parseString(json).getAsJsonObject()).model();
      Files.write(file, model.toByteArray());
    }
  }

  private ModelProto model() {
    input("input_ids");
    input("attention_mask");
    input("token_type_ids");
    String hidden = embeddings();
    String mask = mask();
    for (int layer = 0; layer < config.get("num_hidden_layers").getAsInt(); layer++) {
      hidden = layer("bert.encoder.layer." + layer + ".", hidden, mask);
    }
    String first = op("Gather", List.of(hidden, integer(0)), of("axis", 1));
    String pooled = op("Tanh", linear("bert.pooler.dense", first));
    String logits = linear("classifier", pooled);
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(logits).addOutput("logits"));
    graph.addOutput(info("logits", DataType.FLOAT, "batch", "class"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build();
  }

  private String embeddings() {
    String table = "bert.embeddings.";
    String length = op("Gather", op("Shape", "input_ids"), integer(1));
    String positions = op("Range", integer(0), length, integer(1));
    String words = op("Gather", weight(table + "word_embeddings.weight"), "input_ids");
    String segments =
        op("Gather", weight(table + "token_type_embeddings.weight"), "token_type_ids");
    String places = op("Gather", weight(table + "position_embeddings.weight"), positions);
    return norm(table + "LayerNorm", op("Add", op("Add", words, segments), places));
  }

  /** [batch, 1, 1, key]: 0 for tokens, very low for padding. */
  private String mask() {
    String wide = op("Unsqueeze", "attention_mask", integers(1, 2));
    String kept = op("Cast", List.of(wide), of("to", DataType.FLOAT.getNumber()));
    return op("Mul", op("Sub", number(1), kept), number(MASKED));
  }

  private String layer(String prefix, String hidden, String mask) {
    int heads = config.get("num_attention_heads").getAsInt();
    int size = config.get("hidden_size").getAsInt() / heads;
    String self = prefix + "attention.self.";
    String query = heads(linear(self + "query", hidden), heads, size, 0, 2, 1, 3);
    String key = heads(linear(self + "key", hidden), heads, size, 0, 2, 3, 1);
    String value = heads(linear(self + "value", hidden), heads, size, 0, 2, 1, 3);
    String scores = op("Div", op("MatMul", query, key), number((float) Math.sqrt(size)));
    String attention = op("Softmax", List.of(op("Add", scores, mask)), of("axis", -1));
    String context =
        op("Transpose", List.of(op("MatMul", attention, value)), of("perm", 0, 2, 1, 3));
    String joined = op("Reshape", context, integers(0, 0, (long) heads * size));
    String output = linear(prefix + "attention.output.dense", joined);
    String middle = norm(prefix + "attention.output.LayerNorm", op("Add", output, hidden));
    String inner = gelu(linear(prefix + "intermediate.dense", middle));
    String outer = linear(prefix + "output.dense", inner);
    return norm(prefix + "output.LayerNorm", op("Add", outer, middle));
  }

  private String heads(String x, int heads, int size, long... perm) {
    String split = op("Reshape", x, integers(0, 0, heads, size));
    return op("Transpose", List.of(split), of("perm", perm));
  }

  /** x / 2 · (1 + erf(x / √2)). */
  private String gelu(String x) {
    String error = op("Erf", op("Div", x, number((float) Math.sqrt(2))));
    return op("Mul", op("Mul", x, op("Add", error, number(1))), number(0.5f));
  }

  private String norm(String name, String x) {
    float epsilon = config.get("layer_norm_eps").getAsFloat();
    return op(
        "LayerNormalization",
        List.of(x, weight(name + ".weight"), weight(name + ".bias")),
        AttributeProto.newBuilder()
            .setName("epsilon")
            .setType(AttributeType.FLOAT)
            .setF(epsilon)
            .build());
  }

  private String linear(String name, String x) {
    String turned = op("Transpose", List.of(weight(name + ".weight")), of("perm", 1, 0));
    return op("Add", op("MatMul", x, turned), weight(name + ".bias"));
  }

  private String weight(String name) {
    boolean isKnown =
        graph.getInitializerList().stream().anyMatch(tensor -> tensor.getName().equals(name));
    if (!isKnown) {
      FloatTensor values = weights.floats(name);
      ByteBuffer bytes =
          ByteBuffer.allocate(values.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values.values());
      TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
      for (int size : values.shape()) {
        tensor.addDims(size);
      }
      graph.addInitializer(
          tensor.setDataType(DataType.FLOAT.getNumber()).setRawData(ByteString.copyFrom(bytes)));
    }
    return name;
  }

  private String op(String operator, String... inputs) {
    return op(operator, List.of(inputs));
  }

  private String op(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = "t" + made++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator + "_" + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  private String constant(TensorProto.Builder tensor) {
    String name = "c" + made++;
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  private String number(float value) {
    return constant(
        TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber()).addFloatData(value));
  }

  private String integer(long value) {
    return constant(
        TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addInt64Data(value));
  }

  private String integers(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return constant(tensor);
  }

  private static AttributeProto of(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (values.length == 1) {
      return attribute.setType(AttributeType.INT).setI(values[0]).build();
    }
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.setType(AttributeType.INTS).build();
  }

  private void input(String name) {
    graph.addInput(info(name, DataType.INT64, "batch", "sequence"));
  }

  private static ValueInfoProto info(String name, DataType type, String... sizes) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    for (String size : sizes) {
      tensor.getShapeBuilder().addDimBuilder().setDimParam(size);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
