package org.attentionflow.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Where a model lies: a path of the user, or a folder of the class path for the model that comes
 * with the program. That folder may lie inside a jar, which stays open until this is closed.
 */
final class ModelLocation implements AutoCloseable {
  /** The name of the model that comes with the program. */
  static final String BUILT_IN = "sst2-tiny";

  private static final String FOLDER = "org/attentionflow/model/" + BUILT_IN;

  private final Path path;
  private final @Nullable FileSystem jar;

  private ModelLocation(Path path, @Nullable FileSystem jar) {
    this.path = path;
    this.jar = jar;
  }

  /**
   * Finds a model.
   *
   * @param model a path; or the name of the built-in model, if there is no file of that name
   * @throws UnusableInputException if the path cannot be one, or the built-in model is missing
   */
  static ModelLocation of(String model) {
    try {
      Path path = Path.of(model);
      if (!model.equals(BUILT_IN) || Files.exists(path)) {
        return new ModelLocation(path, null);
      }
    } catch (InvalidPathException e) {
      throw new UnusableInputException("The model '" + model + "' is not a path.", e);
    }
    return builtIn();
  }

  private static ModelLocation builtIn() {
    URL config = ModelLocation.class.getClassLoader().getResource(FOLDER + "/config.json");
    if (config == null) {
      throw new UnusableInputException(
          "The built-in model "
              + BUILT_IN
              + " is not on the class path. Maybe name a model folder with -m.");
    }
    try {
      if (!config.getProtocol().equals("jar")) {
        return new ModelLocation(Path.of(config.toURI()).resolve("..").normalize(), null);
      }
      String jarFile = config.getPath().substring(0, config.getPath().indexOf("!/"));
      FileSystem jar = FileSystems.newFileSystem(Path.of(new URI(jarFile)));
      return new ModelLocation(jar.getPath(FOLDER), jar);
    } catch (IOException | URISyntaxException e) {
      throw new UnusableInputException(
          "The built-in model cannot be opened at " + config + ": " + e + ".", e);
    }
  }

  /** The folder or file of the model. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (jar != null) {
      try {
        jar.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
