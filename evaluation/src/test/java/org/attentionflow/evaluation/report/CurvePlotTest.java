package org.attentionflow.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurvePlotTest {
  private static final double[] X = {0.1, 0.2, 0.5};

  private static SummaryCurve curve(String row, String metric, String name, double... y) {
    return new SummaryCurve(row, "mask", metric, name, X, y);
  }

  private static CurveAxes axes(String metric, String name) {
    return CurveAxes.of(metric, name, "words").orElseThrow();
  }

  @Test
  void namesBothAxesWithTheirUnits() {
    String svg =
        CurvePlot.of(
            List.of(curve("agf", "aopc@1", "drop", 0.1, 0.2, 0.6)),
            "title",
            axes("aopc@1", "drop"));
    assertTrue(svg.contains(">share of words removed, mean over examples</text>"), svg);
    assertTrue(svg.contains(">drop of p(y), highest scores removed first</text>"), svg);
    assertTrue(svg.contains(">20 %</text>") && svg.contains(">0.6</text>"), svg);
    assertEquals(3, svg.split("<circle ", -1).length - 1);
  }

  @Test
  void saysWhatIsKeptAndWhatIsPutBack() {
    assertEquals("share of words kept, mean over examples", axes("sufficiency@1", "drop").x());
    assertTrue(axes("insertion@1", "probability").x().contains("put back"));
    assertTrue(axes("aopc-lerf@1", "drop").y().contains("lowest scores"));
    assertEquals("recall", axes("auprc@1", "precision").x());
  }

  @Test
  void leavesOutCurvesOverPositions() {
    assertTrue(CurveAxes.of("tau-loo@1", "drop", "tokens").isEmpty());
    assertTrue(CurveAxes.of("naopc@1", "upper-order", "tokens").isEmpty());
  }

  @Test
  void drawsNothingOfNothing() {
    List<SummaryCurve> flat = List.of(curve("agf", "aopc@1", "drop", 0, 0, 0));
    assertEquals("", CurvePlot.of(flat, "title", axes("aopc@1", "drop")));
  }

  @Test
  void makesRoomForManyRows() {
    List<SummaryCurve> many =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> curve("row" + i, "aopc@1", "drop", 0.1, 0.2, i))
            .toList();
    String svg = CurvePlot.of(many, "title", axes("aopc@1", "drop"));
    double lowest =
        java.util.regex.Pattern.compile("<text x=\"594.0\" y=\"([0-9.]+)\"")
            .matcher(svg)
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .max()
            .orElseThrow();
    double height =
        Double.parseDouble(svg.replaceFirst("(?s).*?viewBox=\"0 0 760 ([0-9]+)\".*", "$1"));
    assertTrue(lowest < height, lowest + " of " + height);
  }

  @Test
  void curvesOfTheSameNumbersShareAPlot() {
    List<CurveGroup> groups =
        CurveGroup.of(
            List.of(
                curve("agf", "aopc@1", "drop", 0.1, 0.2, 0.6),
                curve("agf", "aopc@1", "probability", 0.9, 0.8, 0.4),
                curve("agf", "lodds@1", "probability", 0.9, 0.8, 0.4),
                curve("agf", "aopc-lerf@1", "probability", 0.9, 0.8, 0.5)));
    assertEquals(
        List.of(
            "aopc@1: drop, operator mask",
            "aopc@1, lodds@1: probability, operator mask",
            "aopc-lerf@1: probability, operator mask"),
        groups.stream().map(CurveGroup::title).toList());
  }
}
