package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations by the built-in model, engine and solver. */
class ExplainCommandTest {
  private static final String SMART = "although this dog is not cute, it is very smart.";
  private static final String WITTY = "a gorgeous, witty film";

  @TempDir Path folder;

  private static JsonObject json(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }

  @Test
  void theWordsThatMatterAreHighest() {
    JsonObject result = json(CommandRun.of("explain", SMART, "--json").ok().out());
    List<JsonObject> words = new ArrayList<>();
    result.getAsJsonArray("words").forEach(word -> words.add(word.getAsJsonObject()));
    words.sort(Comparator.comparingDouble(word -> -word.get("score").getAsDouble()));
    assertEquals(
        Set.of("cute", "smart"),
        Set.of(words.get(0).get("text").getAsString(), words.get(1).get("text").getAsString()));
  }

  /** The barrier's flows move with the capacities, by about as much: 1e-5 leaves ample room. */
  @Test
  void capacitiesOf32BitsSayWhatTheyCost() {
    JsonObject exact = json(CommandRun.of("explain", SMART, "--json").ok().out());
    assertFalse(exact.getAsJsonObject("flow").has("capacityRounding"));
    for (String scale : new String[] {"none", "paper"}) {
      String[] args = {
        "explain", SMART, "--precision", "float", "--set", "network.scale=" + scale, "--json"
      };
      JsonObject rounded = json(CommandRun.of(args).ok().out());
      JsonObject flow = rounded.getAsJsonObject("flow");
      double cost = flow.get("capacityRounding").getAsDouble();
      assertTrue(cost > 0 && cost <= 0x1p-24, "relative " + cost);
      JsonObject settings = rounded.getAsJsonObject("provenance").getAsJsonObject("settings");
      assertEquals("float", settings.get("network.precision").getAsString());
      double largest = 0;
      for (JsonElement token : exact.getAsJsonArray("tokens")) {
        largest = Math.max(largest, token.getAsJsonObject().get("score").getAsDouble());
      }
      for (int i = 0; i < exact.getAsJsonArray("tokens").size(); i++) {
        assertEquals(score(exact, i), score(rounded, i), 1e-5 * largest, "token " + i);
      }
    }
    CommandRun text = CommandRun.of("explain", SMART, "--precision=float").ok();
    assertTrue(text.out().contains("\ncapacities  kept in 32 bits"), text.out());
  }

  private static double score(JsonObject result, int token) {
    return result.getAsJsonArray("tokens").get(token).getAsJsonObject().get("score").getAsDouble();
  }

  /** Only the plain maximum flow has a flow to show. */
  @Test
  void everyMethodExplains() {
    JsonArray methods =
        JsonParser.parseString(CommandRun.of("list", "methods", "--json").ok().out())
            .getAsJsonArray();
    for (JsonElement element : methods) {
      JsonObject method = element.getAsJsonObject();
      String name = method.get("name").getAsString();
      JsonObject result =
          json(CommandRun.of("explain", WITTY, "--method", name, "--json").ok().out());
      assertEquals(name, result.get("method").getAsString());
      boolean isFlow = method.getAsJsonObject("details").get("group").getAsString().equals("flow");
      assertEquals(isFlow, result.get("flow").isJsonObject(), name);
      String text = CommandRun.of("explain", WITTY, "--method", name).ok().out();
      assertEquals(isFlow, text.contains("\nflow "), text);
      assertTrue(text.contains(", by " + name + ","), text);
    }
  }

  @Test
  void methodsHaveOptionsOfTheirOwn() {
    String[] fine = {"explain", WITTY, "--method", "ig", "--set", "method.steps=200", "--json"};
    JsonObject result = json(CommandRun.of(fine).ok().out());
    JsonObject diagnostics = result.getAsJsonObject("diagnostics");
    assertEquals(0, diagnostics.get("completeness-gap").getAsDouble(), 1e-3);
    JsonObject settings = result.getAsJsonObject("provenance").getAsJsonObject("settings");
    assertEquals("200", settings.get("method.steps").getAsString());
    assertEquals("pad", settings.get("method.baseline").getAsString());
    CommandRun.of("explain", WITTY, "--method", "ig", "--set", "method.step=2")
        .failed(ExitCode.UNUSABLE, "Did you mean method.steps?");
    CommandRun.of("explain", WITTY, "--set", "method.steps=2")
        .failed(ExitCode.UNUSABLE, "the method agf has no options");
    String text = CommandRun.of("explain", WITTY, "--method", "ig").ok().out();
    assertTrue(text.contains("complete "), text);
  }

  @Test
  void jsonHasItsKeys() {
    JsonObject result = json(CommandRun.of("explain", SMART, "--json").ok().out());
    Set<String> keys =
        Set.of("model", "engine", "method", "prediction", "target", "tokens", "words", "flow");
    assertTrue(result.keySet().containsAll(keys), result.keySet().toString());
    assertEquals("CERTIFIED", result.getAsJsonObject("flow").get("status").getAsString());
    assertEquals("sst2-tiny", result.get("model").getAsString());
  }

