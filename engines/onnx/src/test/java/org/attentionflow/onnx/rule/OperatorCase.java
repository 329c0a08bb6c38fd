package org.attentionflow.onnx.rule;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.platform.Fp16Conversions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;

/** A node with random operands, as a graph of its own. */
final class OperatorCase {
  /** How much a graph says of the shapes of its operands before it runs. */
  enum Shapes {
    /** All numbers. */
    KNOWN,
    /** Only how many axes there are. */
    UNKNOWN
  }

  /** An operand that is differentiated. */
  record Operand(String name, float[] values, long[] shape) {}

  private final String domain;
  private final String operator;
  private final NodeProto.Builder node;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("case");
  private final List<Operand> operands = new ArrayList<>();
  private final Random random;
  private String variant = "";
  private int target;

  private OperatorCase(String domain, String operator) {
    this.domain = domain;
    this.operator = operator;
    this.node = NodeProto.newBuilder().setDomain(domain).setOpType(operator).setName("node");
    this.random = new Random(operator.hashCode());
  }

  static OperatorCase of(String operator) {
    int dot = operator.lastIndexOf('.');
    return dot < 0
        ? new OperatorCase("", operator)
        : new OperatorCase(operator.substring(0, dot), operator.substring(dot + 1));
  }

  /** An operand with entries between ¼ and 2 of either sign, away from the kinks at 0. */
  OperatorCase input(long... shape) {
    return input(0.25, 2, true, shape);
  }

  /** An operand with entries of either sign up to a size, all of which 16 bits hold as well. */
  OperatorCase upTo(double size, long... shape) {
    input(size / 8, size, true, shape);
    float[] values = operands.get(operands.size() - 1).values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(values[i]));
    }
    variant += " up to " + size;
    return this;
  }

  /** An operand whose entries are all the same. */
  OperatorCase same(float value, long... shape) {
    input(1, 1, false, shape);
    Arrays.fill(operands.get(operands.size() - 1).values(), value);
    variant += " all " + value;
    return this;
  }

  /** Whether the entries of the first operand differ. */
  boolean differs() {
    float[] values = operands.get(0).values();
    return values.length > 1 && values[0] != values[1];
  }

  /** An operand with positive entries. */
  OperatorCase positive(long... shape) {
    return input(0.25, 2, false, shape);
  }

  private OperatorCase input(double low, double high, boolean signed, long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= (int) size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double size = low + (high - low) * (i + 0.5 + 0.5 * random.nextDouble()) / count;
      values[i] = (float) (signed && random.nextBoolean() ? -size : size);
    }
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    String name = "x" + operands.size();
    operands.add(new Operand(name, values, shape));
    node.addInput(name);
    return this;
  }

  /** An operand of indices, axes or sizes that stands in the file. */
  OperatorCase integers(long... values) {
    String name = "c" + graph.getInitializerCount();
    graph.addInitializer(Constants.longs(name, values));
    node.addInput(name);
    return this;
  }

  /** Indices with a shape of their own. */
  OperatorCase indices(long[] shape, long... values) {
    String name = "c" + graph.getInitializerCount();
    var tensor = Constants.longs(name, values).toBuilder().clearDims();
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    node.addInput(name);
    return this;
  }

  /** A number that stands in the file. */
  OperatorCase number(float value) {
    String name = "c" + graph.getInitializerCount();
    graph.addInitializer(Constants.scalar(name, value));
    node.addInput(name);
    return this;
  }

  /** A condition: where the first operand so far is positive. */
  OperatorCase condition() {
    graph.addInitializer(Constants.scalar("zero", 0f));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Greater")
            .addInput("x0")
            .addInput("zero")
            .addOutput("condition"));
    node.clearInput().addInput("condition");
    return this;
  }

  /** An optional operand left out. */
  OperatorCase none() {
    node.addInput("");
    return this;
  }

  OperatorCase with(String attribute, long value) {
    return with(Attributes.of(attribute, value));
  }

  OperatorCase with(String attribute, double value) {
    return with(Attributes.of(attribute, value));
  }

  OperatorCase with(String attribute, String value) {
    return with(Attributes.of(attribute, value));
  }

  OperatorCase with(String attribute, List<Long> values) {
    return with(Attributes.of(attribute, values));
  }

  private OperatorCase with(AttributeProto attribute) {
    node.addAttribute(attribute);
    variant += " " + attribute.getName();
    return this;
  }

  /** Lets the node have several outputs, one of which is differentiated. */
  OperatorCase outputs(int count, int differentiated) {
    for (int i = 0; i < count; i++) {
      node.addOutput(i == differentiated ? "z" : "other" + i);
    }
    target = differentiated;
    return this;
  }

  /** Lets a cast back to 32-bit floats follow. */
  OperatorCase thenFloat() {
    node.addOutput("wide");
    variant += " and back";
    return this;
  }

  List<Operand> operands() {
    return operands;
  }

  String operator() {
    return domain.isEmpty() ? operator : domain + "." + operator;
  }

  /** The same in 16 bits, with operands and results that are cast from and to 32. */
  ModelProto halfModel(Shapes shapes) {
    OperatorCase half = new OperatorCase(domain, operator);
    half.operands.addAll(operands);
    half.node.addAllAttribute(node.getAttributeList());
    for (Operand operand : operands) {
      half.graph.addNode(cast(operand.name(), operand.name() + "_half", ElementType.FLOAT16));
      half.node.addInput(operand.name() + "_half");
    }
    return half.thenFloat().model(shapes);
  }

  private static NodeProto cast(String from, String to, ElementType type) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(Attributes.of("to", (long) type.code()))
        .build();
  }

  ModelProto model(Shapes shapes) {
    GraphProto.Builder built = graph.clone();
    for (Operand operand : operands) {
      TypeProto.Tensor.Builder type =
          TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code());
      type.getShapeBuilder();
      for (long size : operand.shape()) {
        if (shapes == Shapes.KNOWN) {
          type.getShapeBuilder().addDimBuilder().setDimValue(size);
        } else {
          type.getShapeBuilder().addDimBuilder();
        }
      }
      built.addInput(
          ValueInfoProto.newBuilder()
              .setName(operand.name())
              .setType(TypeProto.newBuilder().setTensorType(type)));
    }
    NodeProto.Builder last = node.clone();
    if (last.getOutputCount() == 0) {
      last.addOutput("z");
    }
    built.addNode(last);
    if (last.getOutput(0).equals("wide")) {
      built.addNode(cast("wide", "z", ElementType.FLOAT));
    }
    built.addOutput(
        ValueInfoProto.newBuilder()
            .setName("z")
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code()))));
    return ModelProto.newBuilder()
        .setIrVersion(9)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .setGraph(built)
        .build();
  }

  @Override
  public String toString() {
    List<String> shapes = new ArrayList<>();
    operands.forEach(operand -> shapes.add(Arrays.toString(operand.shape())));
    return operator() + " " + shapes + variant + (target > 0 ? " output " + target : "");
  }
}
