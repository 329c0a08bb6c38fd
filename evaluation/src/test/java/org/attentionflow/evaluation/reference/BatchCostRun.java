package org.attentionflow.evaluation.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.MaskRemoval;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What it costs to evaluate perturbed inputs one by one, and how many bits batches would change;
 * outside the ordinary build:
 *
 * <pre>mvn -pl evaluation -am test -Dtest=BatchCostRun -Dbatch.model=FOLDER -Dbatch.result=FILE
 * </pre>
 */
@EnabledIfSystemProperty(named = "batch.model", matches = ".+")
class BatchCostRun {
  private static final int SETS = 128;
  private static final int ROUNDS = 15;

  @Test
  void measures() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int words : new int[] {10, 25, 60}) {
      for (int batch : new int[] {1, 4, 16, 64}) {
        lines.add(measure(words, batch));
      }
    }
    Files.write(Path.of(System.getProperty("batch.result")), lines);
  }

  private static String measure(int words, int batch) {
    Path folder = Path.of(System.getProperty("batch.model"));
    ModelEngine engine = Plugins.load(ModelEngine.class).get("pytorch");
    try (ModelSession session = engine.open(folder, new EngineSettings(1, batch))) {
      List<TokenSequence> inputs = inputs(session, words);
      List<float[]> alone = inputs.stream().map(input -> one(session, input)).toList();
      double best = Double.POSITIVE_INFINITY;
      List<float[]> together = List.of();
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        together =
            batch == 1
                ? inputs.stream().map(input -> one(session, input)).toList()
                : session.logits(inputs);
        best = Math.min(best, (System.nanoTime() - begin) / 1e6);
      }
      int differ = 0;
      double largest = 0;
      for (int i = 0; i < SETS; i++) {
        differ += Arrays.equals(alone.get(i), together.get(i)) ? 0 : 1;
        largest = Math.max(largest, Math.abs(alone.get(i)[0] - together.get(i)[0]));
      }
      return String.format(
          Locale.ROOT,
          "| %d | %d | %.3f | %d of %d | %.1e |",
          inputs.get(0).size(),
          batch,
          best / SETS,
          differ,
          SETS,
          largest);
    }
  }

  private static float[] one(ModelSession session, TokenSequence input) {
    return session.logits(List.of(input)).get(0);
  }

  private static List<TokenSequence> inputs(ModelSession session, int words) {
    TokenSequence tokens = session.tokenize("good ".repeat(words));
    Features features = Features.tokens(tokens);
    Random random = new Random(1);
    List<TokenSequence> inputs = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      inputs.add(
          new MaskRemoval()
              .remove(
                  tokens,
                  features.tokensOf(FeatureSets.ofBits(random.nextLong() & (1L << words) - 1)),
                  session.model())
              .tokens());
    }
    return inputs;
  }
}
