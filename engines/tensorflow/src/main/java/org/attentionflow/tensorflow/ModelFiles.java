package org.attentionflow.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a model lie. Recognised are a SavedModel, the Hugging Face folder above one
 * ({@code saved_model/1}), a frozen graph, and a folder with one frozen graph in it.
 *
 * @param graph {@code saved_model.pb} or the frozen graph
 * @param savedModel whether it is the former
 * @param beside the folder with config.json and tokenizer.json, as far as there are any
 */
record ModelFiles(Path graph, boolean savedModel, ModelFolder beside) {
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final String VERSIONS = "saved_model";
  private static final String CONFIG = "config.json";

  /** Levels above a SavedModel to look for its configuration: from {@code saved_model/1} up. */
  private static final int LEVELS_UP = 2;

  /** Whether the names of the files are those of a model in one of the forms. */
  static boolean looksLikeModel(Path model) {
    try {
      return find(model).isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Finds the files.
   *
   * @throws UnusableInputException if there is no such model
   */
  static ModelFiles of(Path model) {
    if (!Files.exists(model)) {
      throw new UnusableInputException("The model " + model + " does not exist.");
    }
    ModelFolder whole =
        Files.isDirectory(model)
            ? ModelFolder.of(model.toAbsolutePath())
            : ModelFolder.beside(model.toAbsolutePath());
    try {
      Path graph =
          find(model.toAbsolutePath())
              .orElseThrow(
                  () ->
                      new UnusableInputException(
                          (model + " holds no TensorFlow graph: no " + SAVED_MODEL)
                              + " and no single frozen graph (.pb)."
                              + weightsWithoutGraph(model)));
      boolean saved = graph.getFileName().toString().equals(SAVED_MODEL);
      return new ModelFiles(graph, saved, beside(graph, saved, whole));
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The folder " + model + " cannot be read: " + failure.getMessage() + ".", failure);
    }
  }

  private static String weightsWithoutGraph(Path model) {
    return Files.exists(model.resolve("tf_model.h5"))
        ? " Maybe export one: tf_model.h5 has weights alone, save_pretrained(..., saved_model=True)"
            + " writes the graph too."
        : "";
  }

  /** The folder of a SavedModel's variables. */
  Path variables() {
    return graph.resolveSibling("variables");
  }

  /** The files whose digests identify the model, beside configuration and tokenizer. */
  List<Path> modelFiles() {
    List<Path> files = new ArrayList<>(List.of(graph));
    if (savedModel && Files.isDirectory(variables())) {
      try (Stream<Path> variables = Files.list(variables())) {
        variables.filter(Files::isRegularFile).sorted().forEach(files::add);
      } catch (IOException failure) {
        throw new UnusableInputException(
            "The folder " + variables() + " cannot be read: " + failure.getMessage() + ".",
            failure);
      }
    }
    return files;
  }

  private static Optional<Path> find(Path model) throws IOException {
    if (Files.isRegularFile(model)) {
      return Optional.of(model).filter(ModelFiles::isProtobuf);
    }
    if (!Files.isDirectory(model)) {
      return Optional.empty();
    }
    if (Files.isRegularFile(model.resolve(SAVED_MODEL))) {
      return Optional.of(model.resolve(SAVED_MODEL));
    }
    Optional<Path> newest = newestVersion(model.resolve(VERSIONS));
    if (newest.isPresent()) {
      return newest;
    }
    try (Stream<Path> files = Files.list(model)) {
      List<Path> graphs =
          files.filter(ModelFiles::isProtobuf).filter(Files::isRegularFile).toList();
      return graphs.size() == 1 ? Optional.of(graphs.get(0)) : Optional.empty();
    }
  }

  private static boolean isProtobuf(Path file) {
    @Nullable Path name = file.getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".pb");
  }

  private static Optional<Path> newestVersion(Path versions) throws IOException {
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders
          .filter(folder -> number(folder) >= 0)
          .filter(folder -> Files.isRegularFile(folder.resolve(SAVED_MODEL)))
          .max(Comparator.comparingInt(ModelFiles::number))
          .map(folder -> folder.resolve(SAVED_MODEL));
    }
  }

  private static int number(Path folder) {
    String name = folder.getFileName().toString().replace("/", "");
    return name.matches("[0-9]{1,9}") ? Integer.parseInt(name) : -1;
  }

  /** The nearest folder that has a configuration; the graph's own if none has. */
  private static ModelFolder beside(Path graph, boolean saved, ModelFolder whole) {
    @Nullable Path folder = graph.getParent();
    for (int up = 0; saved && up <= LEVELS_UP && folder != null; up++) {
      if (Files.isRegularFile(folder.resolve(CONFIG))) {
        return ModelFolder.of(folder);
      }
      folder = folder.getParent();
    }
    return whole;
  }
}
