package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of barrier parameters. */
class MuPathCommandTest {
  private static final String NETWORK =
      "{\"capacity\": [[[0.25, 0.75], [0.5, 0.5]], [[0.5, 0.5], [0.1, 0.9]]]}";

  @TempDir Path folder;

  private String network(String json) throws IOException {
    return Files.writeString(folder.resolve("network.json"), json).toString();
  }

  private static JsonArray path(String... args) {
    return JsonParser.parseString(CommandRun.of(args).ok().out()).getAsJsonArray();
  }

  private static double number(JsonElement point, String field) {
    return point.getAsJsonObject().get(field).getAsDouble();
  }

  @Test
  void theValueRisesToTheMaximumFlow() throws IOException {
    JsonArray path = path("mu-path", network(NETWORK), "--json");
    assertEquals(11, path.size());
    assertEquals(0.1, number(path.get(0), "relativeBarrierParameter"), 1e-16);
    assertEquals(1e-3, number(path.get(4), "relativeBarrierParameter"), 1e-17);
    assertEquals(1e-6, number(path.get(10), "relativeBarrierParameter"), 1e-20);
    for (int i = 0; i < path.size(); i++) {
      JsonObject point = path.get(i).getAsJsonObject();
      assertEquals("CERTIFIED", point.get("status").getAsString());
      double sum = 0;
      for (JsonElement score : point.getAsJsonArray("scores")) {
        sum += number(score, "score");
      }
      assertEquals(number(point, "value"), sum, 1e-12);
      assertTrue(number(point, "cutCapacity") - sum <= number(point, "gapBound"));
      assertTrue(i == 0 || sum >= number(path.get(i - 1), "value"));
      assertEquals(i == path.size() - 1, point.get("kendallTau").isJsonNull());
      assertEquals(1, number(path.get(10), "kendallTauToSmallest"));
    }
  }

