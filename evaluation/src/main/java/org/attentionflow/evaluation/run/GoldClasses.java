package org.attentionflow.evaluation.run;

import java.util.List;
import java.util.Map;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;

/** From the labels of a file to the classes of a model. */
record GoldClasses(ModelDescription model, Map<String, String> map) {
  /** The class of an example without a label. */
  static final int NONE = -1;

  /**
   * The class of a label: what the map says, otherwise the class with that name or index.
   *
   * @throws UnusableInputException if there is none
   */
  int of(String label) {
    if (label.isEmpty()) {
      return NONE;
    }
    String word = map.getOrDefault(label, label);
    List<String> labels = model.labels();
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).equalsIgnoreCase(word)) {
        return i;
      }
    }
    if (word.matches("[0-9]{1,9}") && Integer.parseInt(word) < labels.size()) {
      return Integer.parseInt(word);
    }
    throw new UnusableInputException(
        "The label '"
            + label
            + "' of the data is no class of the model, whose classes are "
            + String.join(", ", labels)
            + " (0 to "
            + (labels.size() - 1)
            + "). Maybe set data.labels: {\""
            + label
            + "\": CLASS}, or data.drop.");
  }
}
