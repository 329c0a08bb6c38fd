package org.attentionflow.onnx.gradient;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.onnx.graph.ValueShape;

/**
 * Along which axes of a result an operand was repeated, as far as shapes tell.
 *
 * @param certain axes of the result along which it was repeated
 * @param doubtful axes of which the shapes do not tell
 */
record Broadcast(List<Integer> certain, List<Integer> doubtful) {
  static Broadcast of(ValueShape operand, ValueShape result) {
    List<Integer> certain = new ArrayList<>();
    List<Integer> doubtful = new ArrayList<>();
    int offset = result.rank() - operand.rank();
    for (int axis = 0; axis < result.rank(); axis++) {
      if (axis < offset) {
        certain.add(axis);
        continue;
      }
      String own = operand.size(axis - offset);
      String other = result.size(axis);
      boolean same = own.equals(other) && !own.equals(ValueShape.UNKNOWN);
      if (same || operand.number(axis - offset) > 1) {
        continue;
      }
      if (own.equals("1") && result.number(axis) > 1) {
        certain.add(axis);
      } else {
        doubtful.add(axis);
      }
    }
    return new Broadcast(certain, doubtful);
  }

  /** Whether the operand was not repeated at all. */
  boolean isNone() {
    return certain.isEmpty() && doubtful.isEmpty();
  }

  /** Whether all axes are known. */
  boolean isCertain() {
    return doubtful.isEmpty();
  }

  /** The axes that are known. */
  long[] axes() {
    return certain.stream().mapToLong(Integer::longValue).toArray();
  }
}
