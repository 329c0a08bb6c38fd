package org.attentionflow.onnx.graph;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a graph: its name, and what is known of it before the graph runs.
 *
 * @param name its name, unique in the graph
 * @param type what its elements are
 * @param knownShape its shape, or null if not even the number of its axes is known
 */
public record Value(String name, ElementType type, @Nullable ValueShape knownShape) {
  /** A tensor of unknown shape. */
  public static Value of(String name, ElementType type) {
    return new Value(name, type, null);
  }

  /** The shape, if the number of axes is known. */
  public Optional<ValueShape> shape() {
    return Optional.ofNullable(knownShape);
  }

  /** The number of axes; -1 if it is not known. */
  public int rank() {
    return knownShape == null ? -1 : knownShape.rank();
  }

  /** The same tensor under another name. */
  public Value named(String other) {
    return new Value(other, type, knownShape);
  }

  @Override
  public String toString() {
    return name + (knownShape == null ? "" : " " + knownShape);
  }
}