  @Test
  void scoresAddUpToTheFlowValue() {
    JsonObject result = json(CommandRun.of("explain", SMART, "--json").ok().out());
    double sum = 0;
    for (JsonElement token : result.getAsJsonArray("tokens")) {
      sum += token.getAsJsonObject().get("score").getAsDouble();
    }
    double value = result.getAsJsonObject("flow").get("value").getAsDouble();
    assertEquals(value, sum, 1e-12 * value);
  }

  @Test
  void rangesHoldTheScoresOfAPlainMaximumFlow() {
    String[] args = {"explain", SMART, "--json", "--ranges", "--set", "solver.name=dinic"};
    JsonObject result = json(CommandRun.of(args).ok().out());
    double value = result.getAsJsonObject("flow").get("value").getAsDouble();
    for (JsonElement element : result.getAsJsonArray("tokens")) {
      JsonObject token = element.getAsJsonObject();
      JsonArray range = token.getAsJsonArray("range");
      double score = token.get("score").getAsDouble();
      assertTrue(range.get(0).getAsDouble() <= score + 1e-12 * value, token.toString());
      assertTrue(range.get(1).getAsDouble() >= score - 1e-12 * value, token.toString());
    }
    String printed = CommandRun.of("explain", SMART, "--ranges").ok().out();
    assertTrue(printed.contains("over all maximum flows"), printed);
  }

  @Test
  void withoutAPathScoresAreZeroAndThatIsAResult() {
    JsonObject result = json(CommandRun.of("explain", WITTY, "--json").ok().out());
    assertEquals("NO_PATH", result.getAsJsonObject("flow").get("status").getAsString());
    for (JsonElement token : result.getAsJsonArray("tokens")) {
      assertEquals(0.0, token.getAsJsonObject().get("score").getAsDouble());
    }
    String text = CommandRun.of("explain", WITTY).ok().out();
    assertTrue(text.contains("no path from source to sink"), text);
  }

  @Test
  void twoRunsGiveTheSameBytes() {
    String once = CommandRun.of("explain", SMART, "--json").ok().out();
    assertEquals(once, CommandRun.of("explain", SMART, "--json").ok().out());
  }

  @Test
  void workersDoNotChangeTheBytes() throws IOException {
    Path texts = folder.resolve("texts.txt");
    Files.writeString(texts, (SMART + "\n" + WITTY + "\na smart dog\nnot funny\n").repeat(3));
    String file = texts.toString();
    String one = CommandRun.of("explain", "-f", file, "--json", "-q", "--workers", "1").ok().out();
    assertEquals(12, one.lines().count());
    assertEquals(
        one, CommandRun.of("explain", "-f", file, "--json", "-q", "--workers", "2").ok().out());
    assertEquals(
        CommandRun.of("explain", SMART, "--json").ok().out(), one.lines().findFirst().get() + "\n");
  }

  @Test
  void aRecordThatFailsDoesNotStopTheOthers() throws IOException {
    Path texts = folder.resolve("texts.txt");
    Files.writeString(texts, SMART + "\n\n" + WITTY + "\n");
    CommandRun run = CommandRun.of("explain", "-f", texts.toString(), "--json");
    assertEquals(ExitCode.SOME_FAILED, run.code());
    List<String> lines = run.outLines();
    assertEquals(3, lines.size());
    assertEquals(1, json(lines.get(1)).get("index").getAsInt());
    assertTrue(json(lines.get(1)).has("error"));
    assertEquals(WITTY, json(lines.get(2)).get("text").getAsString());
    assertTrue(run.err().contains("attnflow: record 2: "), run.err());
    assertTrue(run.err().contains("2 explained, 1 NO_PATH, 1 failed"), run.err());
  }

  @Test
  void aFlowThatIsNotCertifiedGivesNoScores() throws IOException {
    Path csv = folder.resolve("stopped.csv");
    Path html = folder.resolve("stopped.html");
    CommandRun.of(
            "explain",
            SMART,
            "--set",
            "solver.iteration-limit=1",
            "-o",
            csv.toString(),
            "-o",
            html.toString())
        .failed(ExitCode.NOT_CERTIFIED, "stopped after 1 iteration: ");
    List<String> rows = Files.readAllLines(csv).subList(1, 15);
    assertTrue(rows.stream().allMatch(row -> row.endsWith(",")), rows.toString());
    String page = Files.readString(html);
    assertTrue(page.contains("ITERATION_LIMIT") && !page.contains("class=\"heat\""), page);
  }

  /** Texts at the same time need memory at the same time: 160 bytes · 502² · 64 = 2.6 GB. */
  @Test
  void workersThatDoNotFitInMemoryAreRefusedBeforeTheyRun() throws IOException {
    Path texts = folder.resolve("texts.txt");
    Files.writeString(texts, ("good ".repeat(500) + "\n").repeat(64));
    CommandRun run = CommandRun.of("explain", "-f", texts.toString(), "-q", "--workers", "64");
    assertTrue(run.code() != ExitCode.OK, run.err());
    assertTrue(run.err().contains("record 1: needs about 2.6 GB for 502 tokens"), run.err());
    assertTrue(run.err().contains("fewer workers"), run.err());
  }

