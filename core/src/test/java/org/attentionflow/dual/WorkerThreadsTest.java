package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
  @Test
  void everyPartIsDoneOnceInEveryRound() {
    try (WorkerThreads workers = new WorkerThreads(3)) {
      for (int round = 0; round < 200; round++) {
        AtomicIntegerArray done = new AtomicIntegerArray(round % 18);
        workers.run(
            done.length(),
            (worker, part) -> {
              assertTrue(worker >= 0 && worker < workers.count());
              done.incrementAndGet(part);
            });
        for (int part = 0; part < done.length(); part++) {
          assertEquals(1, done.get(part));
        }
      }
    }
  }

  @Test
  void everyThreadBeginsWithItsOwnShare() {
    int threads = 3;
    try (WorkerThreads workers = new WorkerThreads(threads)) {
      for (int round = 0; round < 200; round++) {
        CyclicBarrier allHaveBegun = new CyclicBarrier(threads);
        int[] workerOf = new int[2 * threads];
        workers.run(
            workerOf.length,
            (worker, part) -> {
              workerOf[part] = worker;
              if (part % 2 == 0) { // the first of a share: held until each thread has one
                await(allHaveBegun);
              }
            });
        for (int share = 0; share < threads; share++) {
          assertEquals(share, workerOf[2 * share]);
        }
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theFailureOfAPartReachesTheCallerAndTheThreadsGoOn() {
    try (WorkerThreads workers = new WorkerThreads(2)) {
      assertThrows(
          ArithmeticException.class,
          () ->
              workers.run(
                  8,
                  (worker, part) -> {
                    if (part == 5) {
                      throw new ArithmeticException("part 5");
                    }
                  }));
      int[] sum = new int[8];
      workers.run(8, (worker, part) -> sum[part] = part);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, sum);
    }
  }

  @Test
  void chunksCoverEveryRowOnce() {
    int[] rows = {1, 700, 3, 0, 64};
    int[] width = {9, 700, 1, 5, 64};
    RowChunks chunks = new RowChunks(rows, width);
    int[] next = new int[rows.length];
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      assertEquals(next[chunks.block(chunk)], chunks.from(chunk));
      assertTrue(chunks.to(chunk) > chunks.from(chunk));
      next[chunks.block(chunk)] = chunks.to(chunk);
    }
    assertArrayEquals(rows, next);
    assertEquals(2, chunks.threads(2));
    assertEquals(1, new RowChunks(new int[] {10}, new int[] {10}).threads(2));
  }

  @Test
  void imbalancesHaveTheSameBitsForAnyNumberOfThreads() {
    InformationTensor information =
        SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 3, 300, 1, 7);
    FlowNetwork network =
        new BackwardNetworkBuilder().build(information, NetworkSettings.defaults());
    ArcRows arcs = new ArcRows(network, 1 / network.largestCapacity());
    SplittableRandom random = new SplittableRandom(3);
    double[][] potential = arcs.zeros();
    for (double[] group : potential) {
      for (int i = 0; i < group.length; i++) {
        group[i] = random.nextDouble();
      }
    }
    double[][] once = new DualEvaluation(arcs).imbalanceAt(potential, 1e-3);
    for (int threads = 2; threads <= 3; threads++) {
      try (WorkerThreads workers = new WorkerThreads(threads)) {
        double[][] shared =
            new DualEvaluation(arcs, workers, new PlainArcKernel()).imbalanceAt(potential, 1e-3);
        for (int group = 0; group < shared.length; group++) {
          assertArrayEquals(once[group], shared[group], 0);
        }
      }
    }
  }
}
