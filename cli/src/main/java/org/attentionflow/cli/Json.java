package org.attentionflow.cli;

import java.io.IOException;
import java.util.List;
import org.attentionflow.formats.json.JsonOutput;

/** JSON on one line of standard output. */
final class Json {
  /** Writes one JSON value. */
  @FunctionalInterface
  interface Body {
    void write(JsonOutput json) throws IOException;
  }

  private Json() {}

  /** Prints the value that a body writes, and ends the line. */
  static void print(Console console, Body body) throws IOException {
    body.write(new JsonOutput(console.out()));
    console.out().println();
  }

  /** Writes an array of strings. */
  static void strings(JsonOutput json, List<String> values) throws IOException {
    json.beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
