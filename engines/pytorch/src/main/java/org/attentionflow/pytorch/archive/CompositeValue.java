package org.attentionflow.pytorch.archive;

/**
 * A value of a pickle that is made of other values. PyTorch completes a value before it puts it
 * into another one; as nothing else is accepted, no value contains itself, and how deep and how
 * large each one is is known when it is made. PyTorch follows values by recursion in native code,
 * where too deep ones would end the process.
 */
abstract class CompositeValue {
  /** Modules of real models lie some fifteen deep, each with its dictionary of attributes. */
  private static final int DEEPEST = 200;

  private int depth = 1;
  private long size = 1;
  private boolean placed;

  /**
   * Takes part of another value.
   *
   * @throws MalformedArchiveException if this value is complete, or becomes too deep or too large
   */
  final void take(Object part) {
    if (placed || part == this) {
      throw new MalformedArchiveException("a value is changed after it became part of another");
    }
    size++;
    if (part instanceof CompositeValue inner) {
      inner.placed = true;
      depth = Math.max(depth, inner.depth + 1);
      size += inner.size;
    }
    if (depth > DEEPEST) {
      throw new MalformedArchiveException("values lie more than " + DEEPEST + " deep");
    }
    // What stands in several places counts at each of them, as often as PyTorch comes by.
    if (size > PickleReader.MOST_VALUES) {
      throw new MalformedArchiveException(
          "a value is made of more than " + PickleReader.MOST_VALUES + " others");
    }
  }
}
