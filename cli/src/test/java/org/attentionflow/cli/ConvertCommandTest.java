package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Networks in other formats. */
class ConvertCommandTest {
  private static final String NETWORK =
      "{\"relativeBarrierParameter\": 0.01,"
          + " \"capacity\": [[[0.25, 0.75], [0.5, 0]], [[0.5, 0.5], [0.1, 0.9]]]}";

  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String network() throws IOException {
    return Files.writeString(folder.resolve("network.json"), NETWORK).toString();
  }

  private static double value(String file) {
    JsonObject flow =
        JsonParser.parseString(CommandRun.of("solve", file, "--json").ok().out()).getAsJsonObject();
    assertEquals("CERTIFIED", flow.get("status").getAsString());
    assertEquals(0.009, flow.get("barrierParameter").getAsDouble(), 1e-15);
    return flow.get("value").getAsDouble();
  }

  @Test
  void aNetworkKeepsItsFlowOnTheWayThroughDimacs() throws IOException {
    String json = network();
    CommandRun.of("convert", json, file("a.max")).ok();
    CommandRun.of("convert", file("a.max"), file("b.json")).ok();
    CommandRun.of("convert", file("b.json"), file("b.dimacs")).ok();
    assertEquals(
        Files.readString(folder.resolve("a.max")), Files.readString(folder.resolve("b.dimacs")));
    assertEquals(value(json), value(file("a.max")), 0);
    assertEquals(value(json), value(file("b.json")), 0);
  }

  /** JSON holds no numbers of nodes: which token was which node is said once. */
  @Test
  void numbersOfNodesThatAreLostAreNamed() throws IOException {
    String graph = "p max 9 2\nn 9 s\nn 3 t\na 9 4 1\na 4 3 6\n";
    Files.writeString(folder.resolve("g.max"), graph.replace("9 2", "9 3") + "a 9 5 1\n");
    CommandRun.of("convert", file("g.max"), file("g.json")).failed(ExitCode.UNUSABLE, "stack");
    Files.writeString(
        folder.resolve("g.max"), "p max 9 3\nn 9 s\nn 3 t\na 9 4 1\na 4 7 6\na 7 3 1\n");
    CommandRun run = CommandRun.of("convert", file("g.max"), file("g.json"));
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.err().contains("tokens, in their order: 7."), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    CommandRun kept = CommandRun.of("convert", file("g.max"), file("h.max")).ok();
    assertEquals("", kept.err());
    assertTrue(Files.readString(folder.resolve("h.max")).contains("\na 9 4 1\n"));
  }

  @Test
  void graphmlHoldsTheFlow() throws Exception {
    CommandRun.of("convert", network(), file("f.graphml"), "--solve").ok();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("f.graphml").toFile());
    NodeList edges = document.getElementsByTagName("edge");
    assertEquals(4 + 7, edges.getLength());
    assertEquals(8, document.getElementsByTagName("node").getLength());
    double intoSink = 0;
    for (int i = 0; i < edges.getLength(); i++) {
      Element edge = (Element) edges.item(i);
      NodeList data = edge.getElementsByTagName("data");
      double capacity = Double.parseDouble(data.item(0).getTextContent());
      double flow = Double.parseDouble(data.item(1).getTextContent());
      assertTrue(flow > 0 && flow < capacity);
      intoSink += edge.getAttribute("target").equals("n0") ? flow : 0;
    }
    assertEquals(value(file("network.json")), intoSink, 1e-12);
  }

  @Test
  void dotHasNoFlowUnlessItIsAskedFor() throws IOException {
    CommandRun.of("convert", network(), file("n.dot")).ok();
    assertFalse(Files.readString(folder.resolve("n.dot")).contains("flow="));
    CommandRun.of("convert", network(), file("n.dot"), "--solve").ok();
    assertTrue(Files.readString(folder.resolve("n.dot")).contains(", flow="));
  }

  @Test
  void whatCannotBeConvertedIsOneLine() throws IOException {
    String json = network();
    CommandRun.of("convert", json, file("a.pdf")).failed(ExitCode.UNUSABLE, "'pdf'");
    CommandRun.of("convert", json, file("a.max"), "--solve").failed(ExitCode.UNUSABLE, "graphml");
    CommandRun.of("convert", json, "/no/such/a.max").failed(ExitCode.UNUSABLE, "/no/such");
    CommandRun.of("convert", json).failed(ExitCode.USAGE, "OUT");
    CommandRun.of("convert", json, file("a.dot"), "--solve", "--iteration-limit", "1")
        .failed(ExitCode.NOT_CERTIFIED, "stopped after 1");
    assertFalse(Files.exists(folder.resolve("a.dot")));
    String graph = file("g.max");
    Files.writeString(
        folder.resolve("g.max"), "p max 3 3\nn 1 s\nn 3 t\na 1 2 1\na 2 3 1\na 1 3 1\n");
    assertTrue(CommandRun.of("solve", graph).ok().out().contains("CERTIFIED"));
    CommandRun.of("convert", graph, file("g.json")).failed(ExitCode.UNUSABLE, "plain stack");
  }

  @Test
  void benchExportsAndMeasuresAStoredNetwork() {
    List<String> args =
        List.of("bench", "--layers=2", "--tokens=5", "--runs=1", "--warm-up=0", "--json");
    List<String> exporting = new ArrayList<>(args);
    exporting.addAll(List.of("--export", file("e.json")));
    String[] export = exporting.toArray(String[]::new);
    JsonObject made = JsonParser.parseString(CommandRun.of(export).ok().out()).getAsJsonObject();
    JsonObject read =
        JsonParser.parseString(
                CommandRun.of("bench", file("e.json"), "--runs", "1", "--warm-up=0", "--json")
                    .ok()
                    .out())
            .getAsJsonObject();
    assertEquals(made.get("value"), read.get("value"));
    assertEquals(made.get("relativeBarrierParameter"), read.get("relativeBarrierParameter"));
  }
}
