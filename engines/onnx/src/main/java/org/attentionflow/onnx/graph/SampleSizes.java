package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers put in place of the sizes of inputs that a graph leaves open. Shape inference follows
 * numbers farther than names, and where a number comes out again, the size is the one it stands
 * for. Two tensors whose sizes are multiples of these primes and agree do not agree by chance.
 */
final class SampleSizes {
  /**
   * Primes, more than one of which no fixed size has for a divisor in practice. The second, that of
   * tokens in every known graph, is below the number of positions of every model but toys.
   */
  private static final long[] PRIMES = {61, 53, 59, 47, 43, 41};

  private final Map<String, Long> numbers = new LinkedHashMap<>();

  /** The inputs of a graph with numbers for the sizes that have a name or none. */
  List<ValueInfoProto> inputs(GraphProto graph) {
    List<ValueInfoProto> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      ValueInfoProto.Builder fixed = input.toBuilder();
      TypeProto.Tensor.Builder type = fixed.getTypeBuilder().getTensorTypeBuilder();
      for (int axis = 0; axis < type.getShape().getDimCount(); axis++) {
        Dimension size = type.getShape().getDim(axis);
        if (!size.hasDimValue()) {
          String name =
              size.getDimParam().isEmpty()
                  ? "axis " + axis + " of " + input.getName()
                  : size.getDimParam();
          type.getShapeBuilder().setDim(axis, Dimension.newBuilder().setDimValue(number(name)));
        }
      }
      inputs.add(fixed.build());
    }
    return inputs;
  }

  /** Whether nothing was left open, or more than there are numbers for. */
  boolean areOfNoUse() {
    return numbers.isEmpty() || numbers.size() > PRIMES.length;
  }

  private long number(String name) {
    return numbers.computeIfAbsent(name, key -> PRIMES[numbers.size() % PRIMES.length]);
  }

  /**
   * The shape with names for sizes that it leaves unknown.
   *
   * @param shape without the numbers
   * @param sampled of the same tensor with the numbers
   */
  ValueShape named(ValueShape shape, ValueShape sampled) {
    List<String> sizes = new ArrayList<>(shape.sizes());
    for (int axis = 0; axis < sizes.size(); axis++) {
      if (sizes.get(axis).equals(ValueShape.UNKNOWN)) {
        sizes.set(axis, name(sampled.number(axis)));
      }
    }
    return new ValueShape(sizes);
  }

  private String name(long number) {
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      if (entry.getValue() == number) {
        return entry.getKey();
      }
    }
    boolean isProduct =
        number > 0 && numbers.values().stream().anyMatch(prime -> number % prime == 0);
    return isProduct ? "size like " + number : ValueShape.UNKNOWN;
  }
}
