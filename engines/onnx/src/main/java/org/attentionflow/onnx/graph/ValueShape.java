package org.attentionflow.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of the axes of a tensor, as far as they are known before a graph runs.
 *
 * @param sizes per axis a number, a name that stands for the same unknown number wherever it
 *     appears, or an empty text
 */
public record ValueShape(List<String> sizes) {
  /** The size of an axis of which nothing is known. */
  public static final String UNKNOWN = "";

  /** Copies the list. */
  public ValueShape {
    sizes = List.copyOf(sizes);
  }

  /** A shape of numbers. */
  public static ValueShape of(List<Long> numbers) {
    return new ValueShape(numbers.stream().map(String::valueOf).toList());
  }

  /** The number of axes. */
  public int rank() {
    return sizes.size();
  }

  /** The size of an axis; negative indices count from the last. */
  public String size(int axis) {
    return sizes.get(axis < 0 ? axis + sizes.size() : axis);
  }

  /** The size of an axis as a number; -1 if it is not known. */
  public long number(int axis) {
    String size = size(axis);
    return isNumber(size) ? Long.parseLong(size) : -1;
  }

  /** The last axes, as many as asked for. */
  public List<String> last(int count) {
    return sizes.subList(sizes.size() - count, sizes.size());
  }

  /** This shape with other last axes. */
  public ValueShape withLast(List<String> last) {
    List<String> changed = new ArrayList<>(sizes.subList(0, sizes.size() - last.size()));
    changed.addAll(last);
    return new ValueShape(changed);
  }

  /** Whether a size is a number. */
  static boolean isNumber(String size) {
    return !size.isEmpty() && size.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return "[" + String.join(", ", sizes.stream().map(s -> s.isEmpty() ? "?" : s).toList()) + "]";
  }
}
