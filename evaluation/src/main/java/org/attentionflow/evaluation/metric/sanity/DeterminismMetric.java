package org.attentionflow.evaluation.metric.sanity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Reattribution;
import org.attentionflow.evaluation.metric.Scores;

/** Whether scoring the same example again gives the same bits, alone and on two threads at once. */
public final class DeterminismMetric implements Metric {
  private static final int REPEATS = 2;

  private static final MetricCard CARD =
      MetricCard.of("determinism", Family.SANITY, Direction.LOWER_IS_BETTER)
          .range(0, Double.POSITIVE_INFINITY)
          .comparable()
          .needing(Need.REATTRIBUTION)
          .texts(
              "Largest difference between scores of the same example, scored again alone and on two"
                  + " threads at once; 0 is the same bits.",
              "max over repeats and features of |phi again - phi|",
              "");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of();
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    Reattribution again = input.requireReattribution();
    double largest = difference(again.scores(input.target()), input.scores());
    ExecutorService threads = Executors.newFixedThreadPool(REPEATS);
    try {
      List<Future<double[]>> together = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        together.add(threads.submit(() -> again.scores(input.target())));
      }
      for (Future<double[]> scores : together) {
        largest = Math.max(largest, difference(scores.get(), input.scores()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while scoring " + input.id() + ".", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Scoring " + input.id() + " again failed.", e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return MetricResult.of(largest);
  }

  private static double difference(double[] left, double[] right) {
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      boolean same = Double.doubleToLongBits(left[i]) == Double.doubleToLongBits(right[i]);
      largest = Math.max(largest, same ? 0 : Math.abs(left[i] - right[i]));
    }
    return largest;
  }
}
