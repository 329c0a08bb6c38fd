package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sparse graph with cycles, whose flows CVXPY found with Clarabel, and whose maximum flow
 * networkx did ({@code benchmarks/peers/record_graph.py}).
 */
class CyclicGraphTest {
  @TempDir Path folder;
  private String graph = "";
  private JsonObject recorded = new JsonObject();

  @BeforeEach
  void read() throws IOException {
    graph = Files.writeString(folder.resolve("cyclic.max"), resource("cyclic.max")).toString();
    recorded = JsonParser.parseString(resource("cyclic.json")).getAsJsonObject();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CyclicGraphTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonObject solve(String... args) {
    return JsonParser.parseString(CommandRun.of(args).ok().out()).getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(strings = {"barrier", "laplacian", "laplacian-gauss-seidel", "laplacian-cholesky"})
  void theBarrierProblemHasTheRecordedFlows(String solver) {
    for (JsonElement element : recorded.getAsJsonArray("solutions")) {
      JsonObject solution = element.getAsJsonObject();
      String mu = solution.get("relativeBarrierParameter").getAsString();
      JsonObject flow = solve("solve", graph, "--solver", solver, "--mu-relative", mu, "--json");
      assertEquals("CERTIFIED", flow.get("status").getAsString());
      double value = solution.get("value").getAsDouble();
      assertEquals(value, flow.get("value").getAsDouble(), 1e-9 * value);
      JsonObject expected = solution.getAsJsonObject("flow");
      JsonArray nodes = flow.getAsJsonArray("nodes");
      JsonArray outflow = flow.getAsJsonArray("tokenOutflow");
      assertEquals(expected.size(), nodes.size());
      for (int i = 0; i < nodes.size(); i++) {
        double score = expected.get(nodes.get(i).getAsString()).getAsDouble();
        assertEquals(score, outflow.get(i).getAsDouble(), 1e-9 * value, "mu " + mu);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dinic", "ortools-max-flow"})
  void theMaximumFlowHasTheRecordedValue(String solver) {
    JsonObject flow = solve("solve", graph, "--solver", solver, "--json");
    assertEquals("CERTIFIED", flow.get("status").getAsString());
    double maximum = recorded.get("maximumFlow").getAsDouble();
    assertEquals(maximum, flow.get("value").getAsDouble(), 1e-9 * maximum);
    assertEquals(maximum, flow.get("maximumFlowBound").getAsDouble(), 1e-9 * maximum);
  }

  /** A hundred million times as much runs round two cycles as flows through: that is said. */
  @ParameterizedTest
  @ValueSource(strings = {"barrier", "laplacian", "laplacian-gauss-seidel", "laplacian-cholesky"})
  void whatRunsRoundHidesNoError(String solver) throws IOException {
    String text =
        "p max 6 8\nn 1 s\nn 6 t\na 1 2 2.797303634571788E-9\na 2 3 .1811806862451164\n"
            + "a 3 2 .11445110191777322\na 3 6 5.573715470347172E-9\na 1 4 3.375693862165385E-9\n"
            + "a 4 5 .23361502876559592\na 5 4 .7887055251726538\na 5 6 5.263670324754112E-9\n";
    String file = Files.writeString(folder.resolve("round.max"), text).toString();
    CommandRun run = CommandRun.of("solve", file, "--solver", solver, "--mu-relative", "2.4e-4");
    assertEquals(ExitCode.NOT_CERTIFIED, run.code());
    assertTrue(run.err().contains("round its cycles"), run.err());
    assertEquals(
        6.172997496737173e-9,
        solve("solve", file, "--solver", "dinic", "--json").get("value").getAsDouble(),
        1e-20);
  }

  /** What joins source and sink directly counts, for every solver. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "barrier",
        "laplacian",
        "laplacian-gauss-seidel",
        "laplacian-cholesky",
        "dinic",
        "ortools-max-flow"
      })
  void anArcFromTheSourceToTheSinkCounts(String solver) throws IOException {
    String text = "p max 3 3\nn 1 s\nn 3 t\na 1 2 2\na 2 3 1\na 1 3 4\n";
    String file = Files.writeString(folder.resolve("direct.max"), text).toString();
    JsonObject flow = solve("solve", file, "--solver", solver, "--mu-relative", "1e-6", "--json");
    assertEquals("CERTIFIED", flow.get("status").getAsString());
    assertEquals(5, flow.get("value").getAsDouble(), 1e-3);
    assertEquals(5, flow.get("maximumFlowBound").getAsDouble(), 1e-9);
  }

  /** Node by node the least and the most lie about what the solvers found, and add up. */
  @Test
  void rangesAndPathsOfMuAndOtherFormatsKnowTheGraph() throws IOException {
    JsonObject flow = solve("solve", graph, "--solver", "dinic", "--ranges", "--json");
    JsonArray ranges = flow.getAsJsonArray("tokenRange");
    for (int i = 0; i < ranges.size(); i++) {
      double score = flow.getAsJsonArray("tokenOutflow").get(i).getAsDouble();
      JsonArray range = ranges.get(i).getAsJsonArray();
      assertTrue(range.get(0).getAsDouble() <= score + 1e-9, "token " + i);
      assertTrue(range.get(1).getAsDouble() >= score - 1e-9, "token " + i);
    }
    String path =
        CommandRun.of("mu-path", graph, "--mus", "1e-1,1e-3", "--solver", "laplacian", "--json")
            .ok()
            .out();
    JsonArray points = JsonParser.parseString(path).getAsJsonArray();
    for (int i = 0; i < 2; i++) {
      JsonObject solution = recorded.getAsJsonArray("solutions").get(i).getAsJsonObject();
      double value = points.get(i).getAsJsonObject().get("value").getAsDouble();
      assertEquals(solution.get("value").getAsDouble(), value, 1e-9 * value);
    }
    String copy = folder.resolve("copy.max").toString();
    CommandRun.of("convert", graph, copy).ok();
    assertEquals(
        solve("solve", graph, "--json").get("value"), solve("solve", copy, "--json").get("value"));
    String drawn = folder.resolve("graph.graphml").toString();
    CommandRun.of("convert", graph, drawn, "--solve").ok();
    assertEquals(
        recorded.get("arcs").getAsInt(),
        Files.readString(Path.of(drawn)).split("<edge ", -1).length - 1);
  }
}
