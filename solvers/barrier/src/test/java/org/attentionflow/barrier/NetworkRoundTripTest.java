package org.attentionflow.barrier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.testkit.RecordedNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that went through another format has the same flow. */
class NetworkRoundTripTest {
  static List<RecordedNetworks.Recording> recordings() {
    return RecordedNetworks.all();
  }

  private static Flow solve(FlowNetwork network, double mu) {
    return new FlowComputation(
            new BarrierFlowSolver(), BarrierParameter.absolute(mu), SolverSettings.defaults())
        .compute(network);
  }

  private static String text(String suffix, StoredNetwork stored) throws IOException {
    StringBuilder out = new StringBuilder();
    NetworkFormats.write(suffix, stored, null, out);
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void fromJsonToDimacsAndBack(RecordedNetworks.Recording recording) throws IOException {
    StoredNetwork stored =
        new StoredNetwork(
            "n",
            recording.instance().network(),
            OptionalDouble.of(recording.barrierParameter()),
            OptionalDouble.empty());
    StoredNetwork json = NetworkFile.read("n", new StringReader(text("json", stored)));
    String dimacs = text("max", json);
    StoredNetwork back = NetworkFormats.readDimacs("n", new StringReader(dimacs));
    assertEquals(text("json", stored), text("json", back));
    Flow before = solve(stored.network(), recording.barrierParameter());
    Flow after = solve(back.network(), back.barrierParameter().orElseThrow());
    assertEquals(before.value(), after.value(), 1e-12 * before.value());
    assertArrayEquals(before.tokenOutflow(), after.tokenOutflow(), 1e-12 * before.value());
  }

  /** What other programs make of the file: no comments, so no groups; tokens without flow go. */
  @ParameterizedTest
  @MethodSource("recordings")
  void throughDimacsWithoutComments(RecordedNetworks.Recording recording) throws IOException {
    FlowNetwork network = recording.instance().network();
    StoredNetwork stored =
        new StoredNetwork("n", network, OptionalDouble.empty(), OptionalDouble.empty());
    String bare =
        text("max", stored)
            .lines()
            .filter(line -> !line.startsWith("c"))
            .collect(Collectors.joining("\n"));
    FlowNetwork back = NetworkFormats.readDimacs("n", new StringReader(bare)).network();
    Flow before = solve(network, recording.barrierParameter());
    Flow after = solve(back, recording.barrierParameter());
    assertEquals(before.status(), after.status());
    // Both are certified to 1e-10 of the largest capacity.
    double tolerance =
        1e-12 * before.value() + 2e-10 * network.largestCapacity() * network.nodeCount();
    assertEquals(before.value(), after.value(), tolerance);
    double[] scores = Arrays.stream(before.tokenOutflow()).filter(score -> score > 0).toArray();
    if (before.status() == SolveStatus.CERTIFIED) {
      assertArrayEquals(scores, after.tokenOutflow(), tolerance);
    }
  }

  /** Shortcuts over several depths, and an arc straight from source to sink. */
  @Test
  void graphsThatAreNotLayeredAreSolved() throws IOException {
    String graph =
        "p max 6 9\nn 1 s\nn 6 t\na 1 2 5\na 1 3 4\na 2 3 3\na 2 4 2\na 3 5 6\na 4 5 1\na 4 6 2\n"
            + "a 5 6 7\na 1 6 1.5\n";
    FlowNetwork network = NetworkFormats.readDimacs("g", new StringReader(graph)).network();
    Flow flow = solve(network, 1e-6);
    assertEquals(SolveStatus.CERTIFIED, flow.status(), flow.detail());
    // 1 -> 2 carries 5, 1 -> 3 carries 3 of 6 through 3 -> 5: 8 in all, and 1.5 straight.
    assertEquals(9.5, flow.value(), flow.certificate().gapBound());
    assertEquals(9.5, flow.certificate().cut().capacity(), 1e-12);
    Flow trivial =
        solve(
            NetworkFormats.readDimacs("g", new StringReader("p max 2 1\nn 1 s\nn 2 t\na 1 2 3"))
                .network(),
            1e-6);
    assertEquals(SolveStatus.CERTIFIED, trivial.status(), trivial.detail());
    assertEquals(3, trivial.value(), trivial.certificate().gapBound());
    assertTrue(trivial.value() < 3);
  }
}
