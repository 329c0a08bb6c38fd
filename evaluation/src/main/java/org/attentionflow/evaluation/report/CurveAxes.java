package org.attentionflow.evaluation.report;

import java.util.Optional;

/**
 * What the axes of a mean curve show.
 *
 * @param x the title of the horizontal axis
 * @param y the title of the vertical axis
 * @param inPercent whether x is a share, written in percent
 */
record CurveAxes(String x, String y, boolean inPercent) {
  /**
   * The axes of a curve; empty for curves over positions in the text, whose mean over examples says
   * nothing.
   *
   * @param metric the id of the metric
   * @param curve the name of the curve
   * @param features what is removed: tokens or words
   */
  static Optional<CurveAxes> of(String metric, String curve, String features) {
    String name = metric.replaceFirst("@.*", "");
    String changed =
        switch (name) {
          case "sufficiency" -> "only the highest scores kept";
          case "insertion" -> "highest scores put back first";
          case "aopc-lerf" -> "lowest scores removed first";
          default -> "highest scores removed first";
        };
    String share =
        "share of "
            + features
            + (name.equals("sufficiency")
                ? " kept"
                : name.equals("insertion") ? " put back" : " removed")
            + ", mean over examples";
    return switch (curve) {
      case "probability" -> removal(share, "p(y), " + changed);
      case "drop" ->
          name.equals("tau-loo") ? Optional.empty() : removal(share, "drop of p(y), " + changed);
      case "log-ratio" -> removal(share, "ln of p(y) after / before, " + changed);
      case "log-odds-change" -> removal(share, "change of the log-odds of y, " + changed);
      case "precision" -> Optional.of(new CurveAxes("recall", "precision", false));
      case "correlation" ->
          Optional.of(
              new CurveAxes(
                  "parts of the model with random weights, from the top",
                  "Spearman correlation with the scores",
                  false));
      default -> Optional.empty();
    };
  }

  private static Optional<CurveAxes> removal(String x, String y) {
    return Optional.of(new CurveAxes(x, y, true));
  }
}
