package org.attentionflow.evaluation.perturbation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.evaluation.TinyModel;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removal operators and value functions on a real model. */
class RemovalTest {
  private static final String TEXT = "although this dog is not cute, it is very smart.";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ModelSession session;

  @BeforeAll
  static void open() {
    session = TinyModel.open(folder, EngineSettings.defaults());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static BitSet set(int... members) {
    BitSet set = new BitSet();
    for (int member : members) {
      set.set(member);
    }
    return set;
  }

  private static PerturbedInput remove(String operator, TokenSequence tokens, BitSet positions) {
    return Removals.load().get(operator).remove(tokens, positions, session.model());
  }

  private static ValueFunction values(String operator) {
    TokenSequence tokens = session.tokenize(TEXT);
    return new ModelValueFunction(
        session, tokens, Features.tokens(tokens), Removals.load().get(operator));
  }

  @Test
  void featuresAreTokensThatAreNotSpecial() {
    TokenSequence tokens = session.tokenize(TEXT);
    Features features = Features.tokens(tokens);
    assertEquals(tokens.size() - 2, features.size());
    assertEquals(set(1, 3), features.tokensOf(set(0, 2)));
    double[] scores = new double[tokens.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i;
    }
    assertEquals(3, features.scores(scores)[2], 0);
  }

  /** A word of several pieces is one feature, and its score is their sum. */
  @Test
  void featuresCanBeWords() {
    TokenSequence tokens = session.tokenize("unbelievably smart");
    Features words = Features.words(tokens);
    assertEquals(2, words.size());
    int pieces = words.positions().get(0).cardinality();
    assertEquals(tokens.size() - 2, pieces + words.positions().get(1).cardinality());
    double[] ones = new double[tokens.size()];
    Arrays.fill(ones, 1);
    assertEquals(pieces, words.scores(ones)[0], 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mask", "pad", "unk"})
  void substitutesOneToken(String operator) {
    TokenSequence tokens = session.tokenize(TEXT);
    int[] expected = tokens.ids();
    expected[3] = session.model().specialToken(operator).orElseThrow();
    expected[5] = expected[3];
    PerturbedInput input = remove(operator, tokens, set(3, 5));
    assertArrayEquals(expected, input.tokens().ids());
    assertTrue(input.unattended().isEmpty());
    assertArrayEquals(tokens.ids(), session.tokenize(TEXT).ids(), "the input stays");
  }

  @Test
  void deletesIds() {
    TokenSequence tokens = session.tokenize(TEXT);
    List<Integer> expected = new ArrayList<>();
    for (Token token : tokens.tokens()) {
      if (token.index() != 3 && token.index() != 5) {
        expected.add(token.id());
      }
    }
    TokenSequence left = remove("delete", tokens, set(3, 5)).tokens();
    assertEquals(expected, left.tokens().stream().map(Token::id).toList());
    for (int i = 0; i < left.size(); i++) {
      assertEquals(i, left.tokens().get(i).index());
    }
    BitSet all = new BitSet();
    all.set(0, tokens.size());
    assertThrows(UnusableInputException.class, () -> remove("delete", tokens, all));
    assertThrows(UnusableInputException.class, () -> remove("attention-mask", tokens, all));
  }

  /** Each operator does something of its own; removing nothing is the model's own prediction. */
  @Test
  void operatorsDiffer() {
    float[] plain = session.logits(List.of(session.tokenize(TEXT))).get(0);
    HashSet<Double> seen = new HashSet<>();
    for (Removal removal : Removals.load().all()) {
      ValueFunction values = values(removal.name());
      assertArrayEquals(LogSoftmax.of(plain), values.logProbabilities(new BitSet()), 0);
      assertEquals(removal.name(), values.removal());
      double[] log = values.logProbabilities(set(4, 9));
      assertEquals(1, Math.exp(log[0]) + Math.exp(log[1]), 1e-12);
      seen.add(log[0]);
    }
    assertEquals(5, Removals.load().all().size());
    assertEquals(5, seen.size());
  }

  /** Whatever the engine's batch size, the order of questions and the number of threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 32})
  void givesTheSameBitsForAnyBatchSizeOrderAndThreads(int batchSize) throws Exception {
    List<BitSet> sets = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      sets.add(FeatureSets.ofBits(random.nextInt(1 << 10)));
    }
    double[][] expected = values("mask").logProbabilities(sets);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ModelSession other = TinyModel.open(folder, new EngineSettings(1, batchSize))) {
      TokenSequence tokens = other.tokenize(TEXT);
      List<Future<ValueFunction>> together = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        List<BitSet> shuffled = new ArrayList<>(sets);
        Collections.shuffle(shuffled, new Random(thread));
        together.add(
            threads.submit(
                () -> {
                  ValueFunction values =
                      new ModelValueFunction(
                          other, tokens, Features.tokens(tokens), new MaskRemoval());
                  values.logProbabilities(shuffled);
                  return values;
                }));
      }
      for (Future<ValueFunction> values : together) {
        double[][] actual = values.get().logProbabilities(sets);
        for (int i = 0; i < expected.length; i++) {
          assertArrayEquals(expected[i], actual[i], 0);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void evaluatesEverySetOnceAndRemembersIt() {
    ValueFunction values = values("mask");
    BitSet asked = set(2);
    double[] first = values.logProbabilities(asked);
    asked.set(3); // what callers do with their sets does not reach the table
    values.logProbabilities(List.of(set(7), set(2), new BitSet(), set(2)));
    assertEquals(List.of(new BitSet(), set(2), set(7)), List.copyOf(values.evaluated().keySet()));
    assertTrue(first == values.logProbabilities(set(2)), "the same array: not evaluated again");
    assertThrows(IllegalArgumentException.class, () -> values.logProbabilities(set(99)));
    ValueFunction recorded =
        new RecordedValueFunction(values.size(), "mask", Map.copyOf(values.evaluated()));
    assertArrayEquals(first, recorded.logProbabilities(set(2)), 0);
    assertThrows(UnusableInputException.class, () -> recorded.logProbabilities(set(1)));
  }

  @Test
  void setsAreOrderedBySizeThenMembers() {
    List<BitSet> sets = new ArrayList<>(FeatureSets.all(4));
    sets.sort(FeatureSets.ORDER);
    assertEquals(List.of(new BitSet(), set(0), set(1)), sets.subList(0, 3));
    assertEquals(List.of(set(0, 1), set(0, 2), set(0, 3), set(1, 2)), sets.subList(5, 9));
    assertEquals(16, new HashSet<>(sets).size());
    assertEquals(set(0, 2), FeatureSets.complement(set(1), 3));
    assertFalse(FeatureSets.ORDER.compare(set(1), set(1)) != 0);
  }

  /** Differences of logits survive, however large they are. */
  @Test
  void logSoftmaxOfExtremes() {
    double[] log = LogSoftmax.of(new double[] {1000, 0});
    assertEquals(0, log[0], 0);
    assertEquals(-1000, log[1], 0);
    assertEquals(-Math.log(3), LogSoftmax.of(new float[] {5, 5, 5})[1], 1e-15);
  }
}
