package org.attentionflow.pytorch.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a file of TorchScript with everything inside quotation marks blanked, so that
 * brackets and names that are found in it are code. Places in it are places in the text itself.
 */
final class CodeText {
  /** Deeper brackets would exhaust the stack of PyTorch's parser; programs have a dozen. */
  private static final int DEEPEST = 200;

  /** Longer chains of operators would, too; a statement that torch.jit.save writes has a dozen. */
  private static final int MOST_OPERATORS = 300;

  private static final String OPERATORS = "+-*/%@&|^~<>=!.:";

  /** Two spaces for each of the blocks that lie inside each other. */
  private static final int DEEPEST_INDENTATION = 200;

  private static final Pattern INDENTATION =
      Pattern.compile("(?m)^[ \\t]{" + DEEPEST_INDENTATION + "}");

  /** Written as a block inside {@code else} by torch.jit.save; each one is nested all the same. */
  private static final Pattern ELSE_IF = Pattern.compile("(?m)^ *elif\\b");

  private final String masked;
  private final int[] partner;

  /** A part of the text: from the first character to the one behind the last. */
  record Span(int from, int to) {}

  CodeText(String text) {
    this.masked = mask(text);
    this.partner = partners(masked);
    checkChains();
    if (INDENTATION.matcher(masked).find() || ELSE_IF.matcher(masked).find()) {
      throw new MalformedArchiveException("its code has blocks that torch.jit.save does not write");
    }
  }

  /** The text with blanks for the contents of strings. */
  String text() {
    return masked;
  }

  String text(Span span) {
    return masked.substring(span.from(), span.to());
  }

  /** Where the bracket that is opened or closed at a place has its partner. */
  int partner(int bracket) {
    return partner[bracket];
  }

  /** The parts between the commas in a pair of brackets, without white space around them. */
  List<Span> parts(int open) {
    List<Span> parts = new ArrayList<>();
    int from = open + 1;
    int close = partner[open];
    for (int i = open + 1; i <= close; i++) {
      char character = masked.charAt(i);
      if (i == close || character == ',') {
        Span part = trimmed(from, i);
        if (part.from() < part.to()) {
          parts.add(part);
        }
        from = i + 1;
      } else if (partner[i] > i) {
        i = partner[i];
      }
    }
    return parts;
  }

  Span trimmed(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(masked.charAt(start))) {
      start++;
    }
    while (start < end && Character.isWhitespace(masked.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private static String mask(String text) {
    StringBuilder masked = new StringBuilder(text);
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (quote == 0) {
        quote = character == '"' || character == '\'' ? character : 0;
      } else if (character == quote) {
        quote = 0;
      } else {
        masked.setCharAt(i, ' ');
        if (character == '\\' && i + 1 < text.length()) {
          masked.setCharAt(++i, ' ');
        }
      }
    }
    return masked.toString();
  }

  /** Counts operators, words and brackets from comma to comma, line by line outside of brackets. */
  private void checkChains() {
    int[] counts = new int[DEEPEST + 2];
    int depth = 0;
    boolean inSpace = false;
    for (int i = 0; i < masked.length(); i++) {
      char character = masked.charAt(i);
      boolean isSpace = Character.isWhitespace(character);
      if (partner[i] > i) {
        counts[depth++]++;
        counts[depth] = 0;
      } else if (")]}".indexOf(character) >= 0) {
        depth--;
      } else if (character == ',' || (character == '\n' && depth == 0)) {
        counts[depth] = 0;
      } else if (OPERATORS.indexOf(character) >= 0 || (isSpace && !inSpace)) {
        counts[depth]++;
      }
      inSpace = isSpace;
      if (counts[depth] > MOST_OPERATORS) {
        throw new MalformedArchiveException(
            "its code has an expression of more than " + MOST_OPERATORS + " operators");
      }
    }
  }

  private static int[] partners(String masked) {
    int[] partner = new int[masked.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < masked.length(); i++) {
      char character = masked.charAt(i);
      if ("([{".indexOf(character) >= 0) {
        open.push(i);
        if (open.size() > DEEPEST) {
          throw new MalformedArchiveException(
              "its code has more than " + DEEPEST + " open brackets");
        }
      } else if (")]}".indexOf(character) >= 0) {
        if (open.isEmpty()) {
          throw new MalformedArchiveException("its code closes a bracket that was not opened");
        }
        partner[i] = open.pop();
        partner[partner[i]] = i;
      }
    }
    if (!open.isEmpty()) {
      throw new MalformedArchiveException("its code leaves a bracket open");
    }
    return partner;
  }
}
