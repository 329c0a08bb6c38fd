package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;

/**
 * A folder with one folder per label and one text per file, as IMDB's {@code pos} and {@code neg}.
 */
final class LabelFoldersFormat implements DatasetFormat {
  @Override
  public String name() {
    return "folders";
  }

  @Override
  public String summary() {
    return "one folder per label with one text per file (IMDB: pos, neg); unsup is left out";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    if (!Files.isDirectory(settings.path())) {
      throw new UnusableInputException("The data " + settings.path() + " is not a folder.");
    }
    List<Example> examples = new ArrayList<>();
    for (Path folder : children(settings.path())) {
      String label = String.valueOf(folder.getFileName());
      if (Files.isDirectory(folder) && !label.equals("unsup")) {
        for (Path file : children(folder)) {
          String id = label + "/" + file.getFileName();
          examples.add(new Example(id, TextLines.whole(file), label));
        }
      }
    }
    if (examples.isEmpty()) {
      throw new UnusableInputException(
          "The data " + settings.path() + " has no folder with texts. Maybe name the split.");
    }
    return examples;
  }

  /** Sorted by name: the order of a folder is that of its file system. */
  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.comparing(p -> String.valueOf(p.getFileName()))).toList();
    }
  }
}
