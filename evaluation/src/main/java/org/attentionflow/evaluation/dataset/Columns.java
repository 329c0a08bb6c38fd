package org.attentionflow.evaluation.dataset;

import java.util.List;

/**
 * Which columns of a table, or fields of an object, hold what. A column is a name of the header, or
 * a number from 1 where there is no header.
 *
 * @param text the columns that make the text, joined by a space; empty for the format's own
 * @param label the column of the label; empty for the format's own
 * @param id the column of the identifier; empty for the line number
 */
public record Columns(List<String> text, String label, String id) {
  /** Copies the list. */
  public Columns {
    text = List.copyOf(text);
  }

  /** The columns that each format takes by itself. */
  public static Columns usual() {
    return new Columns(List.of(), "", "");
  }

  /** One column of text and one of labels. */
  public static Columns of(String text, String label) {
    return new Columns(List.of(text), label, "");
  }

  /** The same, with other columns where none were named. */
  Columns orElse(List<String> usualText, String usualLabel, String usualId) {
    return new Columns(
        text.isEmpty() ? usualText : text,
        label.isEmpty() ? usualLabel : label,
        id.isEmpty() ? usualId : id);
  }
}
