package org.attentionflow.formats.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.Samples;
import org.attentionflow.pipeline.TextResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationFormatsTest {
  @TempDir Path folder;

  static List<String> suffixes() {
    return ExplanationFormats.suffixes();
  }

  /** UTF-8 without replacement, LF, no control or bidi character except where data stay exact. */
  @ParameterizedTest
  @MethodSource("suffixes")
  void writesEveryKindOfResult(String suffix) throws IOException {
    Path file = folder.resolve("out." + suffix);
    ExplanationFormats.writeFile(file, Samples.results());
    String text = Files.readString(file);
    assertTrue(text.endsWith("\n"), suffix);
    assertTrue(text.contains("612 tokens"), suffix);
    if (!List.of("csv", "json", "jsonl").contains(suffix)) {
      assertFalse(text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), suffix);
      assertFalse(text.chars().anyMatch(c -> c >= 0x202A && c <= 0x202E), suffix);
      assertFalse(text.chars().anyMatch(c -> c >= 0x2066 && c <= 0x2069), suffix);
    }
    if (!suffix.equals("csv")) {
      assertFalse(text.contains("\r"), suffix);
    }
  }

  @ParameterizedTest
  @MethodSource("suffixes")
  void writesTheSameTwice(String suffix) throws IOException {
    assertEquals(Render.of(suffix, Samples.results()), Render.of(suffix, Samples.results()));
  }

  @ParameterizedTest
  @MethodSource("suffixes")
  void writesNoResultAtAll(String suffix) throws IOException {
    Render.of(suffix, List.of());
  }

  @Test
  void replacesAFileAndLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("Out.HTML");
    Files.writeString(file, "old");
    ExplanationFormats.writeFile(file, Samples.results());
    assertTrue(Files.readString(file).startsWith("<!DOCTYPE html>"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    Path file = folder.resolve("no/such/out.json");
    assertThrows(IOException.class, () -> ExplanationFormats.writeFile(file, List.of()));
  }

  @Test
  void anUnknownEndingIsNamedWithTheKnownOnes() {
    Path file = folder.resolve("out.docx");
    UnusableInputException e =
        assertThrows(
            UnusableInputException.class, () -> ExplanationFormats.writeFile(file, List.of()));
    assertTrue(e.getMessage().contains("'docx'"), e.getMessage());
    assertTrue(e.getMessage().contains("html, svg"), e.getMessage());
    assertFalse(Files.exists(file));
    assertThrows(UnusableInputException.class, () -> ExplanationFormats.forSuffix(""));
  }

  @Test
  void takesASuffixWithADotAndInCapitals() throws IOException {
    List<TextResult> one = List.of(Samples.result(0, Samples.certified()));
    StringBuilder out = new StringBuilder();
    ExplanationFormats.forSuffix(".JSON").write(one, out);
    assertEquals(Render.of("json", one), out.toString());
  }
}
