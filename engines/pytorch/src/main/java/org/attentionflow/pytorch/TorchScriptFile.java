package org.attentionflow.pytorch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.pytorch.archive.TorchArchive;

/**
 * A TorchScript archive and the folder it lies in.
 *
 * @param archive the file
 * @param folder what may hold a configuration and a tokenizer beside it
 */
record TorchScriptFile(Path archive, ModelFolder folder) {
  private static final List<String> ENDINGS = List.of(".pt", ".pth", ".ts", ".torchscript");

  /**
   * Whether a path is such an archive or a folder with one, judged by names and first bytes; a
   * folder with weights in safetensors form is a checkpoint.
   */
  static boolean isAt(Path model) {
    return Files.isDirectory(model)
        ? archives(model).stream().anyMatch(TorchArchive::looksLikeArchive)
        : hasEnding(model) && TorchArchive.looksLikeArchive(model);
  }

  /**
   * The archive at a path; empty if it is something else.
   *
   * @throws UnusableInputException if a folder has several
   */
  static Optional<TorchScriptFile> at(Path model) {
    if (!Files.isDirectory(model)) {
      return Optional.of(model)
          .filter(file -> Files.exists(file) && hasEnding(file))
          .map(file -> new TorchScriptFile(file, ModelFolder.beside(file)));
    }
    List<Path> archives = archives(model);
    if (archives.size() > 1) {
      throw new UnusableInputException(
          ("The folder " + model + " has " + archives.size() + " TorchScript archives.")
              + (" Maybe give one of them, for example " + archives.get(0) + "."));
    }
    return archives.stream()
        .findFirst()
        .map(file -> new TorchScriptFile(file, ModelFolder.of(model)));
  }

  private static boolean hasEnding(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static List<Path> archives(Path folder) {
    List<Path> archives = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && hasEnding(file)) {
          archives.add(file);
        }
      }
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The folder " + folder + " cannot be read: " + failure.getMessage() + ".", failure);
    }
    archives.sort(null);
    return archives;
  }
}
