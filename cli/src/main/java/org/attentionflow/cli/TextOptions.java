package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The texts to explain. */
final class TextOptions {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "a text; - or nothing: all of standard input is one text")
  List<String> texts = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "texts, one per line, UTF-8; - is standard input")
  @Nullable String file;

  @Spec(Target.MIXEE)
  @Nullable CommandSpec spec;

  /** Whether one text was given on its own; anything else is a batch of records. */
  boolean isSingle() {
    return file == null && texts.size() <= 1;
  }

  /**
   * Reads the texts. An empty line of a file is an empty text, so that line n stays record n.
   *
   * @throws UnusableInputException if there is none or one is not UTF-8
   */
  List<String> read(Console console) throws IOException {
    if (file != null && !texts.isEmpty()) {
      throw UsageError.of(spec, "Give texts or -f FILE, not both.");
    }
    if (file != null) {
      List<String> lines = lines(file, console);
      if (lines.isEmpty()) {
        throw new UnusableInputException(file + " holds no text.");
      }
      return lines;
    }
    if (texts.isEmpty() && console.surroundings().inputIsTerminal()) {
      throw UsageError.of(spec, "Give a text in quotes, or -f FILE with one text per line.");
    }
    List<String> read = new ArrayList<>();
    for (String text : texts.isEmpty() ? List.of(STANDARD_INPUT) : texts) {
      read.add(text.equals(STANDARD_INPUT) ? standardInput(console) : text);
    }
    return read;
  }

  private static List<String> lines(String file, Console console) throws IOException {
    if (!file.equals(STANDARD_INPUT) && Files.isDirectory(Path.of(file))) {
      throw new UnusableInputException(file + " is a folder, not a file of texts.");
    }
    byte[] bytes =
        file.equals(STANDARD_INPUT)
            ? console.in().readAllBytes()
            : Files.readAllBytes(Path.of(file));
    return Utf8.decode(bytes, file).lines().toList();
  }

  private static String standardInput(Console console) throws IOException {
    return Utf8.decode(console.in().readAllBytes(), "standard input").stripTrailing();
  }
}
