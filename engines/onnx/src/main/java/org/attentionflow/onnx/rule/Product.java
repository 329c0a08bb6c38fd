package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;
import org.jspecify.annotations.Nullable;

/** Matrix products over the last two axes; an operand with one axis is a row or a column. */
final class Product {
  private Product() {}

  /**
   * Z = α A' B', where A' and B' are A and B or their transposes: G' = α G, and
   *
   * <pre>
   *   ∂/∂A = G' B'ᵀ, or its transpose B' G'ᵀ;   ∂/∂B = A'ᵀ G', or its transpose G'ᵀ A'
   * </pre>
   */
  static void differentiate(
      NodeGradient node, boolean transposeA, boolean transposeB, double alpha, Emitter emit) {
    Value a = matrix(node, 0, 0, emit);
    Value b = matrix(node, 1, 1, emit);
    Value g = emit.multiply(node.gradient(), alpha);
    if (node.input(0).rank() == 1) {
      g = emit.op("Unsqueeze", g, emit.integers(node.input(1).rank() == 1 ? -1 : -2));
    }
    if (node.input(1).rank() == 1) {
      g = emit.op("Unsqueeze", g, emit.integers(-1));
    }
    int rank = Math.max(a.rank(), b.rank());
    if (node.wants(0)) {
      Value gradient =
          transposeA
              ? product(b, transposeB, g, rank, true, emit)
              : product(g, rank, false, b, !transposeB, emit);
      put(node, 0, gradient, emit);
    }
    if (node.wants(1)) {
      Value gradient =
          transposeB
              ? product(g, rank, true, a, transposeA, emit)
              : product(a, !transposeA, g, rank, false, emit);
      put(node, 1, gradient, emit);
    }
  }

  private static Value product(
      Value x, boolean transposeX, Value g, int rank, boolean transposeG, Emitter emit) {
    return emit.op(
        "MatMul", turned(x, x.rank(), transposeX, emit), turned(g, rank, transposeG, emit));
  }

  private static Value product(
      Value g, int rank, boolean transposeG, Value y, boolean transposeY, Emitter emit) {
    return emit.op(
        "MatMul", turned(g, rank, transposeG, emit), turned(y, y.rank(), transposeY, emit));
  }

  /** Sums over the batch axes along which the operand was repeated. */
  private static void put(NodeGradient node, int input, Value gradient, Emitter emit) {
    Value operand = node.input(input);
    Value result = node.output(0);
    if (operand.rank() < 2 || result.rank() < 2) {
      boolean isColumn = input == 1 && operand.rank() == 1;
      Value flat = isColumn ? emit.op("Squeeze", gradient, emit.integers(-1)) : gradient;
      node.put(input, emit.sumTo(flat, null, operand));
      return;
    }
    ValueShape own = operand.shape().orElseThrow();
    @Nullable ValueShape other = node.input(1 - input).knownShape();
    boolean sameBatch =
        other != null
            && other.rank() == own.rank()
            && own.sizes()
                .subList(0, own.rank() - 2)
                .equals(other.sizes().subList(0, own.rank() - 2))
            && !own.sizes().subList(0, own.rank() - 2).contains(ValueShape.UNKNOWN);
    if (sameBatch || (other != null && other.rank() == 2 && own.rank() >= 2)) {
      node.put(input, gradient);
      return;
    }
    ValueShape shape = result.shape().orElseThrow().withLast(own.last(2));
    node.putBroadcast(input, gradient, known(shape, own));
  }

  /** The last two axes are those of the operand: they count as equal even if they are unknown. */
  private static @Nullable ValueShape known(ValueShape shape, ValueShape own) {
    return own.last(2).contains(ValueShape.UNKNOWN) ? null : shape;
  }

  /** An operand as a matrix: one axis becomes a row on the left, a column on the right. */
  private static Value matrix(NodeGradient node, int input, int place, Emitter emit) {
    Value operand = node.input(input);
    if (operand.rank() < 0) {
      throw node.refuse("the number of axes of " + operand.name() + " is not known");
    }
    if (operand.rank() != 1) {
      return operand;
    }
    Value matrix = emit.op("Unsqueeze", operand, emit.integers(place));
    return new Value(matrix.name(), matrix.type(), new ValueShape(List.of("", "")));
  }

  private static Value turned(Value x, int rank, boolean transpose, Emitter emit) {
    if (!transpose) {
      return x;
    }
    List<Long> perm = new ArrayList<>();
    for (long axis = 0; axis < rank - 2; axis++) {
      perm.add(axis);
    }
    perm.add(rank - 1L);
    perm.add(rank - 2L);
    return emit.op("Transpose", List.of(x), Map.of("perm", perm));
  }
}
