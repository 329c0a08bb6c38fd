package org.attentionflow.formats.json;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON on one line, value by value. Numbers are the shortest decimals that read back as the
 * same double; what is not a finite number is null. Text stays UTF-8, but control characters, line
 * and paragraph separators and lone surrogates are escaped. Not thread-safe.
 */
public final class JsonOutput {
  private final Appendable out;
  private boolean needsComma;

  /** Writes to an appendable, which is neither flushed nor closed. */
  public JsonOutput(Appendable out) {
    this.out = out;
  }

  /** Opens an object. */
  public JsonOutput beginObject() throws IOException {
    return open('{');
  }

  /** Closes an object. */
  public JsonOutput endObject() throws IOException {
    return close('}');
  }

  /** Opens an array. */
  public JsonOutput beginArray() throws IOException {
    return open('[');
  }

  /** Closes an array. */
  public JsonOutput endArray() throws IOException {
    return close(']');
  }

  /** The name of the next value of an object. */
  public JsonOutput name(String name) throws IOException {
    comma();
    quote(name);
    out.append(": ");
    needsComma = false;
    return this;
  }

  /** A string, or null. */
  public JsonOutput value(@Nullable String text) throws IOException {
    comma();
    if (text == null) {
      out.append("null");
    } else {
      quote(text);
    }
    return this;
  }

  /** A number; null if it is infinite or not a number. */
  public JsonOutput value(double number) throws IOException {
    comma();
    out.append(Double.isFinite(number) ? ShortestDecimal.of(number) : "null");
    return this;
  }

  /** An integer. */
  public JsonOutput value(int number) throws IOException {
    comma();
    out.append(Integer.toString(number));
    return this;
  }

  /** True or false. */
  public JsonOutput value(boolean truth) throws IOException {
    comma();
    out.append(Boolean.toString(truth));
    return this;
  }

  /** An object of strings, in the order of the map. */
  public JsonOutput value(Map<String, String> strings) throws IOException {
    beginObject();
    for (Map.Entry<String, String> entry : strings.entrySet()) {
      name(entry.getKey()).value(entry.getValue());
    }
    return endObject();
  }

  private JsonOutput open(char bracket) throws IOException {
    comma();
    out.append(bracket);
    needsComma = false;
    return this;
  }

  private JsonOutput close(char bracket) throws IOException {
    out.append(bracket);
    needsComma = true;
    return this;
  }

  private void comma() throws IOException {
    if (needsComma) {
      out.append(", ");
    }
    needsComma = true;
  }

  private void quote(String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        out.append('\\').append(unit);
      } else if (mustBeEscaped(text, i)) {
        out.append(escape(unit));
      } else {
        out.append(unit);
      }
    }
    out.append('"');
  }

  private static boolean mustBeEscaped(String text, int at) {
    char unit = text.charAt(at);
    return Character.isISOControl(unit)
        || unit == '\u2028'
        || unit == '\u2029'
        || isLoneSurrogate(text, at);
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char unit = text.charAt(at);
    if (Character.isHighSurrogate(unit)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(unit)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static String escape(char unit) {
    return switch (unit) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) unit);
    };
  }
}
