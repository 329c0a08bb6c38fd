package org.attentionflow.evaluation.metric.sanity;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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

/**
 * Whether scoring the same example again gives the same bits: with a model that is asked about at
 * most 1, 7 and 32 inputs at a time, on one thread and on two at once.
 */
public final class DeterminismMetric implements Metric {
  private static final int MOST_THREADS = 2;

  /** The most inputs in a call. */
  private static final int[] BATCHES = {1, 7, 32};

  private static final MetricCard CARD =
      new MetricCard(
          "determinism",
          List.of(),
          2,
          Family.SANITY,
          Direction.LOWER_IS_BETTER,
          0,
          Double.POSITIVE_INFINITY,
          true,
          Set.of(Need.REATTRIBUTION),
          "Largest difference between scores of the same example, scored again with at most 1, 7"
              + " and 32 inputs in a call of the model, on one thread and on two at once; 0 is the"
              + " same bits.",
          "max over batches, threads and features of |phi again - phi|",
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
    double largest = 0;
    ExecutorService threads = Executors.newFixedThreadPool(MOST_THREADS);
    try {
      for (int batch : BATCHES) {
        for (int count = 1; count <= MOST_THREADS; count++) {
          Callable<double[]> task = () -> again.batched(batch).scores(input.target());
          for (Future<double[]> scores : threads.invokeAll(Collections.nCopies(count, task))) {
            largest = Math.max(largest, difference(scores.get(), input.scores()));
          }
        }
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
