package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;

/** Exported models in other number formats and older operator sets, made from a recorded one. */
final class ModelVariants {
  private ModelVariants() {}

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

  /** Operator set 12: axes are attributes, and there is no layer normalisation. */
  static ModelProto opset12(ModelProto model) {
    GraphProto.Builder changed = model.getGraph().toBuilder().clearNode();
    Map<String, TensorProto> constants =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Constant"))
            .collect(
                Collectors.toMap(node -> node.getOutput(0), node -> node.getAttribute(0).getT()));
    changed.addInitializer(Constants.scalar("two", 2f));
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder older = node.toBuilder();
      Attributes.remove(older, "allowzero");
      switch (node.getOpType()) {
        case "Unsqueeze" -> {
          List<Long> axes = Constants.wholeNumbers(constants.get(node.getInput(1))).orElseThrow();
          older.clearInput().addInput(node.getInput(0)).addAttribute(Attributes.of("axes", axes));
          changed.addNode(older);
        }
        case "LayerNormalization" -> addNormalisation(changed, node);
        default -> changed.addNode(older);
      }
    }
    ModelProto.Builder old = model.toBuilder().setGraph(changed).setIrVersion(6);
    old.getOpsetImportBuilder(0).setVersion(12);
    return old.build();
  }

  private static void addNormalisation(GraphProto.Builder graph, NodeProto node) {
    String x = node.getInput(0);
    String y = node.getOutput(0);
    float epsilon = (float) Attributes.number(node, "epsilon", 1e-5);
    graph.addInitializer(Constants.scalar(y + "_epsilon", epsilon));
    AttributeProto axes =
        AttributeProto.newBuilder().setName("axes").setType(AttributeType.INTS).addInts(-1).build();
    graph.addNode(node("ReduceMean", y + "_mean", x).toBuilder().addAttribute(axes));
    graph.addNode(node("Sub", y + "_centred", x, y + "_mean"));
    graph.addNode(node("Pow", y + "_square", y + "_centred", "two"));
    graph.addNode(
        node("ReduceMean", y + "_variance", y + "_square").toBuilder().addAttribute(axes));
    graph.addNode(node("Add", y + "_safe", y + "_variance", y + "_epsilon"));
    graph.addNode(node("Sqrt", y + "_deviation", y + "_safe"));
    graph.addNode(node("Div", y + "_normal", y + "_centred", y + "_deviation"));
    graph.addNode(node("Mul", y + "_scaled", y + "_normal", node.getInput(1)));
    graph.addNode(node("Add", y, y + "_scaled", node.getInput(2)));
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
