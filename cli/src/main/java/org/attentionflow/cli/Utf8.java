package org.attentionflow.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.attentionflow.failure.UnusableInputException;

/** Decodes UTF-8 and replaces nothing in silence. */
final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Utf8() {}

  /**
   * Decodes bytes; a byte order mark at their beginning is left out.
   *
   * @param source where the bytes are from, for the message
   * @throws UnusableInputException if they are not UTF-8; names line and byte, both from 1
   */
  static String decode(byte[] bytes, String source) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(input, text, true);
    if (result.isError()) {
      throw malformed(bytes, input.position(), source);
    }
    text.flip();
    boolean hasMark = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK;
    return (hasMark ? text.subSequence(1, text.length()) : text).toString();
  }

  private static UnusableInputException malformed(byte[] bytes, int at, String source) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new UnusableInputException(
        String.format(
            Locale.ROOT,
            "%s: line %d, byte %d (0x%02x) is not UTF-8. Maybe convert it: iconv -t UTF-8.",
            source,
            line,
            at - lineStart + 1,
            bytes[at] & 0xff));
  }
}
