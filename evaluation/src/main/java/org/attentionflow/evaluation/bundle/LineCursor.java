package org.attentionflow.evaluation.bundle;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.attentionflow.evaluation.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** Reads a compressed file of objects with an index, example by example. */
public final class LineCursor implements AutoCloseable {
  private final BufferedReader reader;
  private final String name;
  private @Nullable JsonObject next;

  /** Opens a file of a bundle. */
  public LineCursor(Bundle bundle, String name) throws IOException {
    Path file = bundle.folder().resolve(name);
    this.name = name;
    reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
    advance();
  }

  /** The next object, or null behind the last. */
  public @Nullable JsonObject next() throws IOException {
    JsonObject current = next;
    if (current != null) {
      advance();
    }
    return current;
  }

  /** The objects with an index, which are the next ones or none. */
  public List<JsonObject> at(int index) throws IOException {
    List<JsonObject> found = new ArrayList<>();
    while (next != null && next.get("index").getAsInt() == index) {
      found.add(next);
      advance();
    }
    return found;
  }

  private void advance() throws IOException {
    String line = reader.readLine();
    next = line == null ? null : JsonTree.object(line, name);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
