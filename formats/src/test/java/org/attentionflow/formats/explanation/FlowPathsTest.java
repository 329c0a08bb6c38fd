package org.attentionflow.formats.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.formats.Samples;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FlowPathsTest {
  private static Flow flow(int tokens, int layers) {
    return Samples.flow(Samples.network(tokens, layers, false), FlowSolution.Outcome.CONVERGED);
  }

  /** Paths and rest add up to the value, and no arc carries more in paths than it has flow. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 200})
  void totalsAddUp(int limit) {
    Flow flow = flow(9, 4);
    FlowPaths result = FlowPaths.of(flow, limit).orElseThrow();
    assertEquals(limit, result.paths().size());
    double sum = result.rest();
    double[] perToken = new double[9];
    double last = Double.POSITIVE_INFINITY;
    for (FlowPaths.Path path : result.paths()) {
      assertTrue(path.amount() > 0 && path.amount() <= last, "widest first");
      last = path.amount();
      sum += path.amount();
      perToken[path.inputToken()] += path.amount();
    }
    // Rounding: one addition per path.
    assertEquals(flow.value(), sum, 1e-15 * (limit + 1) * flow.value());
    for (int token = 0; token < 9; token++) {
      assertTrue(perToken[token] <= flow.tokenOutflow()[token] * (1 + 1e-12));
    }
    for (int level = 0; level <= 4; level++) {
      double through = 0;
      for (double amount : result.through(level)) {
        through += amount;
      }
      assertEquals(flow.value(), through, 1e-12 * flow.value(), "level " + level);
    }
  }

  @Test
  void withoutALimitNothingIsLeft() {
    Flow flow = flow(5, 3);
    FlowPaths result = FlowPaths.of(flow, Integer.MAX_VALUE).orElseThrow();
    assertTrue(result.paths().size() <= 3 * 25, "at most as many paths as arcs");
    assertTrue(result.rest() <= 1e-12 * flow.value(), "rest " + result.rest());
    double[] perToken = new double[5];
    result.paths().forEach(path -> perToken[path.inputToken()] += path.amount());
    for (int token = 0; token < 5; token++) {
      assertEquals(flow.tokenOutflow()[token], perToken[token], 1e-12 * flow.value());
    }
  }

  @Test
  void bothOrientationsReadFromTheTopToTheInput() {
    // Only token 1 of the top layer attends, to token 0.
    Matrix layer = Matrix.of(2, 2, new double[] {0, 0, 0.5, 0});
    Matrix first = Matrix.of(2, 2, new double[] {0, 0.25, 0, 0});
    FlowNetwork network =
        new ForwardNetworkBuilder()
            .build(InformationTensor.of(List.of(first, layer)), NetworkSettings.defaults());
    Flow flow = Samples.flow(network, FlowSolution.Outcome.CONVERGED);
    FlowPaths result = FlowPaths.of(flow, 10).orElseThrow();
    assertEquals(1, result.paths().size());
    assertEquals(List.of(1, 0, 1), result.paths().get(0).tokens());
    assertEquals(0.9 * 0.25, result.paths().get(0).amount(), 1e-15);
    assertEquals("layer 2", network.groups().get(result.groups().get(0)).name());
    assertEquals("input", network.groups().get(result.groups().get(2)).name());
  }

  @Test
  void aNetworkThatBranchesHasNoPaths() {
    FlowNetwork stack = Samples.network(3, 2, false);
    List<ArcBlock> blocks = new ArrayList<>(stack.blocks());
    blocks.add(ArcBlock.diagonal(2, 0, new double[] {1, 1, 1}));
    FlowNetwork network =
        FlowNetwork.of(stack.groups(), blocks, stack.source(), stack.sink(), stack.tokenBlocks());
    Flow flow = Samples.flow(network, FlowSolution.Outcome.CONVERGED);
    assertTrue(FlowPaths.of(flow, 10).isEmpty());
  }

  /** From each group leads one block, and round the last two there is no end. */
  @Test
  @Timeout(60)
  void aNetworkWhoseGroupsGoRoundHasNoPaths() {
    FlowNetwork network =
        FlowNetwork.of(
            List.of(
                new NodeGroup("super-sink", 1),
                new NodeGroup("a", 1),
                new NodeGroup("b", 1),
                new NodeGroup("super-source", 1)),
            List.of(
                ArcBlock.uniform(3, 1, 1, 1, 1),
                ArcBlock.uniform(1, 2, 1, 1, 1),
                ArcBlock.uniform(2, 1, 1, 1, 1)),
            3,
            0,
            List.of(0));
    Flow flow = Samples.flow(network, FlowSolution.Outcome.CONVERGED);
    assertEquals(SolveStatus.NO_PATH, flow.status());
    assertTrue(FlowPaths.of(flow, 10).isEmpty());
  }

  @Test
  void thePictureIsWellFormedAndHasABarPerNodeAndOneCut() throws Exception {
    Document page =
        Render.xml(Render.of("flow.svg", List.of(Samples.result(0, Samples.certified()))));
    int tokens = Samples.certified().tokens().size();
    assertEquals(5 * tokens, count(page, "rect", "node"));
    assertEquals(1, count(page, "line", "cut"));
    assertEquals(tokens, count(page, "g", "paths"));
    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("The 200 widest paths carry"), text);
  }

  /** One token of the top layer alone: its bar is as wide as all others together. */
  @Test
  void barsDoNotOverlap() throws Exception {
    for (Explanation explanation : List.of(Samples.certified(), Samples.classifier())) {
      Document page = Render.xml(Render.of("flow.svg", List.of(Samples.result(0, explanation))));
      NodeList nodes = page.getElementsByTagName("rect");
      double lastY = -1;
      double end = 0;
      for (int i = 0; i < nodes.getLength(); i++) {
        Element bar = (Element) nodes.item(i);
        if (bar.getAttribute("class").equals("node")) {
          double x = Double.parseDouble(bar.getAttribute("x"));
          double y = Double.parseDouble(bar.getAttribute("y"));
          double width = Double.parseDouble(bar.getAttribute("width"));
          assertTrue(y > lastY || width == 0 || x >= end, x + " < " + end + " at " + y);
          end = width == 0 && y == lastY ? end : x + width;
          lastY = y;
        }
      }
    }
  }

  private static int count(Document page, String name, String type) {
    NodeList nodes = page.getElementsByTagName(name);
    int count = 0;
    for (int i = 0; i < nodes.getLength(); i++) {
      count += ((Element) nodes.item(i)).getAttribute("class").equals(type) ? 1 : 0;
    }
    return count;
  }
}
