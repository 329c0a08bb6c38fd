package org.attentionflow.evaluation.dataset;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** One JSON object per line. */
final class JsonLinesFormat implements DatasetFormat {
  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String summary() {
    return "one JSON object per line; fields text and label";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    Columns columns = settings.columns().orElse(List.of("text"), "label", "");
    List<Example> examples = new ArrayList<>();
    List<String> lines = TextLines.of(settings.path());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String where = settings.path() + ": line " + (i + 1);
      JsonObject object = object(lines.get(i), where);
      List<String> parts =
          columns.text().stream().map(field -> string(object, field, where)).toList();
      String text = String.join(" ", parts);
      examples.add(
          new Example(
              columns.id().isEmpty() ? "" + (i + 1) : string(object, columns.id(), where),
              settings.unescape() ? text.replace("\\n", "\n") : text,
              columns.label().isEmpty() ? "" : string(object, columns.label(), where)));
    }
    return examples;
  }

  /** The objects of a file of lines. */
  static List<JsonObject> objects(Path file) throws IOException {
    List<JsonObject> objects = new ArrayList<>();
    List<String> lines = TextLines.of(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        objects.add(object(lines.get(i), file + ": line " + (i + 1)));
      }
    }
    return objects;
  }

  private static JsonObject object(String line, String where) {
    try {
      return JsonParser.parseString(line).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new UnusableInputException(where + " is not a JSON object.", e);
    }
  }

  /** A field as text; numbers and truths as JSON writes them. */
  static String string(JsonObject object, String field, String where) {
    JsonElement value = object.get(field);
    if (value == null || !value.isJsonPrimitive()) {
      throw new UnusableInputException(
          where
              + " has no text or number '"
              + field
              + "'. Fields: "
              + String.join(", ", Nearest.sort(field, object.keySet()))
              + ".");
    }
    return value.getAsString();
  }
}