  /** What the help shows must show something: a text with a path. */
  @Test
  void theExampleOfTheHelpHasAPath() {
    String help = CommandRun.of("mu-path", "--help").ok().out();
    Matcher text = Pattern.compile("--text \"([^\"]+)\"").matcher(help);
    assertTrue(text.find(), help);
    for (JsonElement point : path("mu-path", "--text", text.group(1), "--json")) {
      assertEquals("CERTIFIED", point.getAsJsonObject().get("status").getAsString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--independent", "--points=11"})
  void eachPointAgreesWithSolve(String option) throws IOException {
    String file = network(NETWORK);
    for (JsonElement point : path("mu-path", file, "--json", option)) {
      String mu = point.getAsJsonObject().get("relativeBarrierParameter").getAsString();
      JsonObject alone =
          JsonParser.parseString(
                  CommandRun.of("solve", file, "--mu-relative", mu, "--json").ok().out())
              .getAsJsonObject();
      assertEquals(number(alone, "value"), number(point, "value"), 1e-8 * number(alone, "value"));
    }
  }

  @Test
  void aTextHasTokens() {
    JsonArray path = path("mu-path", "--text", "a fine film", "--mus", "1e-4,1e-2", "--json");
    assertEquals(2, path.size());
    assertEquals(0.01, number(path.get(0), "relativeBarrierParameter"), 1e-16);
    JsonObject first = path.get(0).getAsJsonObject();
    assertEquals(
        "fine", first.getAsJsonArray("scores").get(2).getAsJsonObject().get("text").getAsString());
    int top = first.getAsJsonObject("topToken").get("index").getAsInt();
    for (JsonElement score : first.getAsJsonArray("scores")) {
      double largest = number(first.getAsJsonArray("scores").get(top), "score");
      assertTrue(number(score, "score") <= largest);
    }
    String table = CommandRun.of("mu-path", "--text", "a fine film", "--points", "3").ok().out();
    assertTrue(table.contains("layer 4 -> layer 3") && table.contains("[CLS]"), table);
  }

  @Test
  void manyTextsAreLinesOrASummary() throws IOException {
    String texts = Files.writeString(folder.resolve("t.txt"), "a fine film\nso bad\n").toString();
    String[] lines =
        CommandRun.of("mu-path", "-f", texts, "--method", "af", "--csv", "--points", "3")
            .ok()
            .out()
            .split("\n");
    assertEquals(7, lines.length);
    assertEquals(MuPathText.CSV_HEADER, lines[0]);
    assertTrue(lines[1].startsWith("0,0.1,") && lines[6].startsWith("1,"), lines[6]);
    String summary = CommandRun.of("mu-path", "-f", texts, "--points", "3").ok().out();
    assertTrue(summary.contains("means over 2 texts (0 left out)"), summary);
    Files.writeString(folder.resolve("t.txt"), "a fine film\n\nso bad\n");
    CommandRun run = CommandRun.of("mu-path", "-f", texts, "--points", "2", "--json");
    assertEquals(ExitCode.SOME_FAILED, run.code(), run.err());
    assertEquals(2, run.outLines().size());
  }

  /** Tokens have the numbers of the file, as in solve, wherever they are named. */
  @Test
  void nodesOfAFileHaveItsNumbers() throws IOException {
    String file =
        Files.writeString(
                folder.resolve("net.max"),
                "p max 9 4\nn 9 s\nn 3 t\na 9 4 1\na 9 8 2\na 8 3 5\na 4 3 6\n")
            .toString();
    JsonObject solved =
        JsonParser.parseString(CommandRun.of("solve", file, "--json").ok().out()).getAsJsonObject();
    JsonObject point = path("mu-path", file, "--mus", "1e-3", "--json").get(0).getAsJsonObject();
    assertEquals("[4,8]", solved.get("nodes").toString());
    JsonArray scores = point.getAsJsonArray("scores");
    assertEquals(2, scores.size());
    for (int i = 0; i < 2; i++) {
      JsonObject score = scores.get(i).getAsJsonObject();
      assertEquals(solved.getAsJsonArray("nodes").get(i), score.get("node"));
      assertTrue(score.get("text").isJsonNull());
    }
    assertEquals(8, number(point.get("topToken"), "node"));
    assertEquals(1, number(point.get("topToken"), "index"));
    String table = CommandRun.of("mu-path", file, "--mus", "1e-3").ok().out();
    assertTrue(table.contains("node 4") && table.contains("node 8"), table);
    String csv = CommandRun.of("mu-path", file, "--mus", "1e-3", "--csv").ok().out();
    assertTrue(csv.lines().toList().get(1).contains(",1,8,"), csv);
    assertTrue(CommandRun.of("solve", file).ok().out().contains("outflow by node 4:"));
    String ranges = CommandRun.of("solve", file, "--ranges").ok().out();
    assertTrue(ranges.lines().anyMatch(line -> line.startsWith("8 ")), ranges);
  }

  @Test
  void withoutAPathThereIsNoOrder() throws IOException {
    JsonArray path =
        path("mu-path", network("{\"capacity\": [[[0, 0], [0, 0]]]}"), "--json", "--points", "2");
    JsonObject point = path.get(0).getAsJsonObject();
    assertEquals("NO_PATH", point.get("status").getAsString());
    assertTrue(point.get("kendallTau").isJsonNull() && point.get("topToken").isJsonNull());
  }

  @Test
  void whatIsNotCertifiedHasItsOwnExitCodeAndNoScores() throws IOException {
    CommandRun run =
        CommandRun.of(
            "mu-path",
            network(NETWORK),
            "--set",
            "solver.iteration-limit=1",
            "--points",
            "2",
            "--json");
    assertEquals(ExitCode.NOT_CERTIFIED, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    JsonElement point = JsonParser.parseString(run.out()).getAsJsonArray().get(0);
    JsonElement score = point.getAsJsonObject().getAsJsonArray("scores").get(0);
    assertTrue(score.getAsJsonObject().get("score").isJsonNull());
  }

  @Test
  void badRangesAndInputsAreOneLine() throws IOException {
    String file = network(NETWORK);
    CommandRun.of("mu-path", file, "--from", "1e-6", "--to", "1e-1")
        .failed(ExitCode.UNUSABLE, "from the larger to the smaller");
    CommandRun.of("mu-path", file, "--points", "0").failed(ExitCode.UNUSABLE, "--points 0");
    CommandRun.of("mu-path", file, "--mus", "1e-3,-1").failed(ExitCode.UNUSABLE, "mu (-1.0)");
    CommandRun.of("mu-path", file, "--to", "0").failed(ExitCode.UNUSABLE, "mu (0.0)");
    CommandRun.of("mu-path", file, "--mus", "x").failed(ExitCode.USAGE, "--mus");
    CommandRun.of("mu-path").failed(ExitCode.USAGE, "FILE");
    CommandRun.of("mu-path", file, "--text", "x").failed(ExitCode.USAGE, "mutually exclusive");
    CommandRun.of("mu-path", file, "--json", "--csv").failed(ExitCode.USAGE, "exclusive");
    CommandRun.of("mu-path", file, "--solver", "nosuch").failed(ExitCode.UNUSABLE, "'nosuch'");
    CommandRun.of("mu-path", "/no/such").failed(ExitCode.UNUSABLE, "/no/such");
  }
}
