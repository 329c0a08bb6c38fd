package org.attentionflow.formats.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.formats.Samples;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.junit.jupiter.api.Test;

class ExplanationJsonTest {
  private static JsonObject json(Explanation explanation) throws IOException {
    StringBuilder out = new StringBuilder();
    ExplanationJson.write(explanation, out);
    assertFalse(out.toString().contains("\n"), "one line");
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  private static List<String> keys(JsonElement object) {
    return List.copyOf(object.getAsJsonObject().keySet());
  }

  @Test
  void hasTheDocumentedKeys() throws IOException {
    JsonObject json = json(Samples.certified());
    assertEquals(
        List.of(
            "model",
            "engine",
            "method",
            "prediction",
            "target",
            "tokens",
            "words",
            "flow",
            "text",
            "provenance"),
        keys(json));
    assertEquals(List.of("label", "index", "probability"), keys(json.get("prediction")));
    assertEquals(List.of("label", "index"), keys(json.get("target")));
    assertEquals(
        List.of("index", "text", "start", "end", "special", "score"),
        keys(json.getAsJsonArray("tokens").get(0)));
    assertEquals(
        List.of("text", "start", "end", "tokens", "score"),
        keys(json.getAsJsonArray("words").get(0)));
    assertEquals(
        List.of(
            "value",
            "solver",
            "status",
            "detail",
            "barrierParameter",
            "relativeBarrierParameter",
            "gapBound",
            "conservationResidual",
            "cutCapacity",
            "cutBlock",
            "cutShare",
            "smallestSlack",
            "stationarity",
            "iterations",
            "unique"),
        keys(json.get("flow")));
    assertEquals(
        List.of("version", "java", "platform", "model", "settings"), keys(json.get("provenance")));
  }

  @Test
  void keepsTheBitsOfTheScores() throws IOException {
    Explanation explanation = Samples.certified();
    JsonArray tokens = json(explanation).getAsJsonArray("tokens");
    double[] scores = new double[tokens.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = tokens.get(i).getAsJsonObject().get("score").getAsDouble();
    }
    assertArrayEquals(explanation.attribution().scores(), scores, 0);
  }

  @Test
  void namesTheBlockOfTheCut() throws IOException {
    String block = json(Samples.certified()).getAsJsonObject("flow").get("cutBlock").getAsString();
    assertEquals("layer 1 -> input", block);
    JsonObject noPath = json(Samples.noPath()).getAsJsonObject("flow");
    assertTrue(noPath.get("cutBlock").isJsonNull());
    assertEquals("NO_PATH", noPath.get("status").getAsString());
    assertEquals(0, noPath.get("value").getAsDouble(), 0);
  }

  @Test
  void unreliableScoresAreNull() throws IOException {
    JsonObject json = json(Samples.unreliable());
    assertTrue(json.getAsJsonArray("tokens").get(1).getAsJsonObject().get("score").isJsonNull());
    assertTrue(json.getAsJsonArray("words").get(1).getAsJsonObject().get("score").isJsonNull());
    assertEquals("ITERATION_LIMIT", json.getAsJsonObject("flow").get("status").getAsString());
  }

  @Test
  void hostileTextComesBackAsItWas() throws IOException {
    Explanation hostile = Samples.hostile();
    StringBuilder out = new StringBuilder();
    ExplanationJson.write(hostile, out);
    out.chars().forEach(c -> assertFalse(Character.isISOControl(c) || c == 0x2028 || c == 0x2029));
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    JsonArray tokens = json.getAsJsonArray("tokens");
    for (int i = 0; i < tokens.size(); i++) {
      assertEquals(
          Samples.HOSTILE.get(i), tokens.get(i).getAsJsonObject().get("text").getAsString());
    }
    assertTrue(out.toString().contains("世界"), "UTF-8 stays");
    assertTrue(out.toString().contains("\\ud800"), "a lone surrogate is escaped");
    assertTrue(json.get("flow").isJsonNull());
    JsonObject against = json.getAsJsonObject("target").getAsJsonObject("against");
    assertEquals("c", against.get("label").getAsString());
  }

  @Test
  void whatIsNotANumberIsNull() throws IOException {
    StringBuilder out = new StringBuilder();
    new JsonOutput(out).beginArray().value(Double.NaN).value(1 / 0.0).value(2).endArray();
    assertEquals("[null, null, 2]", out.toString());
  }

  @Test
  void failuresSayWhy() throws IOException {
    StringBuilder out = new StringBuilder();
    ExplanationJson.writeFailure(new TextResult(3, "x\"y", null, "too long"), out);
    assertEquals("{\"index\": 3, \"text\": \"x\\\"y\", \"error\": \"too long\"}", out.toString());
  }

  @Test
  void aFlowAloneHasTheDocumentedKeys() throws IOException {
    Flow flow = Samples.flow(Samples.network(3, 2, false), FlowSolution.Outcome.CONVERGED);
    StringBuilder out = new StringBuilder();
    ExplanationJson.writeFlow(flow, 0.25, out);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertEquals(
        List.of(
            "value",
            "tokenOutflow",
            "status",
            "detail",
            "maximumFlowBound",
            "conservationResidual",
            "stationarity",
            "iterations",
            "seconds",
            "solver",
            "barrierParameter",
            "relativeBarrierParameter",
            "gapBound",
            "unique"),
        keys(json));
    assertEquals(3, json.getAsJsonArray("tokenOutflow").size());
    assertFalse(json.getAsJsonArray("tokenOutflow").get(0).isJsonNull());
    assertEquals(flow.value(), json.get("value").getAsDouble(), 0);
    assertEquals(flow.certificate().stationarity(), json.get("stationarity").getAsDouble(), 0);
  }
}
