package org.attentionflow.evaluation.naopc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published numbers of real classifiers, computed again from a sample of the study's outputs. */
class NaopcSampleTest {
  @ParameterizedTest
  @ValueSource(strings = {"sst2_bert-base-uncased-SST-2", "sst2_roberta-base-imdb"})
  void recomputesWhatWasPublished(String name) {
    NaopcComparison comparison =
        new NaopcComparison(
                NaopcStudy.read(
                    name,
                    file -> Optional.ofNullable(NaopcSampleTest.class.getResourceAsStream(file))))
            .run();
    assertEquals(List.of(), comparison.different);
    assertEquals(Map.of(), comparison.skipped);
    assertEquals(70, comparison.rows + comparison.undefined, "7 examples, 10 methods");
    assertEquals(7, comparison.examples);
    assertTrue(comparison.comprehensiveness <= NaopcComparison.TOLERANCE);
    assertTrue(comparison.sufficiency <= NaopcComparison.TOLERANCE);
    assertEquals(0, comparison.lower, NaopcComparison.TOLERANCE);
    assertEquals(0, comparison.upper, NaopcComparison.TOLERANCE);
    assertEquals(0, comparison.publishedOrders, NaopcComparison.TOLERANCE);
    assertEquals(comparison.rows - comparison.tied.size(), comparison.naopcInRange);
    // A search cannot find more than there is.
    assertTrue(comparison.beamBeyond <= 1e-12);
    assertEquals(name.startsWith("sst2_roberta") ? 1 : 0, comparison.startedAtZero.size());
  }
}