  @Test
  void everyFormatIsWritten() throws IOException {
    List<String> args = new ArrayList<>(List.of("explain", SMART, WITTY, "-q"));
    List<Path> files = new ArrayList<>();
    for (String suffix : List.of("html", "svg", "tex", "csv", "json", "jsonl")) {
      files.add(folder.resolve("out." + suffix));
      args.addAll(List.of("-o", folder.resolve("out." + suffix).toString()));
    }
    assertEquals("", CommandRun.of(args.toArray(String[]::new)).ok().out());
    for (Path file : files) {
      assertTrue(Files.size(file) > 0, file.toString());
    }
    JsonArray array =
        JsonParser.parseString(Files.readString(folder.resolve("out.json"))).getAsJsonArray();
    assertEquals(2, array.size());
    assertEquals(2, Files.readAllLines(folder.resolve("out.jsonl")).size());
    try (var left = Files.list(folder)) {
      assertEquals(files.size(), left.count(), "no temporary file is left");
    }
  }

  @Test
  void settingsGiveWayInOrder() throws IOException {
    Path settings = folder.resolve("my.properties");
    Files.writeString(settings, "method = gf\nsolver.mu = 1e-2\nnetwork.builder = forward\n");
    String file = settings.toString();
    JsonObject result =
        json(
            CommandRun.of(
                    "explain",
                    SMART,
                    "--json",
                    "--settings",
                    file,
                    "--set",
                    "method=agf",
                    "--set",
                    "solver.mu=2e-3",
                    "--method",
                    "af")
                .ok()
                .out());
    assertEquals("af", result.get("method").getAsString());
    JsonObject used = result.getAsJsonObject("provenance").getAsJsonObject("settings");
    assertEquals("2e-3", used.get("solver.mu").getAsString());
    assertEquals("forward", used.get("network.builder").getAsString());
  }

  @Test
  void theTargetCanBeChosen() {
    JsonObject negative =
        json(CommandRun.of("explain", SMART, "--json", "--target", "negative").ok().out());
    assertEquals(0, negative.getAsJsonObject("target").get("index").getAsInt());
    JsonObject contrast =
        json(CommandRun.of("explain", SMART, "--json", "--contrast", "1/0").ok().out());
    assertEquals(1, contrast.getAsJsonObject("target").get("index").getAsInt());
  }

  @Test
  void standardInputIsOneText() {
    String text = CommandRun.withInput(SMART + "\n", "explain", "-", "--json").ok().out();
    assertEquals(CommandRun.of("explain", SMART, "--json").ok().out(), text);
    assertEquals(text, CommandRun.withInput(SMART + "\n", "explain", "--json").ok().out());
  }

  @Test
  void aMarkerOfAFileOrVariableIsText() {
    String out = CommandRun.of("explain", "@user ${HOME} is smart", "--json").ok().out();
    assertEquals("@user ${HOME} is smart", json(out).get("text").getAsString());
  }

  @Test
  void coloursAreForTerminals() {
    assertFalse(CommandRun.of("explain", SMART).ok().out().contains("\u001b"));
    Map<String, String> trueColor = Map.of("COLORTERM", "truecolor");
    assertTrue(
        CommandRun.onTerminal(trueColor, "explain", SMART).ok().out().contains("\u001b[48;2;"));
    assertTrue(
        CommandRun.onTerminal(Map.of(), "explain", SMART).ok().out().contains("\u001b[48;5;"));
    assertFalse(
        CommandRun.onTerminal(Map.of("NO_COLOR", "1"), "explain", SMART)
            .ok()
            .out()
            .contains("\u001b"));
    assertTrue(
        CommandRun.of("explain", SMART, "--color", "always").ok().out().contains("\u001b[48;"));
  }

  @Test
  void noTokenReachesTheTerminalUnescaped() {
    String hostile = "a \u001b[2J film \u202e\u0007 good";
    String out = CommandRun.of("explain", hostile, "--both").ok().out();
    assertFalse(out.contains("\u001b") || out.contains("\u202e") || out.contains("\u0007"), out);
  }

  @Test
  void linesFitTheTerminal() {
    String out =
        CommandRun.onTerminal(Map.of("COLUMNS", "40", "NO_COLOR", "1"), "explain", SMART)
            .ok()
            .out();
    int map = out.indexOf("\n\n");
    out.substring(0, map).lines().forEach(line -> assertTrue(TerminalText.width(line) <= 40, line));
  }

  @Test
  void tokensAndTopAreHonoured() {
    String out = CommandRun.of("explain", SMART, "--tokens", "--top", "3").ok().out();
    assertTrue(out.contains("[CLS]"), out);
    assertTrue(out.contains("11 more tokens"), out);
  }

  @Test
  void timingsGoToStandardError() {
    CommandRun run = CommandRun.of("explain", SMART, "--json", "--timings");
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.err().contains("capture") && run.err().contains("total"), run.err());
  }
}
