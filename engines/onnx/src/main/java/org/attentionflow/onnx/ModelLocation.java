package org.attentionflow.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelFolder;

/**
 * An ONNX file and the folder with its configuration and tokenizer: a file of its own, {@code
 * model.onnx} in a folder, or {@code onnx/model.onnx} inside one, as optimum and the Hugging Face
 * hub lay it out.
 *
 * @param file the graph
 * @param folder what lies beside it
 */
record ModelLocation(Path file, ModelFolder folder) {
  private static final String SUFFIX = ".onnx";
  private static final String STANDARD = "model.onnx";
  private static final String INNER = "onnx";
  private static final String CONFIG = "config.json";

  /** Whether names say that a path is an ONNX model, and that no other form of it is there. */
  static boolean accepts(Path path) {
    if (Files.isDirectory(path)) {
      boolean hasWeights =
          Files.isRegularFile(path.resolve("model.safetensors"))
              || Files.isRegularFile(path.resolve("model.safetensors.index.json"));
      return !hasWeights && (!graphs(path).isEmpty() || !graphs(path.resolve(INNER)).isEmpty());
    }
    return path.toString().endsWith(SUFFIX) && Files.isRegularFile(path);
  }

  /**
   * Finds the graph.
   *
   * @throws UnusableInputException if there is none, or more than one and none is called model.onnx
   */
  static ModelLocation of(Path path) {
    if (!Files.isDirectory(path)) {
      ModelFolder beside = ModelFolder.beside(path);
      boolean isInner = beside.file(CONFIG).isEmpty() && isInnerFolder(beside.path());
      return isInner
          ? new ModelLocation(path, ModelFolder.of(parent(beside.path())))
          : new ModelLocation(path, beside);
    }
    ModelFolder folder = ModelFolder.of(path);
    List<Path> here = graphs(path);
    List<Path> graphs = here.isEmpty() ? graphs(path.resolve(INNER)) : here;
    return new ModelLocation(choose(path, graphs), folder);
  }

  private static Path choose(Path folder, List<Path> graphs) {
    if (graphs.isEmpty()) {
      throw new UnusableInputException(
          "The folder " + folder + " has no ONNX graph: no " + STANDARD + ", and none in onnx.");
    }
    if (graphs.size() == 1) {
      return graphs.get(0);
    }
    return graphs.stream()
        .filter(graph -> graph.endsWith(STANDARD))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    ("The folder " + folder + " has several ONNX graphs: ")
                        + graphs.stream()
                            .map(graph -> String.valueOf(graph.getFileName()))
                            .collect(Collectors.joining(", "))
                        + ". Maybe give the one to be explained, not the folder."));
  }

  private static boolean isInnerFolder(Path folder) {
    Path name = folder.toAbsolutePath().getFileName();
    return name != null
        && name.toString().equals(INNER)
        && Files.isRegularFile(parent(folder).resolve(CONFIG));
  }

  private static Path parent(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    return parent == null ? folder : parent;
  }

  private static List<Path> graphs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The folder " + folder + " cannot be read: " + failure.getMessage() + ".", failure);
    }
  }
}
