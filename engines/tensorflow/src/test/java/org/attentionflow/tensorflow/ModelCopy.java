package org.attentionflow.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SavedModel;

/** A model's files in another folder, to be damaged. */
final class ModelCopy {
  private final Path folder;

  ModelCopy(Path model, Path target) {
    folder = target;
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(model.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Path folder() {
    return folder;
  }

  Path savedModel() {
    return folder.resolve("saved_model/1/saved_model.pb");
  }

  /** Changes the graph of a SavedModel. */
  ModelCopy graph(UnaryOperator<GraphDef> change) {
    try {
      SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(savedModel())).toBuilder();
      GraphDef graph = change.apply(model.getMetaGraphs(0).getGraphDef());
      model.getMetaGraphsBuilder(0).setGraphDef(graph);
      Files.write(savedModel(), model.build().toByteArray());
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  ModelCopy replaceConfig(String from, String to) {
    try {
      Path config = folder.resolve("config.json");
      String text = Files.readString(config);
      if (!text.contains(from)) {
        throw new AssertionError(from + " is not in " + config);
      }
      Files.writeString(config, text.replace(from, to));
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
