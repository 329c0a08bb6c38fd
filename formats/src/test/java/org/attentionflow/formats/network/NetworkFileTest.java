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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
  private static final String LAYER = "[[0.25, 0.75], [0.5, 0]]";

  private static StoredNetwork read(String json) {
    return NetworkFile.read("test.json", new StringReader(json));
  }

  private static String message(String json) {
    UnusableInputException e = assertThrows(UnusableInputException.class, () -> read(json));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().startsWith("test.json: "), e.getMessage());
    assertTrue(e.getMessage().length() < 300, e.getMessage());
    return e.getMessage();
  }

  private static void assertSame(FlowNetwork expected, FlowNetwork actual) {
    assertEquals(expected.groups(), actual.groups());
    assertEquals(expected.tokenBlocks(), actual.tokenBlocks());
    assertEquals(expected.largestCapacity(), actual.largestCapacity(), 0);
    assertEquals(expected.returnCapacity(), actual.returnCapacity(), 0);
    assertEquals(expected.scale(), actual.scale(), 0);
    assertEquals(expected.blocks().size(), actual.blocks().size());
    for (int i = 0; i < expected.blocks().size(); i++) {
      ArcBlock one = expected.blocks().get(i);
      ArcBlock other = actual.blocks().get(i);
      assertEquals(one.tail(), other.tail());
      assertEquals(one.head(), other.head());
      assertEquals(one.capacity().rowCount(), other.capacity().rowCount());
      assertArrayEquals(one.capacity().values(), other.capacity().values(), 0);
    }
  }

  @Test
  void withoutFurtherFieldsItIsWhatTheBuilderMakes() {
    StoredNetwork stored = read("{\"capacity\": [" + LAYER + "," + LAYER + "]}");
    Matrix layer = Matrix.of(2, 2, new double[] {0.25, 0.75, 0.5, 0});
    FlowNetwork built =
        new BackwardNetworkBuilder()
            .build(InformationTensor.of(List.of(layer, layer)), NetworkSettings.defaults());
    assertSame(built, stored.network());
    assertEquals("test", stored.name());
    assertEquals(OptionalDouble.empty(), stored.barrierParameter());
    assertEquals(OptionalDouble.empty(), stored.relativeBarrierParameter());
  }

  @Test
  void readsEveryFieldInAnyOrderAndSkipsOthers() {
    StoredNetwork stored =
        read(
            "{\"unknown\": {\"a\": [[1], null]}, \"tokens\": 2, \"capacity\": ["
                + LAYER
                + "], \"layers\": 1, \"orientation\": \"forward\", \"terminalCapacity\": 3,"
                + " \"returnCapacity\": 9.5, \"barrierParameter\": 1e-4,"
                + " \"relativeBarrierParameter\": 0.01, \"name\": \"n\", \"arcFlow\": [[[1]]]}");
    FlowNetwork network = stored.network();
    assertEquals("n", stored.name());
    assertEquals(9.5, network.returnCapacity(), 0);
    assertEquals(OptionalDouble.of(1e-4), stored.barrierParameter());
    assertEquals(OptionalDouble.of(0.01), stored.relativeBarrierParameter());
    assertArrayEquals(new double[] {3, 3}, network.blocks().get(0).capacity().values(), 0);
    assertEquals(network.source(), network.blocks().get(0).tail());
    assertEquals(0, network.blocks().get(0).head(), "forward: the source feeds the input");
    assertEquals(0.5, network.blocks().get(1).capacity().get(0, 1), 0, "[key][query]");
  }

  /** Seed 11; values over many decades, with zeros. */
  @ParameterizedTest
  @CsvSource({
    "true,OPEN,NONE,true",
    "false,OPEN,NONE,true",
    "true,TOKENS,PAPER,false",
    "false,OPEN,PAPER,false"
  })
  void roundTripKeepsTheBits(
      boolean backward, TerminalCapacity terminal, CapacityScale scale, boolean all)
      throws IOException {
    Random random = new Random(11);
    double[] first = new double[49];
    double[] second = new double[49];
    for (int i = 0; i < 49; i++) {
      first[i] = i % 5 == 0 ? 0 : Math.pow(10, -12 * random.nextDouble());
      second[i] = random.nextDouble();
    }
    NetworkBuilder builder = backward ? new BackwardNetworkBuilder() : new ForwardNetworkBuilder();
    FlowNetwork network =
        builder.build(
            InformationTensor.of(List.of(Matrix.of(7, 7, first), Matrix.of(7, 7, second))),
            new NetworkSettings(terminal, scale, all ? Sources.all() : Sources.classifier()));
    StringBuilder out = new StringBuilder();
    NetworkFile.write(network, "a \"name\"", out);
    StoredNetwork stored = read(out.toString());
    assertEquals("a \"name\"", stored.name());
    assertSame(network, stored.network());
    StringBuilder again = new StringBuilder();
    NetworkFile.write(stored.network(), stored.name(), again);
    assertEquals(out.toString(), again.toString());
  }

  @Test
  void onlyLayeredNetworksAreWritten() {
    FlowNetwork network = read("{\"capacity\": [" + LAYER + "]}").network();
    List<ArcBlock> twice = new ArrayList<>(network.blocks());
    twice.add(ArcBlock.diagonal(1, 0, new double[] {1, 1}));
    FlowNetwork other =
        FlowNetwork.of(
            network.groups(), twice, network.source(), network.sink(), network.tokenBlocks());
    assertThrows(
        UnusableInputException.class, () -> NetworkFile.write(other, "x", new StringBuilder()));
  }

  @ParameterizedTest
  @CsvSource({"NaN,NaN", "-0.3,-0.3", "1e999,Infinity", "-Infinity,-Infinity", "null,null"})
  void badCapacitiesAreNamedWithTheirPlace(String value, String shown) {
    String message = message("{\"capacity\": [" + LAYER + ", [[0.1, 0.2], [" + value + ", 0.3]]]}");
    assertTrue(
        message.contains("the capacity (" + shown + ") of layer 1, query 1, key 0"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[[\"0.5\"]]] | (0.5) of layer 0, query 0, key 0",
        "[[[[1]]]] | (an array) of layer 0",
        "[[[{}]]] | (an object) of layer 0",
        "[[[true]]] | (true) of layer 0",
        "[[[1, 2], [3]]] | layer 0, query 1 has 1 keys; the first row has 2",
        "[[[1, 2], [3, 4, 5]]] | layer 0, query 1 has 3 keys",
        "[[[1, 2]]] | layer 0 has 1 queries, but 2 keys",
        "[[[1], [2]]] | layer 0 has more queries than keys",
        "[[[1]], [[1, 2], [3, 4]]] | layer 1, query 0 has 2 keys; the first row has 1",
        "[[[]]] | layer 0, query 0 has 0 keys.",
        "[[]] | layer 0 has 0 queries",
        "[] | capacity has no layer",
        "[1] | layer 0 must be an array",
        "[[1]] | layer 0, query 0 must be an array",
        "3 | capacity must be an array",
        "[[[1e308, 1e308], [1e308, 0]]] | sum is infinite"
      })
  void badShapesAreNamed(String capacity, String expected) {
    String message = message("{\"capacity\": " + capacity + "}");
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"orientation\": \"sideways\" | must be backward or forward, not sideways",
        "\"orientation\": 3 | orientation must be a string",
        "\"terminalCapacity\": -1 | terminalCapacity (-1.0) must be",
        "\"terminalCapacity\": \"x\" | terminalCapacity must be a number",
        "\"terminalCapacity\": {\"top\": [1]} | terminalCapacity.top has 1 numbers for 2 tokens",
        "\"barrierParameter\": 0 | barrierParameter (0) must be positive",
        "\"layers\": 7 | layers says 7.0, but capacity has 1",
        "\"tokens\": 3 | tokens says 3.0, but capacity has 2",
        "\"capacity\": [[[1]]] | \"capacity\" appears twice",
        "\"returnCapacity\": null | returnCapacity must be a number"
      })
  void badFieldsAreNamed(String field, String expected) {
    String message = message("{\"capacity\": [" + LAYER + "], " + field + "}");
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "<!DOCTYPE html>",
        "[1, 2]",
        "null",
        "{",
        "{\"capacity\": [[[0.1, ",
        "{\"capacity\": [[[0.1, 0.",
        "{\"name\": \"x\"}",
        "{\"capacity\" [[[1]]]}",
        "{\"capacity\": [[[1]]]} trailing",
        "{\"capacity\": [[[1]]]}{}",
        "{\"returnCapacity\": NaN, \"capacity\": [[[1]]]}",
        "\u0000\u0001\u0002",
        "{\"x\": 'single', \"capacity\": [[[1]]]}"
      })
  void whatIsNotANetworkIsOneLine(String text) {
    message(text);
  }

  @Test
  void deepNestingIsOneLine() {
    message("{\"x\": " + "[".repeat(200_000));
    message("[".repeat(200_000));
    message("{\"capacity\": " + "[".repeat(200_000));
    message("{\"a\": ".repeat(200_000));
  }

  @Test
  void aFileThatIsNotThereAndOneThatIsNotText(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.json");
    UnusableInputException e =
        assertThrows(UnusableInputException.class, () -> NetworkFile.read(missing));
    assertTrue(e.getMessage().contains("missing.json"));
    assertThrows(UnusableInputException.class, () -> NetworkFile.read(folder));
    Path binary = folder.resolve("binary.json");
    Files.write(binary, new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28});
    assertThrows(UnusableInputException.class, () -> NetworkFile.read(binary));
    Path good = folder.resolve("good.json");
    Files.writeString(good, "{\"capacity\": [" + LAYER + "]}");
    assertEquals("good", NetworkFile.read(good).name());
  }
}
