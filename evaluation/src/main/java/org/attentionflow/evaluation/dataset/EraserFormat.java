package org.attentionflow.evaluation.dataset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;

/**
 * ERASER (DeYoung et al., ACL 2020): annotations as JSON lines, each with groups of evidences that
 * are spans of tokens of a document. Tokens are what white space separates; a text is its tokens
 * joined by single spaces.
 */
final class EraserFormat implements DatasetFormat {
  @Override
  public String name() {
    return "eraser";
  }

  @Override
  public String summary() {
    return "ERASER annotations as JSON lines, evidences as rationales; documents in docs.jsonl";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    Path annotations = settings.path();
    Map<String, List<String>> documents = documents(settings);
    List<Example> examples = new ArrayList<>();
    for (JsonObject annotation : JsonLinesFormat.objects(annotations)) {
      String where = annotations + ": annotation " + (examples.size() + 1);
      examples.add(example(annotation, documents, where));
    }
    return examples;
  }

  private static Map<String, List<String>> documents(DatasetSettings settings) throws IOException {
    Path file =
        settings.documents() != null
            ? settings.documents()
            : settings.path().resolveSibling("docs.jsonl");
    if (!Files.isRegularFile(file)) {
      throw new UnusableInputException(
          "The documents " + file + " do not exist. Maybe set data.documents.");
    }
    Map<String, List<String>> documents = new HashMap<>();
    for (JsonObject object : JsonLinesFormat.objects(file)) {
      String where = file.toString();
      String text = JsonLinesFormat.string(object, "text", where);
      documents.put(
          JsonLinesFormat.string(object, "docid", where), List.of(text.strip().split("\\s+")));
    }
    return documents;
  }

  private static Example example(
      JsonObject annotation, Map<String, List<String>> documents, String where) {
    String id = JsonLinesFormat.string(annotation, "annotation_id", where);
    List<int[]> evidences = new ArrayList<>();
    String document = id;
    for (JsonElement group : array(annotation, where)) {
      for (JsonElement element : group.getAsJsonArray()) {
        JsonObject evidence = element.getAsJsonObject();
        document = JsonLinesFormat.string(evidence, "docid", where);
        evidences.add(
            new int[] {
              number(evidence, "start_token", where), number(evidence, "end_token", where)
            });
      }
    }
    List<String> tokens = documents.get(document);
    if (tokens == null) {
      throw new UnusableInputException(where + ": there is no document '" + document + "'.");
    }
    TokenText text = new TokenText(tokens);
    evidences.sort(Comparator.comparingInt(span -> span[0]));
    List<CharacterSpan> rationale =
        evidences.stream().map(span -> text.span(span[0], span[1], where)).toList();
    String label = JsonLinesFormat.string(annotation, "classification", where);
    return new Example(id, text.text(), label, rationale);
  }

  private static JsonArray array(JsonObject annotation, String where) {
    if (annotation.get("evidences") instanceof JsonArray evidences) {
      return evidences;
    }
    throw new UnusableInputException(where + " has no list 'evidences'.");
  }

  private static int number(JsonObject evidence, String field, String where) {
    return Integer.parseInt(JsonLinesFormat.string(evidence, field, where));
  }
}
