package org.attentionflow.onnx.gradient;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;
import org.jspecify.annotations.Nullable;

/**
 * Adds nodes and constants to a graph. Operands of one operation have the same element type, as
 * ONNX wants it; the results have it, too, unless said otherwise. Shapes of results are those at
 * run time: what is not known beforehand is computed by the graph.
 */
public final class Emitter {
  private static final String PREFIX = "gradient/";

  private final Names names;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final Map<String, Value> cached = new HashMap<>();

  /** Starts with an empty list of new nodes. */
  Emitter(Names names) {
    this.names = names;
  }

  /** The nodes added so far, each after those it depends on. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** The constants added so far. */
  List<TensorProto> constants() {
    return List.copyOf(constants.values());
  }

  /**
   * Adds a node with one output of the type of its first input.
   *
   * @param attributes values that are Long, Double, String or a list of Long
   */
  public Value op(String operator, List<Value> inputs, Map<String, ?> attributes) {
    return op(operator, inputs, attributes, inputs.get(0).type());
  }

  /** Adds a node without attributes, with one output of the type of its first input. */
  public Value op(String operator, Value... inputs) {
    return op(operator, List.of(inputs), Map.of());
  }

  /** Adds a node with one output of a given type. */
  public Value op(
      String operator, List<Value> inputs, Map<String, ?> attributes, ElementType type) {
    return ops(operator, inputs, attributes, type, 1).get(0);
  }

