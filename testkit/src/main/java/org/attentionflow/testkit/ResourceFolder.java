package org.attentionflow.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Folders of the class path as paths, inside a jar if that is where they are. */
public final class ResourceFolder {
  private ResourceFolder() {}

  /**
   * The folder of a resource. The file system of a jar stays open until the tests end.
   *
   * @param file a file in the folder, from the root of the class path, with a slash in front
   */
  public static synchronized Path of(String file) {
    URL resource =
        Objects.requireNonNull(ResourceFolder.class.getResource(file), file + " is missing.");
    try {
      URI place = resource.toURI();
      if (place.getScheme().equals("jar")) {
        openJar(place);
      }
      return Objects.requireNonNull(Path.of(place).getParent());
    } catch (IOException | URISyntaxException failure) {
      throw new AssertionError(failure);
    }
  }

  /** The folder of the small classifier that comes with the project. */
  public static Path smallClassifier() {
    return of("/org/attentionflow/model/sst2-tiny/config.json");
  }

  private static void openJar(URI place) throws IOException {
    try {
      FileSystems.getFileSystem(place);
    } catch (FileSystemNotFoundException notYet) {
      FileSystems.newFileSystem(place, Map.of());
    }
  }
}
