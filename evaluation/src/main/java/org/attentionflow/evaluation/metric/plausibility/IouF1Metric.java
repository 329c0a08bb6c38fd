package org.attentionflow.evaluation.metric.plausibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;

/** How many spans of the highest scores match spans that people marked. */
public final class IouF1Metric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("iou-f1", Family.PLAUSIBILITY, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .comparable()
          .needing(Need.RATIONALE)
          .texts(
              "F1 of spans: runs of highest scores that overlap a marked run by half of their"
                  + " union.",
              "m = predicted runs with intersection over union >= 0.5 with a marked run; P = m /"
                  + " predicted runs, R = m / marked runs, 2PR/(P + R)",
              "DeYoung et al., ERASER, ACL 2020");

  /** A run of neighbouring features, [start, end). */
  private record Run(int start, int end) {
    double overlap(Run other) {
      int both = Math.min(end, other.end) - Math.max(start, other.start);
      int union = Math.max(end, other.end) - Math.min(start, other.start);
      return both <= 0 ? 0 : (double) both / union;
    }
  }

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.RATIONALE_SHARE, MetricSetting.OVERLAP);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Rationales.problem(input, false).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    List<Run> predicted = runs(PredictedRationale.of(input));
    List<Run> human = runs(input.requireRationale());
    double least = input.settings().overlap();
    long matched =
        predicted.stream()
            .filter(run -> human.stream().anyMatch(marked -> run.overlap(marked) >= least))
            .count();
    double precision = (double) matched / predicted.size();
    // Below an overlap of one half two predicted runs could match one marked run.
    double recall = Math.min(1, (double) matched / human.size());
    return MetricResult.of(Rationales.f1(precision, recall))
        .with("precision", precision)
        .with("recall", recall);
  }

  private static List<Run> runs(boolean[] marks) {
    List<Run> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= marks.length; i++) {
      boolean marked = i < marks.length && marks[i];
      if (marked && start < 0) {
        start = i;
      } else if (!marked && start >= 0) {
        runs.add(new Run(start, i));
        start = -1;
      }
    }
    return runs;
  }
}
