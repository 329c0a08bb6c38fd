package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/** Lines of fields between tabs; quotes mean nothing. With a header as in GLUE, or without one. */
final class TabSeparatedFormat implements DatasetFormat {
  private final boolean hasHeader;

  TabSeparatedFormat(boolean hasHeader) {
    this.hasHeader = hasHeader;
  }

  @Override
  public String name() {
    return hasHeader ? "tsv" : "tsv-without-header";
  }

  @Override
  public String summary() {
    return hasHeader
        ? "fields between tabs, names in the first line; columns sentence and label (GLUE)"
        : "fields between tabs, no header; columns 1 (text) and 2 (label)";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    List<String> lines = TextLines.of(settings.path());
    if (lines.isEmpty()) {
      throw new UnusableInputException(settings.path() + " is empty.");
    }
    List<String> header = hasHeader ? fields(lines.get(0)) : List.of();
    Columns columns =
        hasHeader
            ? settings.columns().orElse(List.of("sentence"), "label", "")
            : settings.columns().orElse(List.of("1"), "2", "");
    TableRows rows = new TableRows(settings, header, columns);
    for (int i = hasHeader ? 1 : 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        rows.add(i + 1L, fields(lines.get(i)));
      }
    }
    return rows.examples();
  }

  private static List<String> fields(String line) {
    return Arrays.asList(line.split("\t", -1));
  }
}
