package org.attentionflow.baselines.perturbation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.baselines.Captures;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** Methods that remove tokens, on games whose answers are known. Values are floats: 1e-6. */
class PerturbationTest {
  private static final double FLOAT = 2e-6;

  private static final double[] WEIGHTS = {0.5, -1, 2, 0, 0.25, -0.75};

  /** Words add their weights. */
  private static double additive(Set<Integer> present) {
    return 3 + present.stream().mapToDouble(i -> WEIGHTS[i]).sum();
  }

  /** Words 0 and 1 count only together, word 2 turns the sign of word 3, word 5 does nothing. */
  private static double interacting(Set<Integer> present) {
    double value = present.contains(0) && present.contains(1) ? 2 : 0;
    double third = present.contains(3) ? 1 : 0;
    value += present.contains(2) ? -third : third;
    return value + (present.contains(4) ? 0.5 * present.size() / 6 : 0);
  }

  @Test
  void leaveOneOutOfASumIsTheSummand() {
    GameSession game = new GameSession(PerturbationTest::additive);
    for (String removal : List.of("mask", "delete")) {
      double[] scores = game.attribute(new LeaveOneOut(), 6, Map.of("removal", removal)).scores();
      assertArrayEquals(WEIGHTS, scores, FLOAT);
      assertEquals(6, game.asked(), "one pass per token");
    }
  }

  @Test
  void kernelShapIsExactWithAllCoalitions() {
    GameSession game = new GameSession(PerturbationTest::interacting);
    Attribution attribution = game.attribute(new KernelShap(), 6, Map.of());
    assertArrayEquals(shapley(PerturbationTest::interacting, 6), attribution.scores(), FLOAT);
    assertEquals((1 << 6) - 1, game.asked(), "every coalition but the whole text, once");
    double gap =
        Objects.requireNonNull(attribution.diagnostics().get(Attribution.COMPLETENESS_GAP));
    assertEquals(0, gap, 1e-12);
  }

  @Test
  void kernelShapIsExactUpToTenTokensByDefault() {
    ToDoubleFunction<Set<Integer>> game =
        present -> present.stream().mapToInt(i -> i * i).sum() % 7 + present.size() / 4.0;
    double[] scores = new GameSession(game).attribute(new KernelShap(), 10, Map.of()).scores();
    assertArrayEquals(shapley(game, 10), scores, 1e-5);
  }

  @Test
  void sampledKernelShapFindsASumExactlyAndOthersNearly() {
    Map<String, String> few = Map.of("samples", "40");
    GameSession sum = new GameSession(PerturbationTest::additive);
    assertArrayEquals(WEIGHTS, sum.attribute(new KernelShap(), 6, few).scores(), FLOAT);
    assertTrue(sum.asked() <= 41, "at most the budget and the empty coalition");

    // Twelve words, of which the last six do nothing; 4094 coalitions exist.
    ToDoubleFunction<Set<Integer>> wide =
        present -> {
          Set<Integer> first = new TreeSet<>(present);
          first.removeIf(i -> i > 5);
          return interacting(first);
        };
    double[] exact = Arrays.copyOf(shapley(PerturbationTest::interacting, 6), 12);
    Map<String, String> many = Map.of("samples", "3000", "seed", "5");
    double[] sampled = new GameSession(wide).attribute(new KernelShap(), 12, many).scores();
    // 1500 independent pairs of values up to 2: standard errors of about 0.03.
    assertArrayEquals(exact, sampled, 0.15);
    assertFalse(Arrays.equals(exact, sampled), "sampled, not enumerated");
  }

  @Test
  void kernelShapSaysWhenSamplesAreTooFew() {
    GameSession game = new GameSession(present -> present.size());
    String message =
        assertThrows(
                UnusableInputException.class,
                () -> game.attribute(new KernelShap(), 20, Map.of("samples", "37")))
            .getMessage();
    assertTrue(String.valueOf(message).contains("38 are the fewest"), message);
    assertTrue(String.valueOf(message).contains("method.samples"), message);
    assertEquals(0, game.asked(), "refused before the model is asked");
  }

  @Test
  void limeWithoutRidgeFindsASum() {
    GameSession game = new GameSession(PerturbationTest::additive);
    double[] scores = game.attribute(new Lime(), 6, Map.of("samples", "50", "ridge", "0")).scores();
    assertArrayEquals(WEIGHTS, scores, 1e-5);
    assertTrue(game.asked() < 50, "inputs drawn twice are asked once");
  }

  /** A ridge draws every score towards 0, the more the heavier it is. */
  @Test
  void limesRidgeShrinksTheScores() {
    double last = Double.POSITIVE_INFINITY;
    for (String ridge : List.of("0", "1", "100", "1e9")) {
      GameSession game = new GameSession(PerturbationTest::additive);
      double[] scores =
          game.attribute(new Lime(), 6, Map.of("samples", "50", "ridge", ridge)).scores();
      double size = Arrays.stream(scores).map(score -> score * score).sum();
      assertTrue(size < last, ridge);
      last = size;
    }
    assertEquals(0, last, 1e-12);
  }

  @Test
  void seedsDecideSamples() {
    GameSession game = new GameSession(PerturbationTest::interacting);
    Map<String, String> one = Map.of("samples", "20", "seed", "1");
    Map<String, String> two = Map.of("samples", "20", "seed", "2");
    double[] scores = game.attribute(new Lime(), 6, one).scores();
    assertArrayEquals(scores, game.attribute(new Lime(), 6, one).scores(), 0);
    assertFalse(Arrays.equals(scores, game.attribute(new Lime(), 6, two).scores()));
  }

  @Test
  void randomScoresBelongToTextAndSeed() {
    double[] five = Captures.scores(new RandomScores(), Captures.random(1, 1, 5, 1));
    assertArrayEquals(five, Captures.scores(new RandomScores(), Captures.random(2, 2, 5, 9)), 0);
    double[] other = Captures.scores(new RandomScores(), Captures.random(1, 1, 5, 1), "seed", "1");
    assertTrue(five[1] != other[1] && five[1] != five[2]);
    double[] six = Captures.scores(new RandomScores(), Captures.random(1, 1, 6, 1));
    assertTrue(five[1] != six[1], "another text");
    assertEquals(0, five[0], "[CLS]");
  }

  @Test
  void removalsKeepOrDropPositions() {
    TokenSequence tokens = GameSession.words(3);
    GameSession game = new GameSession(PerturbationTest::additive);
    boolean[] second = {false, false, true, false, false};
    assertArrayEquals(
        new int[] {1, 10, 3, 12, 2}, Removal.MASK.apply(tokens, second, game.model()).ids());
    assertArrayEquals(
        new int[] {1, 10, 12, 2}, Removal.DELETE.apply(tokens, second, game.model()).ids());
    assertThrows(
        UnusableInputException.class, () -> Removal.UNK.apply(tokens, second, game.model()));
  }

  /** Σ over S without i of |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)). */
  private static double[] shapley(ToDoubleFunction<Set<Integer>> game, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      for (int set = 0; set < 1 << n; set++) {
        if ((set >> i & 1) == 0) {
          int size = Integer.bitCount(set);
          double weight = factorial(size) * factorial(n - size - 1) / factorial(n);
          values[i] +=
              weight
                  * (game.applyAsDouble(members(set | 1 << i)) - game.applyAsDouble(members(set)));
        }
      }
    }
    return values;
  }

  private static Set<Integer> members(int set) {
    Set<Integer> members = new TreeSet<>();
    for (int i = 0; set >> i > 0; i++) {
      if ((set >> i & 1) == 1) {
        members.add(i);
      }
    }
    return members;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
