package org.attentionflow.formats.explanation;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.flow.Certificate;
import org.attentionflow.flow.Flow;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;
import org.attentionflow.tensor.Rounding;

/** What is known of a flow, in words and numbers for readers. */
final class Diagnostics {
  /** One fact: its name, its value and how to read it. */
  record Row(String name, String value, String meaning) {}

  /** From this share on a cut is said to lie in one layer. */
  private static final double MOST = 0.99;

  private Diagnostics() {}

  /** What the status of a flow means for its scores. */
  static String meaning(Flow flow) {
    return switch (flow.status()) {
      case CERTIFIED ->
          "conservation, bounds and a cut were recomputed from the flow and meet every tolerance.";
      case NO_PATH -> flow.detail();
      case ITERATION_LIMIT, NUMERICAL_TROUBLE ->
          flow.detail() + " The flow could not be certified, so no scores are shown.";
    };
  }

  /** Every diagnostic, in a fixed order. */
  static List<Row> rows(Flow flow) {
    Certificate certificate = flow.certificate();
    List<Row> rows = new ArrayList<>();
    add(rows, "flow value", flow.value(), "the sum of the scores, times the scale if there is one");
    add(rows, "cut capacity", certificate.cut().capacity(), "no flow can be larger");
    String block = ExplanationJson.cutBlock(flow);
    if (block != null) {
      String share = Results.percent(certificate.cut().mainShare());
      rows.add(new Row("cut lies in", block + " (" + share + " %)", cutMeaning(flow)));
    }
    add(
        rows,
        "barrier parameter μ, relative",
        flow.relativeBarrierParameter(),
        "relative to the largest capacity");
    add(
        rows,
        "barrier parameter μ, absolute",
        flow.barrierParameter(),
        "in the unit of capacities");
    add(
        rows,
        "gap bound",
        certificate.gapBound(),
        "the maximum flow is larger than the value by no more (2mμ with m arcs for the barrier)");
    addCertificate(rows, flow);
    rows.add(
        new Row("iterations", Integer.toString(flow.iterations()), "Newton steps, or the like"));
    rows.add(
        new Row(
            "solver",
            flow.solver(),
            flow.isUnique() ? "its arc flows are unique" : "its arc flows are one of many"));
    double scale = flow.network().full().scale();
    if (scale != 1) {
      add(rows, "capacity scale γ", scale, "capacities and value are multiplied by it");
    }
    addRounding(rows, flow.network().full());
    return rows;
  }

  private static void addRounding(List<Row> rows, FlowNetwork network) {
    Rounding rounding = network.rounding();
    if (network.precision() == Precision.FLOAT) {
      add(
          rows,
          "rounding of the capacities",
          rounding.relative(),
          "they are kept in 32 bits: the maximum flow changes by at most this part of itself");
    }
    if (rounding.absolute() > 0) {
      add(
          rows,
          "lost below 2⁻¹²⁶",
          rounding.absolute(),
          "and by at most this for capacities too small for 32 bits");
    }
  }

  private static void addCertificate(List<Row> rows, Flow flow) {
    Certificate certificate = flow.certificate();
    add(
        rows,
        "conservation residual",
        certificate.conservationResidual(),
        "largest |inflow − outflow| of a node, relative to the largest capacity");
    add(
        rows,
        "smallest slack",
        certificate.smallestSlack(),
        "smallest distance of an arc's flow to its bounds, relative to its capacity");
    if (flow.isUnique()) {
      add(
          rows,
          "stationarity",
          certificate.stationarity(),
          "largest error of an arc's flow, relative to its distance to its bounds");
    }
  }

  private static void add(List<Row> rows, String name, double value, String meaning) {
    rows.add(new Row(name, Results.brief(value), meaning));
  }

  private static String cutMeaning(Flow flow) {
    if (flow.certificate().cut().mainShare() < MOST) {
      return "the bottleneck is spread over several layers";
    }
    FlowNetwork network = flow.network().full();
    ArcBlock block = network.blocks().get(flow.certificate().cut().mainBlock());
    List<Integer> order = network.groupOrder();
    int depth = Math.min(order.indexOf(block.tail()), order.indexOf(block.head()));
    boolean backward = network.blocks().get(network.tokenBlocks().get(0)).head() == network.sink();
    boolean atTokens = backward ? depth == order.size() - 3 : depth == 1;
    if (network.isTerminal(block)) {
      return "the terminal arcs bind; the flow says little of the layers";
    }
    return atTokens
        ? "the first attention layer: the scores tend to its column sums, and depth counts little"
        : "this layer limits the flow; how it spreads over the others the barrier decides";
  }
}
