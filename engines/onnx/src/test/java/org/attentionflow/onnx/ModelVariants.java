package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;

/** Exported models in other number formats and older operator sets, made from a recorded one. */
final class ModelVariants {
  private ModelVariants() {}

  /** Writes model.onnx, and model.onnx_data with the initialisers of at least 1 KiB. */
  static void writeExternal(ModelProto model, Path folder) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ModelProto.Builder moved = model.toBuilder();
    for (TensorProto.Builder tensor : moved.getGraphBuilder().getInitializerBuilderList()) {
      byte[] raw = tensor.getRawData().toByteArray();
      if (raw.length >= 1024) {
        tensor
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "model.onnx_data"))
            .addExternalData(entry("offset", "" + data.size()))
            .addExternalData(entry("length", "" + raw.length));
        data.write(raw);
      }
    }
    Files.write(folder.resolve("model.onnx"), moved.build().toByteArray());
    Files.write(folder.resolve("model.onnx_data"), data.toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Without an input for the mask: every token is attended to. */
  static ModelProto withoutMask(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInput().clearNode();
    model.getGraph().getInputList().stream()
        .filter(input -> !input.getName().equals("attention_mask"))
        .forEach(graph::addInput);
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Shape")
            .setName("tokens")
            .addInput("input_ids")
            .addOutput("tokens"));
    TensorProto one =
        TensorProto.newBuilder()
            .setDataType(ElementType.INT64.code())
            .addDims(1)
            .addInt64Data(1)
            .build();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ConstantOfShape")
            .setName("every token")
            .addInput("tokens")
            .addOutput("attention_mask")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeType.TENSOR)
                    .setT(one)));
    graph.addAllNode(model.getGraph().getNodeList());
    return model.toBuilder().setGraph(graph).build();
  }

  /** For a certain size of the inputs alone. */
  static ModelProto fixedSizes(ModelProto model, int batch, int tokens) {
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().clearValueInfo();
    for (ValueInfoProto.Builder input : changed.getGraphBuilder().getInputBuilderList()) {
      TensorShapeProto.Builder shape =
          input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
      shape.getDimBuilder(0).setDimValue(batch);
      shape.getDimBuilder(1).setDimValue(tokens);
    }
    return changed.build();
  }

  /** With shapes that nobody knows before the token ids are there, those of the logits included. */
  static ModelProto opaqueShapes(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearValueInfo();
    graph.addNode(node("Sub", "nothing", "input_ids", "input_ids"));
    graph.addNode(node("ReduceMax", "zero", "nothing"));
    graph.addInitializer(number("one", 1)).addInitializer(number("three", 3));
    graph.addInitializer(number("nowhere", 0));
    graph.addNode(node("Reshape", "no number", "zero", "one"));
    Set<String> constants =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Constant"))
            .map(node -> node.getOutput(0))
            .collect(Collectors.toSet());
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; node.getOpType().equals("Concat") && i < node.getInputCount(); i++) {
        if (constants.contains(node.getInput(i))) {
          String hidden = node.getOutput(0) + "/" + i;
          graph.addNode(node("Add", hidden, node.getInput(i), "no number"));
          changed.setInput(i, hidden);
        }
      }
      if (node.getOutput(0).equals("logits")) {
        changed.setOutput(0, "classes");
      }
      graph.addNode(changed);
    }
    graph.addNode(node("Shape", "size", "classes"));
    graph.addNode(node("Gather", "rows", "size", "nowhere"));
    graph.addNode(node("Add", "columns", "three", "no number"));
    graph.addNode(
        node("Concat", "shape", "rows", "columns").toBuilder()
            .addAttribute(Attributes.of("axis", 0L)));
    graph.addNode(node("Reshape", "logits", "classes", "shape"));
    TensorShapeProto.Builder shape =
        graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(1).setDimParam("class");
    return model.toBuilder().setGraph(graph).build();
  }

  private static TensorProto number(String name, long number) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementType.INT64.code())
        .addDims(1)
        .addInt64Data(number)
        .build();
  }

  /** All numbers in 16 bits, as converters of models do it. */
  static ModelProto half(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      graph.setInitializer(i, half(graph.getInitializer(i)));
    }
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (attribute.hasT()) {
          attribute.setT(half(attribute.getT()));
        }
        boolean isCast = node.getOpType().equals("Cast") && attribute.getName().equals("to");
        if (isCast && attribute.getI() == ElementType.FLOAT.code()) {
          attribute.setI(ElementType.FLOAT16.code());
        }
      }
    }
    graph
        .getOutputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(ElementType.FLOAT16.code());
    return model.toBuilder().setGraph(graph).build();
  }

  private static TensorProto half(TensorProto tensor) {
    if (tensor.getDataType() != ElementType.FLOAT.code()) {
      return tensor;
    }
    float[] values = floats(tensor);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      // The largest number of 16 bits: masks hold the largest of 32.
      float clipped = Math.max(-65504, Math.min(65504, value));
      bytes.putShort(Fp16Conversions.floatToFp16(clipped));
    }
    return tensor.toBuilder()
        .setDataType(ElementType.FLOAT16.code())
        .clearFloatData()
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  private static float[] floats(TensorProto tensor) {
    if (tensor.getFloatDataCount() > 0) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    float[] values = new float[(int) Constants.elementCount(tensor)];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  /** Weights of matrix products in 8 bits, either as such or rounded to what 8 bits hold. */
  static ModelProto eightBitWeights(ModelProto model, boolean stored) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    GraphProto.Builder changed = graph.clone().clearInitializer().clearNode();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (!tensor.getName().startsWith("onnx::MatMul")) {
        changed.addInitializer(tensor);
        continue;
      }
      float[] values = floats(tensor);
      float largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      float scale = largest / 127;
      byte[] rounded = new byte[values.length];
      ByteBuffer floats =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < values.length; i++) {
        rounded[i] = (byte) Math.round(values[i] / scale);
        floats.putFloat(rounded[i] * scale);
      }
      if (!stored) {
        changed.addInitializer(
            tensor.toBuilder().clearFloatData().setRawData(ByteString.copyFrom(floats.flip())));
        continue;
      }
      String name = tensor.getName();
      changed.addInitializer(
          tensor.toBuilder()
              .setName(name + "_quantised")
              .setDataType(ElementType.INT8.code())
              .clearFloatData()
              .setRawData(ByteString.copyFrom(rounded)));
      changed.addInitializer(Constants.scalar(name + "_scale", scale));
      changed.addNode(
          NodeProto.newBuilder()
              .setOpType("DequantizeLinear")
              .addInput(name + "_quantised")
              .addInput(name + "_scale")
              .addOutput(name));
    }
    changed.addAllNode(graph.getNodeList());
    return model.toBuilder().setGraph(changed).build();
  }

  /** The input of every error function rounded to 8 bits, as static quantisation does it. */
  static ModelProto eightBitActivations(ModelProto model) {
    GraphProto.Builder changed = model.getGraph().toBuilder().clearNode();
    changed.addInitializer(Constants.scalar("scale", 0.05f));
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (!node.getOpType().equals("Erf")) {
        changed.addNode(node);
        continue;
      }
      String name = node.getInput(0);
      changed.addNode(node("QuantizeLinear", name + "_q", name, "scale"));
      changed.addNode(node("DequantizeLinear", name + "_dq", name + "_q", "scale"));
      changed.addNode(node.toBuilder().setInput(0, name + "_dq"));
    }
    return model.toBuilder().setGraph(changed).build();
  }

  /**
   * Another operator set, from that of the legacy exporter, 17: before 17 there is no layer
   * normalisation, from 18 on axes of reductions are inputs, before 14 there is no {@code
   * allowzero}, before 13 axes are attributes, and before 12 some comparisons are missing. From 17
   * on half of the layer normalisations are taken apart as well.
   */
  static ModelProto opset(ModelProto model, int version) {
    GraphProto.Builder changed = model.getGraph().toBuilder().clearNode();
    Map<String, TensorProto> constants =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Constant"))
            .collect(
                Collectors.toMap(node -> node.getOutput(0), node -> node.getAttribute(0).getT()));
    changed.addInitializer(Constants.scalar("two", 2f));
    changed.addInitializer(Constants.longs("last axis", -1));
    int normalisations = 0;
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder other = node.toBuilder();
      if (version < 14) {
        Attributes.remove(other, "allowzero");
      }
      if (version < 13 && node.getOpType().equals("Unsqueeze")) {
        List<Long> axes = Constants.wholeNumbers(constants.get(node.getInput(1))).orElseThrow();
        other.clearInput().addInput(node.getInput(0)).addAttribute(Attributes.of("axes", axes));
        changed.addNode(other);
      } else if (version < 12 && node.getOpType().equals("GreaterOrEqual")) {
        String less = node.getOutput(0) + "_less";
        changed.addNode(node("Less", less, node.getInput(0), node.getInput(1)));
        changed.addNode(node("Not", node.getOutput(0), less));
      } else if (node.getOpType().equals("LayerNormalization")
          && (version < 17 || normalisations++ % 2 == 0)) {
        addNormalisation(changed, node, version);
      } else {
        changed.addNode(other);
      }
    }
    ModelProto.Builder stamped = model.toBuilder().setGraph(changed);
    stamped.setIrVersion(version < 15 ? 6 : version < 19 ? 8 : version < 21 ? 9 : 10);
    stamped.getOpsetImportBuilder(0).setVersion(version);
    return stamped.build();
  }

  private static void addNormalisation(GraphProto.Builder graph, NodeProto node, int version) {
    String x = node.getInput(0);
    String y = node.getOutput(0);
    float epsilon = (float) Attributes.number(node, "epsilon", 1e-5);
    graph.addInitializer(Constants.scalar(y + "_epsilon", epsilon));
    graph.addNode(mean(y + "_mean", x, version));
    graph.addNode(node("Sub", y + "_centred", x, y + "_mean"));
    graph.addNode(node("Pow", y + "_square", y + "_centred", "two"));
    graph.addNode(mean(y + "_variance", y + "_square", version));
    graph.addNode(node("Add", y + "_safe", y + "_variance", y + "_epsilon"));
    graph.addNode(node("Sqrt", y + "_deviation", y + "_safe"));
    graph.addNode(node("Div", y + "_normal", y + "_centred", y + "_deviation"));
    graph.addNode(node("Mul", y + "_scaled", y + "_normal", node.getInput(1)));
    graph.addNode(node("Add", y, y + "_scaled", node.getInput(2)));
  }

  private static NodeProto mean(String output, String input, int version) {
    return version < 18
        ? node("ReduceMean", output, input).toBuilder()
            .addAttribute(Attributes.of("axes", List.of(-1L)))
            .build()
        : node("ReduceMean", output, input, "last axis");
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }
}
