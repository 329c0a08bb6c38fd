package org.attentionflow.evaluation.dataset;

import java.util.List;

/**
 * One labelled text of a data set.
 *
 * @param id what the file calls it, or its line
 * @param text the text
 * @param label the label as the file spells it; empty if there is none
 * @param rationale what people marked as the reason for the label; empty if nothing is marked
 */
public record Example(String id, String text, String label, List<CharacterSpan> rationale) {
  /** Copies the list. */
  public Example {
    rationale = List.copyOf(rationale);
  }

  /** An example without a rationale. */
  public Example(String id, String text, String label) {
    this(id, text, label, List.of());
  }
}
