package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.attentionflow.AttentionFlow;
import org.attentionflow.barrier.BarrierFlowSolver;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-ins of the guides are found by their names and do what they are there for. */
class ChoosePluginTest {
  @TempDir static Path model;

  @Test
  void findsThemByName() throws IOException {
    BuiltInModel.copyTo(model);
    // snippet: choose-aggregator
    Settings settings = Settings.defaults().with("method", "absolute-gradient");
    // end
    Explanation explanation = explain(settings);
    assertEquals("absolute-gradient", explanation.attribution().method());

    // snippet: choose-solver
    Settings plain = Settings.defaults().with("solver.name", "shortest-paths");
    // end
    Flow maximum = explain(plain).attribution().flowResult().orElseThrow();
    Flow barrier = explain(Settings.defaults()).attribution().flowResult().orElseThrow();
    assertEquals("shortest-paths", maximum.solver());
    assertFalse(maximum.isUnique());
    // The barrier's value lies below the maximum flow, by its gap bound at most.
    double below = maximum.value() - barrier.value();
    double rounding = 1e-9 * maximum.value();
    assertTrue(below > -rounding && below <= barrier.certificate().gapBound() + rounding);
  }

  /** The numbers that write-a-solver.md quotes. */
  @Test
  void plainMaximumFlowsAreNotUnique() {
    String example = Documents.block("formats.md", "example", "network").content();
    FlowNetwork network = NetworkFile.read("example", new StringReader(example)).network();
    Flow plain = compute(new ShortestPathFlowSolver(), network);
    assertEquals(1.5, plain.value(), 1e-12);
    assertArrayEquals(new double[] {0.25, 1.25}, plain.tokenOutflow(), 1e-12);
    Flow barrier = compute(new BarrierFlowSolver(), network);
    assertEquals(1.497, barrier.value(), 5e-4);
    assertArrayEquals(new double[] {0.513, 0.984}, barrier.tokenOutflow(), 5e-4);
  }

  private static Flow compute(FlowSolver solver, FlowNetwork network) {
    BarrierParameter barrier = BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE);
    return new FlowComputation(solver, barrier, SolverSettings.defaults()).compute(network);
  }

  private static Explanation explain(Settings settings) {
    try (Explainer explainer = AttentionFlow.load(model, settings)) {
      Explanation explanation = explainer.explain("this film is not dull");
      assertTrue(explanation.isReliable());
      return explanation;
    }
  }
}