  /** Adds a node with several outputs of one type. */
  public List<Value> ops(
      String operator,
      List<Value> inputs,
      Map<String, ?> attributes,
      ElementType type,
      int outputCount) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(names.fresh(PREFIX + operator));
    inputs.forEach(input -> node.addInput(input.name()));
    new TreeMap<String, Object>(attributes)
        .forEach((name, value) -> node.addAttribute(attribute(name, value)));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < outputCount; i++) {
      String name = names.fresh(node.getName() + "_output");
      node.addOutput(name);
      outputs.add(Value.of(name, type));
    }
    nodes.add(node.build());
    return outputs;
  }

  private static AttributeProto attribute(String name, Object value) {
    if (value instanceof Long number) {
      return Attributes.of(name, number);
    }
    if (value instanceof Double number) {
      return Attributes.of(name, number);
    }
    if (value instanceof String text) {
      return Attributes.of(name, text);
    }
    if (value instanceof List<?> list) {
      return Attributes.of(name, list.stream().map(Long.class::cast).toList());
    }
    throw new IllegalArgumentException("The attribute " + name + " has no usable value: " + value);
  }

  /** A number of a floating-point type, without axes. */
  public Value number(double value, ElementType type) {
    String key = type + " " + value;
    Value known = cached.get(key);
    if (known != null) {
      return known;
    }
    Value made;
    if (type == ElementType.FLOAT) {
      made = Value.of(names.fresh(PREFIX + "number"), type);
      constants.put(made.name(), Constants.scalar(made.name(), (float) value));
    } else if (type == ElementType.DOUBLE) {
      made = Value.of(names.fresh(PREFIX + "number"), type);
      constants.put(
          made.name(),
          TensorProto.newBuilder()
              .setName(made.name())
              .setDataType(type.code())
              .addDoubleData(value)
              .build());
    } else {
      made = cast(number(value, ElementType.FLOAT), type);
    }
    cached.put(key, made);
    return made;
  }

  /** A list of 64-bit integers. */
  public Value integers(long... values) {
    return cached.computeIfAbsent(
        "list " + Arrays.toString(values),
        key -> {
          Value made = Value.of(names.fresh(PREFIX + "integers"), ElementType.INT64);
          constants.put(made.name(), Constants.longs(made.name(), values));
          return made;
        });
  }

  /** A single 64-bit integer, without axes. */
  public Value integer(long value) {
    return cached.computeIfAbsent(
        "integer " + value,
        key -> {
          Value made = Value.of(names.fresh(PREFIX + "integer"), ElementType.INT64);
          constants.put(made.name(), Constants.scalar(made.name(), value));
          return made;
        });
  }

  /** x + y. */
  public Value add(Value x, Value y) {
    return op("Add", x, y);
  }

  /** x − y. */
  public Value subtract(Value x, Value y) {
    return op("Sub", x, y);
  }

  /** x y, element by element. */
  public Value multiply(Value x, Value y) {
    return op("Mul", x, y);
  }

  /** x times a number. */
  public Value multiply(Value x, double factor) {
    return factor == 1 ? x : multiply(x, number(factor, x.type()));
  }

  /** x / y, element by element. */
  public Value divide(Value x, Value y) {
    return op("Div", x, y);
  }

  /** The element type's number 0, without axes. */
  public Value zero(Value like) {
    return number(0, like.type());
  }

  /** Where the condition holds x, elsewhere y. */
  public Value where(Value condition, Value x, Value y) {
    return op("Where", List.of(condition, x, y), Map.of(), x.type());
  }

  /** A comparison: {@code Equal}, {@code Less}, {@code GreaterOrEqual}, …. */
  public Value compare(String operator, Value x, Value y) {
    return op(operator, List.of(x, y), Map.of(), ElementType.BOOL);
  }

  /** The same numbers in another type; the value itself if it has that type. */
  public Value cast(Value x, ElementType type) {
    return x.type() == type ? x : op("Cast", List.of(x), Map.of("to", (long) type.code()), type);
  }

  /**
   * The same numbers in 32 bits, if they have 16: their squares overflow from 256 on, and small
   * terms are lost. The value itself if it has more.
   */
  public Value wide(Value x) {
    boolean isNarrow = x.type() == ElementType.FLOAT16 || x.type() == ElementType.BFLOAT16;
    return isNarrow ? cast(x, ElementType.FLOAT) : x;
  }

  /** The sizes of the axes, a list. */
  public Value shape(Value x) {
    return cached.computeIfAbsent(
        "shape " + x.name(), key -> op("Shape", List.of(x), Map.of(), ElementType.INT64));
  }

  /** The number of elements, without axes. */
  public Value size(Value x) {
    return op("Size", List.of(x), Map.of(), ElementType.INT64);
  }

  /** The same elements in the shape of another tensor. */
  public Value reshapeLike(Value x, Value like) {
    return op("Reshape", List.of(x, shape(like)), Map.of("allowzero", 1L));
  }

  /** Repeats along axes of size 1, and along new first axes, up to the shape of another tensor. */
  public Value expandLike(Value x, Value like) {
    return op("Expand", x, shape(like));
  }

  /** Zeros in the shape and type of another tensor. */
  public Value zerosLike(Value like) {
    return expandLike(zero(like), like);
  }

  /** The sum over axes, which stay with size 1. */
  public Value sum(Value x, long... axes) {
    return op("ReduceSum", List.of(x, integers(axes)), Map.of("keepdims", 1L));
  }

  /** The mean over axes, which stay with size 1. */
  public Value mean(Value x, long... axes) {
    return op("ReduceMean", List.of(x, integers(axes)), Map.of("keepdims", 1L));
  }

  /**
   * Undoes the broadcasting of an operand: sums a gradient over the axes along which the operand
   * was repeated.
   *
   * @param gradient in the shape of the result
   * @param result the shape of the result as far as it is known, or null
   * @param operand what was repeated
   */
  public Value sumTo(Value gradient, @Nullable ValueShape result, Value operand) {
    if (result != null && operand.knownShape() != null) {
      Broadcast broadcast = Broadcast.of(operand.knownShape(), result);
      if (broadcast.isNone()) {
        return gradient;
      }
      if (broadcast.isCertain()) {
        Value summed = sum(gradient, broadcast.axes());
        return reshapeLike(summed, operand);
      }
    }
    return sumToAtRunTime(gradient, operand);
  }

  /**
   * The same where the axes show only at run time. With the operand's shape filled up with ones in
   * front, the axes are those where it differs from the gradient's.
   */
  private Value sumToAtRunTime(Value gradient, Value operand) {
    Value target = shape(operand);
    Value own = shape(gradient);
    Value missing = subtract(shape(own), shape(target));
    Value ones = op("Expand", integers(1), missing);
    Value filled = op("Concat", List.of(ones, target), Map.of("axis", 0L));
    Value differs = op("Not", List.of(compare("Equal", filled, own)), Map.of(), ElementType.BOOL);
    Value places = op("NonZero", List.of(differs), Map.of(), ElementType.INT64);
    Value axes = op("Reshape", places, integers(-1));
    Value summed =
        op(
            "ReduceSum",
            List.of(gradient, axes),
            Map.of("keepdims", 1L, "noop_with_empty_axes", 1L));
    return reshapeLike(summed, operand);
  }
}
