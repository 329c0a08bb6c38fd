package org.attentionflow.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  /** Makes a table with a heading, which is left out where it is empty. */
  Table(String... heading) {
    if (heading.length > 0) {
      rows.add(heading);
    }
  }

  /** Adds a row. */
  void row(String... cells) {
    rows.add(cells);
  }

  /** Prints the rows, every column as wide as its widest cell, two spaces between them. */
  void print(PrintStream out) {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] width = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        width[i] = Math.max(width[i], TerminalText.width(row[i]));
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(TerminalText.pad(row[i], width[i] + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
