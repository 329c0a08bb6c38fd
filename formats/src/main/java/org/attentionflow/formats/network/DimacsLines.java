package org.attentionflow.formats.network;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/** The lines of a text file, one at a time, none of them longer than a sensible file has. */
final class DimacsLines {
  private static final int LONGEST = 4096;

  private final String file;
  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private int next;
  private int end;
  private long number;

  DimacsLines(String file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** The next line without its end, or null behind the last. */
  @Nullable String read() throws IOException {
    StringBuilder line = new StringBuilder();
    number++;
    for (int c = character(); c >= 0 && c != '\n'; c = character()) {
      if (line.length() == LONGEST) {
        throw unusable("the line is longer than " + LONGEST + " characters.");
      }
      line.append((char) c);
      if (next == end && isAtEnd()) {
        return line.toString();
      }
    }
    boolean isNothing = line.length() == 0 && end < 0;
    return isNothing ? null : line.toString();
  }

  /** What is wrong with the line that was read last. */
  UnusableInputException unusable(String what) {
    return new UnusableInputException(file + ": line " + number + ": " + what);
  }

  private int character() throws IOException {
    return next < end || !isAtEnd() ? buffer[next++] : -1;
  }

  private boolean isAtEnd() throws IOException {
    if (next == end) {
      try {
        end = reader.read(buffer);
        next = Math.min(end, 0);
      } catch (CharacterCodingException e) {
        throw new UnusableInputException(
            file + ": not UTF-8 text, at or behind line " + number + ".", e);
      }
    }
    return end < 0;
  }
}
