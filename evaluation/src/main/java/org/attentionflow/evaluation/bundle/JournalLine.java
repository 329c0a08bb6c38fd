package org.attentionflow.evaluation.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An outcome as one line of a journal: a checksum, then fields between tabs. JSON escapes control
 * characters, so that the separators stand nowhere else.
 */
final class JournalLine {
  private static final String FIELDS = "\t";
  private static final String LINES = "\u0001";
  private static final int FIELD_COUNT = 7;

  private JournalLine() {}

  static String of(Outcome outcome) {
    return checked(
        String.join(
            FIELDS,
            Integer.toString(outcome.index()),
            outcome.record(),
            String.join(LINES, outcome.perturbations()),
            outcome.metrics(),
            String.join(LINES, outcome.failures()),
            outcome.times()));
  }

  /** A text with its checksum in front. */
  static String checked(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue()) + FIELDS + text;
  }

  /** The text behind a checksum; empty if it does not fit: the line was cut off. */
  static Optional<String> unchecked(String line) {
    int tab = line.indexOf(FIELDS);
    if (tab < 0) {
      return Optional.empty();
    }
    String text = line.substring(tab + 1);
    return checked(text).equals(line) ? Optional.of(text) : Optional.empty();
  }

  static Optional<Outcome> outcome(String line) {
    if (unchecked(line).isEmpty()) {
      return Optional.empty();
    }
    String[] fields = line.split(FIELDS, -1);
    if (fields.length != FIELD_COUNT) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome(
            Integer.parseInt(fields[1]),
            fields[2],
            lines(fields[3]),
            fields[4],
            lines(fields[5]),
            fields[6]));
  }

  private static List<String> lines(String field) {
    return field.isEmpty() ? List.of() : List.of(field.split(LINES, -1));
  }
}
