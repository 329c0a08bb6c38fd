package org.attentionflow.formats.explanation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.file.WholeFile;
import org.attentionflow.pipeline.TextResult;

/** The formats in which explanations can be written, by the ending of a file's name. */
public final class ExplanationFormats {
  private static final List<String> SUFFIXES =
      List.of("html", "svg", "flow.svg", "tex", "csv", "json", "jsonl");

  private ExplanationFormats() {}

  /**
   * The endings that are known, without their dot: {@code html} (one page that needs no network),
   * {@code svg} and {@code tex} (heat maps for papers), {@code flow.svg} (the flow through the
   * layers), {@code csv}, {@code json} (an object for one result, an array for several), {@code
   * jsonl} (an object per line).
   */
  public static List<String> suffixes() {
    return SUFFIXES;
  }

  /**
   * The writer for a file ending.
   *
   * @param suffix the ending, with or without a leading dot, in any case
   * @throws UnusableInputException if it is not known; the message lists those that are
   */
  public static ExplanationWriter forSuffix(String suffix) {
    String ending = suffix.toLowerCase(Locale.ROOT);
    return switch (ending.startsWith(".") ? ending.substring(1) : ending) {
      case "html" -> HtmlWriter::write;
      case "svg" -> SvgWriter::write;
      case "flow.svg" -> FlowSvgWriter::write;
      case "tex" -> LatexWriter::write;
      case "csv" -> CsvWriter::write;
      case "json" -> JsonWriters::writeJson;
      case "jsonl" -> JsonWriters::writeLines;
      default ->
          throw new UnusableInputException(
              "There is no format '"
                  + VisibleText.of(suffix)
                  + "'. Known: "
                  + String.join(", ", SUFFIXES)
                  + ".");
    };
  }

  /**
   * Writes results to a file in UTF-8, in the format of its ending: first to a temporary file in
   * the same folder, which then replaces the file; so the file is never half written.
   *
   * @throws UnusableInputException if the ending is not known; nothing is written then
   */
  public static void writeFile(Path file, List<TextResult> results) throws IOException {
    Path fileName = file.getFileName();
    String name = fileName == null ? "" : fileName.toString();
    ExplanationWriter writer = forSuffix(suffixOf(name));
    WholeFile.write(
        file,
        stream -> {
          Writer out =
              new BufferedWriter(
                  new OutputStreamWriter(stream, StandardCharsets.UTF_8.newEncoder()));
          writer.write(results, out);
          out.flush();
        });
  }

  /** The longest known ending of a name, or what stands behind its last dot. */
  private static String suffixOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream()
        .filter(suffix -> lower.endsWith("." + suffix))
        .reduce((one, other) -> one.length() > other.length() ? one : other)
        .orElse(name.substring(name.lastIndexOf('.') + 1));
  }
}
