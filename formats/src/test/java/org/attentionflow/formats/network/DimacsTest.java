package org.attentionflow.formats.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DimacsTest {
  private static final String HEAD = "p max 4 3\nn 1 s\nn 4 t\n";

  private static StoredNetwork read(String text) throws IOException {
    return NetworkFormats.readDimacs("test.max", new StringReader(text));
  }

  private static String message(String text) {
    UnusableInputException e = assertThrows(UnusableInputException.class, () -> read(text));
    assertTrue(e.getMessage().startsWith("test.max: "), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().length() < 300, e.getMessage());
    return e.getMessage();
  }

  private static double largest(FlowNetwork network) {
    return network.blocks().stream()
        .flatMapToDouble(block -> Arrays.stream(block.capacity().values()))
        .max()
        .orElseThrow();
  }

  private static String write(StoredNetwork stored) throws IOException {
    StringBuilder out = new StringBuilder();
    NetworkFormats.write("max", stored, null, out);
    return out.toString();
  }

  /** 1 → 2 → 3 → 4 with shortcuts 1 → 3 and 1 → 4, comments, CRLF, tabs and no last line end. */
  @Test
  void groupsAreTheDepthsOfTheNodes() throws IOException {
    StoredNetwork stored =
        read(
            "c a comment\r\nc\ncomment\n\np max 4 5\nn\t4 t\nn 1 s\na 1 2 3\na 2 3 0.5\n"
                + "a 1 3 1e-1\na 1 4 .25\na 3 4 +2.");
    FlowNetwork network = stored.network();
    assertEquals("test", stored.name());
    assertEquals(
        List.of(
            new NodeGroup("depth 1", 1),
            new NodeGroup("depth 2", 1),
            new NodeGroup("super-sink", 1),
            new NodeGroup("super-source", 1)),
        network.groups());
    assertEquals(5, network.arcCount());
    assertEquals(3 + 0.5 + 0.1 + 0.25 + 2, network.returnCapacity(), 1e-15);
    assertEquals(0.5, network.largestCapacity());
    double[] intoSink =
        network.tokenBlocks().stream()
            .mapToDouble(block -> network.blocks().get(block).capacity().values()[0])
            .toArray();
    assertArrayEquals(new double[] {0.25, 2}, intoSink);
  }

  @Test
  void parallelArcsAddUpAndWhatCarriesNothingIsLeftOut() throws IOException {
    FlowNetwork network =
        read("p max 9 10\nn 1 s\nn 4 t\na 1 2 1\na 1 2 2\na 2 4 5\na 2 2 9\na 4 2 1\na 2 1 1\n"
                + "a 6 7 1\na 7 6 1\na 2 8 1\na 1 9 0\n")
            .network();
    assertEquals(2, network.arcCount());
    assertEquals(3, network.blocks().get(0).capacity().values()[0]);
    assertEquals(22, network.returnCapacity());
  }

  @Test
  void withoutAPathThereIsNoFlow() throws IOException {
    FlowNetwork network = read("p max 4 1\nn 1 s\nn 4 t\na 1 2 3\n").network();
    assertEquals(0, network.arcCount());
    assertEquals(1, network.tokenCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n 1 s | line 1: the problem line (p max NODES ARCS) must come first",
        "a 1 2 3 | line 1: the problem line",
        "'' | there is no problem line",
        "p min 3 4 | line 1: the problem line must be",
        "p max 3 | line 1: the problem line must be",
        "p max x 3 | the number of nodes must be a whole number of 2",
        "p max 99999999999 3 | the number of nodes must be",
        "p max 3 -1 | the number of arcs must be",
        "p max 3 0;p max 3 0 | line 2: there is a second problem line",
        "p max 3 0;n 1 s;n 2 s | line 3: a second source: 2 after 1",
        "p max 3 0;n 1 t;n 2 t | line 3: a second sink: 2 after 1",
        "p max 3 0;n 1 t | there is no source",
        "p max 3 0;n 1 s | there is no sink",
        "p max 3 0;n 1 s;n 1 t | node 1 is the source and the sink",
        "p max 3 0;n 4 s | line 2: a node must be a whole number of 1 to 3, not 4",
        "p max 3 0;n 1 x | line 2: expected 'n ID s' or 'n ID t', not 'n 1 x'",
        "p max 3 9;a 1 7 3 | line 2: a node must be a whole number of 1 to 3, not 7",
        "p max 3 9;a 1 2 -3 | line 2: the capacity (-3) of the arc 1 -> 2 must be a finite number",
        "p max 3 9;a 1 2 NaN | the capacity (NaN)",
        "p max 3 9;a 1 2 Infinity | the capacity (Infinity)",
        "p max 3 9;a 1 2 1e999 | the capacity (1e999)",
        "p max 3 9;a 1 2 0x1p3 | the capacity (0x1p3)",
        "p max 3 9;a 1 2 1f | the capacity (1f)",
        "p max 3 9;a 1 2 | expected 'a TAIL HEAD CAPACITY'",
        "p max 3 1;a 1 2 3;a 2 3 3 | line 3: there are more arcs than the 1 announced",
        "p max 3 3;n 1 s;n 3 t;a 1 2 3 | announces 3 arcs, but there are 1. Maybe the file was cut",
        "p max 3 0;x 1 2 | line 2: 'x 1 2' is none of the lines",
        "p max 3 2;n 1 s;n 3 t;a 1 2 1e308;a 2 3 1e308 | the sum of the capacities is infinite",
        "{\"capacity\": 1} | line 1: ",
        "c attnflow group x y | line 1: 'c attnflow group x y' cannot be read",
        "c attnflow group 3 y;p max 2 0;n 1 s;n 2 t | do not fit its nodes and arcs"
      })
  void whatIsWrongIsOneLine(String text, String expected) {
    String message = message(text == null ? "" : text.replace(';', '\n'));
    assertTrue(message.contains(expected), message);
  }

  /** No arc joins two nodes of a group, and every arc between source and sink is there. */
  @Test
  void aGraphWithACycleBecomesListsOfArcs() throws IOException {
    StoredNetwork stored =
        read(
            "p max 5 8\nn 1 s\nn 5 t\na 1 2 1\na 2 3 2\na 3 4 3\na 4 2 4\na 3 5 5\na 4 5 6\n"
                + "a 3 4 30\na 2 1 7\n");
    FlowNetwork network = stored.network();
    assertFalse(network.isAcyclic());
    assertEquals(5, network.nodeCount());
    assertEquals(6, network.arcCount());
    assertEquals(30, network.largestCapacity(), "of the arcs of the file");
    assertEquals(33, largest(network), "parallel arcs add up");
    assertEquals(
        58, network.returnCapacity(), "what leads into the source counts, and is left out");
    assertEquals(Set.of(3, 4), Set.copyOf(stored.tokenNodes()));
    String text = write(stored);
    assertTrue(text.contains(" listed\n"), text);
    assertEquals(text, write(read(text)));
  }

  /** Node 7 of 9 is left out; whoever reads the copy finds the arcs of the file, by its numbers. */
  @Test
  void nodesKeepTheirNumbersInEveryFormat() throws IOException {
    String graph =
        "p max 9 7\nn 9 s\nn 3 t\na 9 4 1\na 9 8 2\na 4 8 3\na 8 4 4\na 8 3 5\na 4 3 6\na 4 7 1\n";
    StoredNetwork stored = read(graph);
    String text = write(stored);
    assertTrue(text.contains("p max 9 6\nn 9 s\nn 3 t\n"), text);
    assertEquals(
        List.of("a 4 3 6", "a 4 8 3", "a 8 3 5", "a 8 4 4", "a 9 4 1", "a 9 8 2"),
        text.lines().filter(line -> line.startsWith("a ")).sorted().toList());
    StoredNetwork again = read(text);
    assertEquals(text, write(again));
    assertEquals(stored.tokenNodes(), again.tokenNodes());
    assertEquals(Set.of(4, 8), Set.copyOf(again.tokenNodes()));
    String plain =
        text.lines()
            .filter(line -> !line.startsWith("c "))
            .reduce("", (lines, line) -> lines + line + "\n");
    assertEquals(Set.of(4, 8), Set.copyOf(read(plain).tokenNodes()));
    StringBuilder dot = new StringBuilder();
    NetworkFormats.write("dot", stored, null, dot);
    assertTrue(dot.toString().contains("n8 -> n4 [capacity=4]"), dot.toString());
    assertTrue(dot.toString().contains("n9 [label=\"9: super-source / 0\"]"), dot.toString());
    StringBuilder graphml = new StringBuilder();
    NetworkFormats.write("graphml", stored, null, graphml);
    assertTrue(graphml.toString().contains("source=\"n4\" target=\"n3\""), graphml.toString());
  }

  @Test
  void numbersThatDoNotFitTheGroupsAreRefused() throws IOException {
    String text = write(read("p max 9 2\nn 9 s\nn 3 t\na 9 4 1\na 4 3 2\n"));
    assertTrue(text.contains("c attnflow nodes 4 3 9\n"), text);
    for (String other : List.of("4 3", "4 3 9 1", "4 3 10", "4 3 0", "4 4 9", "3 4 9")) {
      message(text.replace("nodes 4 3 9", "nodes " + other));
    }
  }

  /** More numbers than a line of text may have characters. */
  @Test
  void manyNumbersAreManyLines() throws IOException {
    StringBuilder graph = new StringBuilder("p max 100002 6000\nn 1 s\nn 2 t\n");
    for (int i = 0; i < 3000; i++) {
      graph.append("a 1 ").append(100_002 - i).append(" 1\n");
      graph.append("a ").append(100_002 - i).append(" 2 1\n");
    }
    String text = write(read(graph.toString()));
    assertEquals(31, text.lines().filter(line -> line.startsWith("c attnflow nodes")).count());
    assertEquals(text, write(read(text)));
  }

  /** A graph of few arcs between wide depths is listed, not spread over dense blocks. */
  @Test
  void anEmptyGraphIsListed() throws IOException {
    int width = 3000;
    StringBuilder text = new StringBuilder("p max 6002 " + 3 * width + "\nn 1 s\nn 2 t\n");
    for (int i = 0; i < width; i++) {
      text.append("a 1 ").append(3 + i).append(" 1\n");
      text.append("a ").append(3 + i).append(' ').append(3003 + i).append(" 1\n");
      text.append("a ").append(3003 + i).append(" 2 1\n");
    }
    FlowNetwork network = read(text.toString()).network();
    assertEquals(3 * width, network.arcCount());
    assertTrue(network.capacityBytes() < 4L * width * Double.BYTES, "bytes of capacities");
  }

  @Test
  void terminalArcsCannotBeListed() {
    String message =
        message(
            "p max 6 7\n"
                + "c attnflow name x\n"
                + "c attnflow group 1 sink\n"
                + "c attnflow group 2 a\n"
                + "c attnflow group 2 b\n"
                + "c attnflow group 1 source\n"
                + "c attnflow source 3\n"
                + "c attnflow sink 0\n"
                + "c attnflow tokens 0\n"
                + "n 6 s\n"
                + "n 1 t\n"
                + "c attnflow block 1 0 listed\n"
                + "a 3 1 2\n"
                + "c attnflow block 2 1 listed\n"
                + "a 4 3 1\n"
                + "a 5 2 1\n"
                + "a 5 3 1\n"
                + "c attnflow block 1 2 listed\n"
                + "a 3 4 1\n"
                + "c attnflow block 3 2 dense\n"
                + "a 6 4 2\n"
                + "a 6 5 2\n");
    assertTrue(message.contains("do not fit its nodes and arcs"), message);
  }

  /** A complete graph of more nodes than there may be groups. */
  @Test
  void aGraphThatNeedsTooManyGroupsIsRefused() {
    int nodes = 520;
    int arcs = nodes * (nodes - 1);
    StringBuilder text = new StringBuilder("p max " + nodes + " " + arcs + "\nn 1 s\nn 2 t\n");
    for (int tail = 1; tail <= nodes; tail++) {
      for (int head = 1; head <= nodes; head++) {
        text.append(tail == head ? "" : "a " + tail + " " + head + " 1\n");
      }
    }
    assertTrue(message(text.toString()).contains("fall into 518 groups"));
  }

  @Test
  void longLinesAndOtherEncodingsAreOneLine(@TempDir Path folder) throws IOException {
    message("c " + "x".repeat(1 << 20));
    Path latin = folder.resolve("latin.max");
    Files.write(latin, new byte[] {'c', ' ', (byte) 0xe4, '\n'});
    UnusableInputException e =
        assertThrows(UnusableInputException.class, () -> NetworkFormats.read(latin));
    assertTrue(e.getMessage().contains("latin.max: not UTF-8"), e.getMessage());
    Path missing = folder.resolve("missing.max");
    assertThrows(UnusableInputException.class, () -> NetworkFormats.read(missing));
    assertThrows(UnusableInputException.class, () -> NetworkFormats.read(folder));
  }

  /** A promise of many nodes costs nothing; a dense block that a comment asks for does. */
  @Test
  void blocksThatDoNotFitAreRefusedBeforeTheyAreMade() throws IOException {
    assertEquals(
        3,
        read("p max 2000000000 2\nn 1 s\nn 9 t\na 1 1999999999 1\na 1999999999 9 1\n")
            .network()
            .nodeCount());
    String hostile =
        "c attnflow group 90000 a\nc attnflow group 90000 b\nc attnflow group 1 s\n"
            + "c attnflow group 1 t\nc attnflow source 2\nc attnflow sink 3\n"
            + "c attnflow tokens 0\np max 180002 0\nn 180002 s\nn 1 t\nc attnflow block 0 1 dense\n";
    InsufficientMemoryException e =
        assertThrows(InsufficientMemoryException.class, () -> read(hostile));
    assertTrue(e.getMessage().contains("needs about 64.8 GB"), e.getMessage());
  }

  /** Groups that skip, a diagonal block beside a dense one, absent arcs, and every number. */
  @Test
  void whatIsWrittenIsReadWithTheSameBits() throws IOException {
    FlowNetwork plain =
        FlowNetwork.of(
            List.of(
                new NodeGroup("super-source", 1),
                new NodeGroup("a group", 2),
                new NodeGroup("", 2),
                new NodeGroup("super-sink", 1)),
            List.of(
                ArcBlock.dense(0, 1, Matrix.of(1, 2, new double[] {1.0 / 3, 0})),
                ArcBlock.dense(1, 2, Matrix.of(2, 2, new double[] {1e-300, 0, 0.1, 7})),
                ArcBlock.diagonal(1, 2, new double[] {0.5, 0}),
                ArcBlock.dense(2, 3, Matrix.of(2, 1, new double[] {1, 2}))),
            0,
            3,
            List.of(3));
    FlowNetwork network =
        new FlowNetwork(plain.groups(), plain.blocks(), 0, 3, plain.tokenBlocks(), 11, 1234.5, 100);
    StoredNetwork stored =
        new StoredNetwork("n", network, OptionalDouble.of(1e-4), OptionalDouble.of(0.1));
    String text = write(stored);
    assertFalse(text.contains("\r"));
    StoredNetwork again = read(text);
    assertEquals(text, write(again));
    assertEquals("n", again.name());
    assertEquals(OptionalDouble.of(1e-4), again.barrierParameter());
    assertEquals(network.groups(), again.network().groups());
    assertEquals(11, again.network().largestCapacity());
    assertEquals(100, again.network().scale());
    for (int block = 0; block < 4; block++) {
      assertArrayEquals(
          network.blocks().get(block).capacity().values(),
          again.network().blocks().get(block).capacity().values(),
          0);
    }
    String moved = text.replace("a 6 2 0.3333333333333333", "a 2 4 0.3333333333333333");
    assertTrue(message(moved).contains("is not of the block it stands in"), moved);
  }

  @Test
  void graphsAreEscapedAndHoldEveryArc() throws IOException {
    StoredNetwork stored =
        new StoredNetwork(
            "a \"<b>\" & c",
            read(HEAD + "a 1 2 1\na 2 3 0.5\na 3 4 1\n").network(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    StringBuilder dot = new StringBuilder();
    NetworkFormats.write("dot", stored, null, dot);
    assertTrue(dot.toString().startsWith("digraph \"a \\\"<b>\\\" & c\" {\n"), dot.toString());
    assertEquals(3, dot.toString().lines().filter(line -> line.contains("->")).count());
    StringBuilder graphml = new StringBuilder();
    NetworkFormats.write("graphml", stored, null, graphml);
    assertTrue(graphml.toString().contains("a \"&lt;b&gt;\" &amp; c"), graphml.toString());
    assertEquals(3, graphml.toString().lines().filter(line -> line.startsWith("<edge")).count());
    assertFalse(graphml.toString().contains("flow\""));
    assertThrows(
        UnusableInputException.class,
        () -> NetworkFormats.write("pdf", stored, null, new StringBuilder()));
  }
}
