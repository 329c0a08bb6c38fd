package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;
import org.attentionflow.provenance.Digest;

/**
 * The examples of a run with what identifies their source.
 *
 * @param examples the examples taken, in the order of the file
 * @param rowCount the examples of the file
 * @param droppedCount the examples left out because of their label
 * @param digests the SHA-256 of each file, by its name
 */
public record Dataset(
    List<Example> examples, int rowCount, int droppedCount, Map<String, String> digests) {
  private static final List<DatasetFormat> FORMATS =
      List.of(
          new TabSeparatedFormat(true),
          new TabSeparatedFormat(false),
          new CommaSeparatedFormat(true),
          new CommaSeparatedFormat(false),
          new FastTextFormat(),
          new LabelFoldersFormat(),
          new JsonLinesFormat(),
          new EraserFormat(),
          new SentimentTokensFormat());

  /** Copies the collections. */
  public Dataset {
    examples = List.copyOf(examples);
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
  }

  /** The names of the formats with a line on each, in a fixed order. */
  public static Map<String, String> formats() {
    Map<String, String> formats = new LinkedHashMap<>();
    FORMATS.forEach(format -> formats.put(format.name(), format.summary()));
    return Collections.unmodifiableMap(formats);
  }

  /**
   * Reads a data set.
   *
   * @throws UnusableInputException if it does not exist, is of another format, lacks a column or
   *     has another digest than the settings say; one line
   */
  public static Dataset read(DatasetSettings settings) throws IOException {
    DatasetFormat format = format(settings.format());
    Map<String, String> digests = digests(settings);
    checkDigest(settings, digests);
    List<Example> all = format.read(settings);
    List<Example> kept =
        all.stream().filter(example -> !settings.drop().contains(example.label())).toList();
    if (kept.isEmpty()) {
      throw new UnusableInputException("The data " + settings.path() + " has no example.");
    }
    List<Example> taken = settings.selection().of(kept);
    return new Dataset(taken, all.size(), all.size() - kept.size(), digests);
  }

  private static DatasetFormat format(String name) {
    return FORMATS.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "There is no data format '"
                        + name
                        + "'. Formats: "
                        + String.join(", ", Nearest.sort(name, formats().keySet()))
                        + "."));
  }

  private static Map<String, String> digests(DatasetSettings settings) throws IOException {
    if (!Files.exists(settings.path())) {
      throw new UnusableInputException(
          "The data "
              + settings.path()
              + " does not exist"
              + (settings.path().isAbsolute()
                  ? "."
                  : ", seen from the working directory. Maybe --set data.path=FILE."));
    }
    Map<String, String> digests = new TreeMap<>();
    Path path = settings.path();
    String name = String.valueOf(path.getFileName());
    digests.put(name, Files.isDirectory(path) ? FolderDigest.of(path) : Digest.of(path));
    Path documents = settings.documents();
    if (documents == null && settings.format().equals("eraser")) {
      documents = path.resolveSibling("docs.jsonl");
    }
    if (documents != null && Files.isRegularFile(documents)) {
      digests.put(String.valueOf(documents.getFileName()), Digest.of(documents));
    }
    return digests;
  }

  private static void checkDigest(DatasetSettings settings, Map<String, String> digests) {
    String found = digests.get(String.valueOf(settings.path().getFileName()));
    if (!settings.digest().isEmpty() && !settings.digest().equals(found)) {
      throw new UnusableInputException(
          "The data "
              + settings.path()
              + " has changed: its SHA-256 is "
              + found
              + ", not the "
              + settings.digest()
              + " of data.digest.");
    }
  }
}
