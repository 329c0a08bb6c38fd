package org.attentionflow.engine;

import java.util.List;
import java.util.Locale;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/**
 * The scalar y that is explained and differentiated: a logit (before the softmax), or the
 * difference of two.
 */
public sealed interface Target {
  /** The logit of the class the model predicts. The default. */
  record Predicted() implements Target {}

  /** The logit of the class with an index. */
  record Index(int index) implements Target {}

  /** The logit of the class with a label, compared without regard to case. */
  record Label(String label) implements Target {}

  /**
   * The logit of one class minus the logit of another.
   *
   * @param pair two labels or indices joined by a slash; a slash may also be part of a label
   */
  record Contrast(String pair) implements Target {}

  /** The default target. */
  static Target predicted() {
    return new Predicted();
  }

  /**
   * Reads a target as users write it: {@code predicted}, an index, or a label. Whatever is not a
   * whole number is a label.
   */
  static Target parse(String text) {
    String word = text.strip();
    if (word.equals("predicted")) {
      return new Predicted();
    }
    try {
      return new Index(Integer.parseInt(word));
    } catch (NumberFormatException notAnIndex) {
      return new Label(word);
    }
  }

  /**
   * Finds the classes that are meant.
   *
   * @param logits the logits of the input, one per class
   * @param labels the names of the classes, as many as logits; may be empty if only indices are
   *     used
   * @throws UnusableInputException if a class does not exist
   */
  default ResolvedTarget resolve(float[] logits, List<String> labels) {
    if (this instanceof Contrast contrast) {
      return resolveContrast(contrast.pair(), logits, labels);
    }
    return new ResolvedTarget(classIndex(logits, labels), ResolvedTarget.NONE);
  }

  private static ResolvedTarget resolveContrast(String pair, float[] logits, List<String> labels) {
    for (int slash = pair.indexOf('/'); slash >= 0; slash = pair.indexOf('/', slash + 1)) {
      Target left = parse(pair.substring(0, slash));
      Target right = parse(pair.substring(slash + 1));
      boolean isLastSlash = pair.indexOf('/', slash + 1) < 0;
      if (isLastSlash || (left.isKnown(labels) && right.isKnown(labels))) {
        int of = left.classIndex(logits, labels);
        int against = right.classIndex(logits, labels);
        if (of == against) {
          throw new UnusableInputException(
              "The contrast " + pair + " compares class " + of + " with itself.");
        }
        return new ResolvedTarget(of, against);
      }
    }
    throw new UnusableInputException(
        "The contrast '" + pair + "' must be two classes joined by a slash: A/B.");
  }

  private boolean isKnown(List<String> labels) {
    return !(this instanceof Label label)
        || labels.stream().anyMatch(name -> name.equalsIgnoreCase(label.label()));
  }

  private int classIndex(float[] logits, List<String> labels) {
    if (this instanceof Predicted) {
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
      }
      return best;
    }
    if (this instanceof Index index) {
      if (index.index() < 0 || index.index() >= logits.length) {
        throw new UnusableInputException(
            "Target "
                + index.index()
                + " is not a class: the model has "
                + logits.length
                + " (0 to "
                + (logits.length - 1)
                + ").");
      }
      return index.index();
    }
    if (this instanceof Label label) {
      for (int i = 0; i < labels.size(); i++) {
        if (labels.get(i).equalsIgnoreCase(label.label())) {
          return i;
        }
      }
      throw new UnusableInputException(
          "Target '"
              + label.label()
              + "' is not a class of the model. Classes: "
              + String.join(", ", Nearest.sort(label.label().toLowerCase(Locale.ROOT), labels))
              + ".");
    }
    throw new UnusableInputException("A contrast cannot be part of a contrast.");
  }
}
