package org.attentionflow.evaluation.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.attentionflow.failure.UnusableInputException;

/** Reads UTF-8, plain or compressed with gzip, and replaces nothing in silence. */
final class TextLines {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private TextLines() {}

  /** The lines of a file, without their ends; an empty last line does not count. */
  static List<String> of(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = reader(file)) {
      String line = reader.readLine();
      if (line != null && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
        line = line.substring(1);
      }
      for (; line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (CharacterCodingException e) {
      throw notUtf8(file, lines.size() + 1, e);
    }
    return lines;
  }

  /** All of a file as one text. */
  static String whole(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw notUtf8(file, 1, e);
    }
  }

  /**
   * A reader that fails on bytes that are not UTF-8.
   *
   * @throws UnusableInputException if there is no such file
   */
  static BufferedReader reader(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInputException(
          "The data "
              + file
              + (Files.isDirectory(file) ? " is a folder, not a file." : " does not exist."));
    }
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    boolean isCompressed = String.valueOf(file.getFileName()).endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(
            isCompressed ? new GZIPInputStream(bytes) : bytes,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  private static UnusableInputException notUtf8(Path file, int line, Exception cause) {
    return new UnusableInputException(
        file + ": about line " + line + " is not UTF-8. Maybe convert it: iconv -t UTF-8.", cause);
  }
}
