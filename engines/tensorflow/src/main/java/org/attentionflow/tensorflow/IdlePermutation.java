package org.attentionflow.tensorflow;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Transpositions that leave every axis in its place. Keras writes one in front of each affine map
 * of three axes, with the permutation joined from two constants when the graph runs.
 */
final class IdlePermutation {
  /** Permutations are short; longer constants are something else. */
  private static final int MOST_AXES = 8;

  private IdlePermutation() {}

  /** Whether a node is such a transposition. */
  static boolean is(FlatGraph graph, NodeDef node) {
    if (!node.getOp().equals("Transpose")) {
      return false;
    }
    Optional<List<Integer>> axes = numbers(graph, FlatGraph.inputs(node).get(1));
    return axes.isPresent()
        && axes.get().equals(IntStream.range(0, axes.get().size()).boxed().toList());
  }

  /** The numbers of a constant, or of constants that are joined; empty if it is neither. */
  private static Optional<List<Integer>> numbers(FlatGraph graph, TensorName tensor) {
    NodeDef node = graph.producer(tensor);
    if (node.getOp().equals("Const")) {
      return constant(Nodes.constant(node));
    }
    if (!node.getOp().equals("ConcatV2")) {
      return Optional.empty();
    }
    List<Integer> joined = new ArrayList<>();
    List<TensorName> inputs = FlatGraph.inputs(node);
    for (TensorName part : inputs.subList(0, inputs.size() - 1)) {
      NodeDef maker = graph.producer(part);
      Optional<List<Integer>> numbers =
          maker.getOp().equals("Const") ? constant(Nodes.constant(maker)) : Optional.empty();
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      joined.addAll(numbers.get());
    }
    return Optional.of(joined);
  }

  private static Optional<List<Integer>> constant(TensorProto tensor) {
    long count = Nodes.elementCount(tensor.getTensorShape());
    if (tensor.getDtype() != DataType.DT_INT32 || count < 1 || count > MOST_AXES) {
      return Optional.empty();
    }
    if (!tensor.getTensorContent().isEmpty()) {
      IntBuffer stored =
          tensor
              .getTensorContent()
              .asReadOnlyByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer();
      return stored.remaining() == count
          ? Optional.of(IntStream.generate(stored::get).limit(count).boxed().toList())
          : Optional.empty();
    }
    // The last number stands for all that follow it.
    int written = tensor.getIntValCount();
    return written == 0
        ? Optional.of(IntStream.range(0, (int) count).map(i -> 0).boxed().toList())
        : Optional.of(
            IntStream.range(0, (int) count)
                .map(i -> tensor.getIntVal(Math.min(i, written - 1)))
                .boxed()
                .toList());
  }
}
