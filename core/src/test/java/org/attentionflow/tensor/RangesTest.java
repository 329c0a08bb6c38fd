package org.attentionflow.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
  private static void in(int threads, Runnable work) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      pool.invoke(ForkJoinTask.adapt(work));
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 4, 2", "1, 4, 2", "7, 4, 2", "8, 4, 2", "1000, 1, 3", "1000, 64, 3", "5, 9, 8"})
  void coversEveryElementOnceInRangesOfWholeGrains(int size, int grain, int threads) {
    AtomicIntegerArray visits = new AtomicIntegerArray(size + 1);
    in(
        threads,
        () ->
            Ranges.split(
                size,
                grain,
                (from, to) -> {
                  assertEquals(0, from % grain);
                  for (int i = from; i < to; i++) {
                    visits.incrementAndGet(i);
                  }
                }));
    int[] expected = new int[size + 1];
    Arrays.fill(expected, 0, size, 1);
    int[] seen = new int[size + 1];
    Arrays.setAll(seen, visits::get);
    assertArrayEquals(expected, seen);
  }

  @Test
  void splitsIntoAsManyRangesAsThePoolHasThreads() {
    Set<Integer> starts = new HashSet<>();
    in(
        3,
        () ->
            Ranges.split(
                30,
                4,
                (from, to) -> {
                  synchronized (starts) {
                    starts.add(from);
                  }
                }));
    assertEquals(Set.of(0, 8, 20), starts);
  }

  @Test
  void leavesEverythingToTheCallerOutsideOfPools() {
    Thread caller = Thread.currentThread();
    Ranges.split(
        100,
        1,
        (from, to) -> {
          assertSame(caller, Thread.currentThread());
          assertEquals(0, from);
          assertEquals(100, to);
        });
  }

  @Test
  void passesOnWhatAnyRangeThrows() {
    assertThrows(
        IllegalStateException.class,
        () ->
            in(
                2,
                () ->
                    Ranges.split(
                        10,
                        1,
                        (from, to) -> {
                          if (from > 0) {
                            throw new IllegalStateException("no");
                          }
                        })));
  }
}
