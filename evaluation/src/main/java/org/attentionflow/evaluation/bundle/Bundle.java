package org.attentionflow.evaluation.bundle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.file.WholeFile;

/**
 * A finished run as a folder.
 *
 * @param folder the folder
 */
public record Bundle(Path folder) {
  /** The key of provenance.json for the number of examples that the report shows. */
  public static final String SHOWN_EXAMPLES = "shownExamples";

  /** Receives lines. */
  @FunctionalInterface
  public interface LineReader {
    /** Takes the next line. */
    void line(String line) throws IOException;
  }

  /**
   * Opens a bundle.
   *
   * @throws UnusableInputException if the folder is not a finished one
   */
  public static Bundle open(Path folder) throws IOException {
    Manifest.read(folder);
    return new Bundle(folder);
  }

  /** The experiment that was run; where its data and model lie is not known. */
  public Experiment experiment() throws IOException {
    return file().resolveForReading();
  }

  /** The resolved settings as an experiment file; relative paths start at the working directory. */
  public ExperimentFile file() throws IOException {
    String text = Files.readString(folder.resolve(BundleFile.SETTINGS));
    ExperimentFile file =
        ExperimentFile.of(text, BundleFile.SETTINGS, Path.of(""))
            .givenAs(Files.readString(folder.resolve(BundleFile.EXPERIMENT)));
    JsonElement shown = json(BundleFile.PROVENANCE).get(SHOWN_EXAMPLES);
    return shown == null ? file : file.set("output.examples", shown.getAsString());
  }

  /** One of its JSON files. */
  public JsonObject json(String name) throws IOException {
    return JsonTree.object(Files.readString(folder.resolve(name)), name);
  }

  /** Reads the lines of one of its files. */
  public void lines(String name, LineReader reader) throws IOException {
    lines(folder, name, reader);
  }

  /** Reads the lines of a file of a folder, compressed or not. */
  public static void lines(Path folder, String name, LineReader reader) throws IOException {
    Path file = folder.resolve(name);
    if (name.endsWith(".gz")) {
      GzipLines.read(file, reader::line);
      return;
    }
    for (String line : Files.readAllLines(file)) {
      reader.line(line);
    }
  }

  /** What does not fit the manifest, one line each; empty if everything does. */
  public List<String> problems() throws IOException {
    return Manifest.check(folder);
  }

  /** Writes a text file whole or not at all. */
  public static void writeText(Path folder, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(name), stream -> stream.write(bytes));
  }

  /** Writes the manifest: the folder is a bundle from here on. */
  public static void seal(Path folder) throws IOException {
    Manifest.write(folder);
  }
}
