package org.attentionflow.information;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;

class SyntheticInformationTest {
  private static List<Matrix> layers(SyntheticInformation.Kind kind, int heads, long seed) {
    return SyntheticInformation.of(kind, 3, 8, heads, seed).layers(AttentionKind.ENCODER);
  }

  @Test
  void aSeedGivesTheSameBits() {
    double[] once = layers(SyntheticInformation.Kind.ATTENTION, 2, 7).get(2).values();
    double[] again = layers(SyntheticInformation.Kind.ATTENTION, 2, 7).get(2).values();
    double[] other = layers(SyntheticInformation.Kind.ATTENTION, 2, 8).get(2).values();
    assertArrayEquals(once, again, 0);
    assertTrue(!Arrays.equals(once, other));
  }

  @Test
  void attentionRowsSumToOne() {
    for (Matrix layer : layers(SyntheticInformation.Kind.ATTENTION, 3, 7)) {
      for (int row = 0; row < layer.rowCount(); row++) {
        double sum = 0;
        for (int column = 0; column < layer.columnCount(); column++) {
          assertTrue(layer.get(row, column) > 0);
          sum += layer.get(row, column);
        }
        // 8 keys, 3 heads: fewer than 32 roundings of numbers of at most 1.
        assertEquals(1, sum, 32 * Math.ulp(1.0));
      }
    }
  }

  @Test
  void theLastGradientIsThatOfAClassifier() {
    List<Matrix> layers = layers(SyntheticInformation.Kind.ATTENTION_GRADIENT, 1, 7);
    double[] last = layers.get(2).values();
    assertTrue(Arrays.stream(last, 0, 8).anyMatch(x -> x > 0));
    assertTrue(Arrays.stream(last, 8, last.length).allMatch(x -> x == 0));
    long zeros = Arrays.stream(layers.get(0).values()).filter(x -> x == 0).count();
    assertTrue(zeros > 0 && zeros < 64, "zeros " + zeros);
  }
}
