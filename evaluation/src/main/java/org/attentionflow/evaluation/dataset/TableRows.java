package org.attentionflow.evaluation.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** Turns the rows of a table into examples. */
final class TableRows {
  private final Path file;
  private final List<String> header;
  private final DatasetSettings settings;
  private final int[] text;
  private final int label;
  private final int id;
  private final List<Example> examples = new ArrayList<>();

  /**
   * Finds the columns.
   *
   * @param header the names of the columns; empty if the table has none
   * @param columns the columns to take, each of them named; no label or identifier if empty
   * @throws UnusableInputException if a column does not exist
   */
  TableRows(DatasetSettings settings, List<String> header, Columns columns) {
    this.file = settings.path();
    this.header = header;
    this.settings = settings;
    text = columns.text().stream().mapToInt(this::indexOf).toArray();
    label = columns.label().isEmpty() ? -1 : indexOf(columns.label());
    id = columns.id().isEmpty() ? -1 : indexOf(columns.id());
  }

  private int indexOf(String column) {
    if (header.contains(column)) {
      return header.indexOf(column);
    }
    if (header.isEmpty()) {
      try {
        int number = Integer.parseInt(column);
        if (number >= 1) {
          return number - 1;
        }
      } catch (NumberFormatException e) {
        throw new UnusableInputException(
            file + " has no header: name its columns by number, from 1, not '" + column + "'.", e);
      }
    }
    throw new UnusableInputException(
        file
            + " has no column '"
            + column
            + "'."
            + (header.isEmpty() ? " Columns count from 1." : " Columns: " + known(column) + "."));
  }

  private String known(String column) {
    return String.join(", ", Nearest.sort(column, header));
  }

  /**
   * Takes a row.
   *
   * @param line its first line, from 1
   * @throws UnusableInputException if it has fewer fields than needed
   */
  void add(long line, List<String> fields) {
    List<String> parts = new ArrayList<>();
    for (int column : text) {
      String part = field(line, fields, column);
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    String joined = String.join(" ", parts);
    examples.add(
        new Example(
            id < 0 ? Long.toString(line) : field(line, fields, id),
            settings.unescape() ? joined.replace("\\n", "\n") : joined,
            label < 0 ? "" : field(line, fields, label).strip()));
  }

  private String field(long line, List<String> fields, int column) {
    if (column >= fields.size()) {
      throw new UnusableInputException(
          file
              + ": line "
              + line
              + " has "
              + fields.size()
              + " columns, not the "
              + (column + 1)
              + " that are needed. Maybe the format is another one.");
    }
    return fields.get(column);
  }

  List<Example> examples() {
    return examples;
  }
}
