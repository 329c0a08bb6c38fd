package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Solving of stored networks. */
class SolveCommandTest {
  private static final String CAPACITY =
      "\"capacity\": [[[0.25, 0.75], [0.5, 0.5]], [[0.5, 0.5], [0.1, 0.9]]]";

  @TempDir Path folder;

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("network.json"), json);
  }

  private static JsonObject solve(String... args) {
    return JsonParser.parseString(CommandRun.of(args).ok().out()).getAsJsonObject();
  }

  @Test
  void theFlowIsCertified() throws IOException {
    Path file = write("{" + CAPACITY + "}");
    JsonObject flow = solve("solve", file.toString(), "--json");
    assertEquals("CERTIFIED", flow.get("status").getAsString());
    double sum = 0;
    for (var outflow : flow.getAsJsonArray("tokenOutflow")) {
      sum += outflow.getAsDouble();
    }
    assertEquals(flow.get("value").getAsDouble(), sum, 1e-12);
    assertTrue(flow.get("seconds").getAsDouble() > 0);
  }

  /** 0.1 and 0.9 cannot be written in 24 binary digits; the others can, or nearly so. */
  @Test
  void capacitiesOf32BitsSayWhatTheyCost() throws IOException {
    String file = write("{" + CAPACITY + "}").toString();
    JsonObject exact = solve("solve", file, "--json");
    JsonObject rounded = solve("solve", file, "--json", "--precision", "float");
    assertFalse(exact.has("capacityRounding"));
    double cost = rounded.get("capacityRounding").getAsDouble();
    double worst = 0;
    for (double u : new double[] {0.1, 0.9, 0.9 + 3.1}) {
      worst = Math.max(worst, Math.abs((float) u - u) / u);
    }
    assertTrue(cost >= worst);
    assertTrue(cost <= 0x1p-24);
    assertEquals(0, rounded.get("capacityUnderflow").getAsDouble());
    double bound = exact.get("maximumFlowBound").getAsDouble();
    double change = rounded.get("maximumFlowBound").getAsDouble() - bound;
    assertTrue(Math.abs(change) <= 0x1p-24 * bound, "change " + change);
    CommandRun text = CommandRun.of("solve", file, "--precision", "float").ok();
    assertTrue(text.out().contains("in 32 bits: the maximum flow changes by at most"), text.out());
    assertEquals(ExitCode.USAGE, CommandRun.of("solve", file, "--precision", "half").code());
  }

  @Test
  void theBarrierParameterIsChosenInOrder() throws IOException {
    String both = ", \"barrierParameter\": 0.03, \"relativeBarrierParameter\": 0.01";
    String file = write("{" + CAPACITY + both + "}").toString();
    assertEquals(0.03, mu(file), 1e-15);
    assertEquals(0.02, mu(file, "--mu", "0.02"), 1e-15);
    assertEquals(0.9 * 0.1, mu(file, "--mu-relative", "0.1"), 1e-15);
    write("{" + CAPACITY + ", \"relativeBarrierParameter\": 0.01}");
    assertEquals(0.9 * 0.01, mu(file), 1e-15);
    write("{" + CAPACITY + "}");
    assertEquals(0.9 * 1e-3, mu(file), 1e-15);
  }

  @Test
  void anAbsoluteParameterThatSaysNothingIsRemarkedOn() throws IOException {
    String file = write("{" + CAPACITY + "}").toString();
    CommandRun run = CommandRun.of("solve", file, "--mu-absolute", "10");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("mu = 10 is absolute; the largest capacity is 0.9"), run.err());
    CommandRun.of("solve", file, "--mu-absolute", "1e-4").ok();
    CommandRun.of("solve", file, "--mu-relative", "10").ok();
  }

  private static double mu(String file, String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "solve";
    args[1] = file;
    args[2] = "--json";
    System.arraycopy(options, 0, args, 3, options.length);
    return solve(args).get("barrierParameter").getAsDouble();
  }

  @Test
  void plainMaximumFlowsAreNotUniqueAndHaveRanges() throws IOException {
    String file = write("{" + CAPACITY + "}").toString();
    for (String solver : List.of("dinic", "ortools-max-flow")) {
      JsonObject flow = solve("solve", file, "--solver", solver, "--ranges", "--json");
      assertEquals("CERTIFIED", flow.get("status").getAsString());
      assertFalse(flow.get("unique").getAsBoolean());
      double value = flow.get("value").getAsDouble();
      double least = 0;
      double most = 0;
      for (int token = 0; token < 2; token++) {
        JsonArray range = flow.getAsJsonArray("tokenRange").get(token).getAsJsonArray();
        double outflow = flow.getAsJsonArray("tokenOutflow").get(token).getAsDouble();
        assertTrue(range.get(0).getAsDouble() <= outflow + 1e-12, flow.toString());
        assertTrue(range.get(1).getAsDouble() >= outflow - 1e-12, flow.toString());
        least += range.get(0).getAsDouble();
        most += range.get(1).getAsDouble();
      }
      assertTrue(least <= value + 1e-12 && most >= value - 1e-12, flow.toString());
    }
    String printed = CommandRun.of("solve", file, "--ranges").ok().out();
    assertTrue(printed.contains("over all maximum flows"), printed);
  }

  /** Tests run without the Vector API; maximum flows have no dense arithmetic. */
  @Test
  void theKernelIsNamed() throws IOException {
    String file = write("{" + CAPACITY + "}").toString();
    for (String solver : List.of("barrier", "laplacian", "laplacian-cholesky")) {
      JsonObject flow = solve("solve", file, "--solver", solver, "--json");
      assertEquals("java", flow.get("kernel").getAsString());
    }
    assertFalse(solve("solve", file, "--solver", "dinic", "--json").has("kernel"));
    String text = CommandRun.of("solve", file).ok().out();
    assertTrue(text.contains("barrier, kernel java, "), text);
    String plain = CommandRun.of("solve", file, "--solver", "dinic").ok().out();
    assertTrue(plain.contains("dinic, ") && !plain.contains("kernel"), plain);
    JsonObject bench =
        solve(
            "bench",
            "--layers=2",
            "--tokens=4",
            "--runs=1",
            "--warm-up=0",
            "--json",
            "--solver=laplacian");
    assertEquals("java", bench.get("kernel").getAsString());
  }

  /** 50,000 arcs are shared by threads; a pool of threads has at most 32,767. */
  @Test
  void anyNumberOfThreadsIsAccepted() {
    String[] bench = {"bench", "--layers=2", "--tokens=160", "--runs=1", "--warm-up=0", "--json"};
    double value = solve(bench).get("value").getAsDouble();
    String[] many = Arrays.copyOf(bench, bench.length + 1);
    many[bench.length] = "--threads=40000";
    assertEquals(value, solve(many).get("value").getAsDouble(), 0);
  }

  @Test
  void standardInputIsAFile() throws IOException {
    CommandRun piped = CommandRun.withInput("{" + CAPACITY + "}", "solve", "-").ok();
    assertTrue(piped.out().contains("CERTIFIED"), piped.out());
  }

  @Test
  void withoutAPathTheFlowIsZeroAndThatIsAResult() throws IOException {
    String file = write("{\"capacity\": [[[0, 0], [0, 0]]]}").toString();
    JsonObject flow = solve("solve", file, "--json");
    assertEquals("NO_PATH", flow.get("status").getAsString());
    assertEquals(0.0, flow.get("value").getAsDouble());
  }

  @Test
  void aFlowThatIsNotCertifiedHasItsOwnExitCode() throws IOException {
    String file = write("{" + CAPACITY + "}").toString();
    CommandRun run = CommandRun.of("solve", file, "--iteration-limit", "1", "--json");
    assertEquals(ExitCode.NOT_CERTIFIED, run.code(), run.err());
    assertEquals(1, run.err().lines().count());
    JsonObject flow = JsonParser.parseString(run.out()).getAsJsonObject();
    assertEquals("ITERATION_LIMIT", flow.get("status").getAsString());
    assertEquals(2, flow.getAsJsonArray("tokenOutflow").size());
    for (var outflow : flow.getAsJsonArray("tokenOutflow")) {
      assertTrue(outflow.isJsonNull(), "what is not certified is no score");
    }
    CommandRun text = CommandRun.of("solve", file, "--iteration-limit", "1", "--ranges");
    assertEquals(ExitCode.NOT_CERTIFIED, text.code(), text.err());
    assertFalse(text.out().contains("outflow"), text.out());
  }

  /** Node 4 has no arc into the sink, but shares a depth with node 3, which has one. */
  @Test
  void outflowsNameTheNodesOfADimacsFile() throws IOException {
    Path file = folder.resolve("net.max");
    Files.writeString(
        file,
        "p max 7 8\nn 7 s\nn 2 t\n"
            + "a 7 4 1\na 7 3 1\na 4 5 1\na 4 6 1\na 3 2 0.5\na 5 2 0.25\na 6 2 0.125\na 7 2 2\n");
    JsonObject flow = solve("solve", file.toString(), "--solver", "dinic", "--json");
    Map<Integer, Double> byNode = new TreeMap<>();
    JsonArray nodes = flow.getAsJsonArray("nodes");
    JsonArray outflow = flow.getAsJsonArray("tokenOutflow");
    assertEquals(outflow.size(), nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      byNode.put(nodes.get(i).getAsInt(), outflow.get(i).getAsDouble());
    }
    assertEquals(Map.of(3, 0.5, 4, 0.0, 5, 0.25, 6, 0.125, 7, 2.0), byNode);
    String text = CommandRun.of("solve", file.toString(), "--solver", "dinic").ok().out();
    assertTrue(text.contains(" 5:0.250 6:0.125"), text);
    String copy = folder.resolve("copy.max").toString();
    CommandRun.of("convert", file.toString(), copy).ok();
    JsonObject again = solve("solve", copy, "--solver", "dinic", "--json");
    assertEquals(outflow, again.getAsJsonArray("tokenOutflow"));
    String written = Files.readString(Path.of(copy));
    for (int i = 0; i < nodes.size(); i++) {
      int node = again.getAsJsonArray("nodes").get(i).getAsInt();
      String arc = "\na " + node + " ";
      assertTrue(written.contains(arc), written);
    }
    String json = write("{" + CAPACITY + "}").toString();
    assertFalse(solve("solve", json, "--json").has("nodes"), "JSON files number no nodes");
  }

  @Test
  void anExplanationThatIsNotCertifiedHasNoScores() {
    CommandRun run =
        CommandRun.of("explain", "a smart dog", "--set", "solver.iteration-limit=1", "--json");
    assertEquals(ExitCode.NOT_CERTIFIED, run.code(), run.err());
    JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
    assertTrue(result.getAsJsonArray("tokens").get(0).getAsJsonObject().get("score").isJsonNull());
  }

  @Test
  void benchReportsWhatItMeasured() {
    JsonObject result =
        solve("bench", "--layers", "2", "--tokens", "6", "--runs", "3", "--warm-up=0", "--json");
    assertEquals("CERTIFIED", result.get("status").getAsString());
    assertEquals(2 * 36 + 12, result.get("arcs").getAsInt());
    assertEquals(1e-3, result.get("relativeBarrierParameter").getAsDouble(), 1e-18);
    assertTrue(result.get("seconds").getAsDouble() > 0);
    assertEquals(
        result.get("value"),
        solve("bench", "--layers", "2", "--tokens", "6", "--runs", "1", "--warm-up=0", "--json")
            .get("value"));
  }
}
