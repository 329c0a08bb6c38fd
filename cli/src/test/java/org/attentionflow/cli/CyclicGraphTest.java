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
