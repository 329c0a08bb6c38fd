package org.attentionflow.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;

/** Matrices of 32 bits against plain casts, and their stated loss against exact arithmetic. */
class MatrixTest {
  private static final double HALF_UNIT = 0x1p-24;

  @Test
  void keepsTheNearestNumbersOf32Bits() {
    Matrix exact = random(7, 5, 1e-30, 1e30);
    Matrix rounded = exact.in(Precision.FLOAT);
    for (int i = 0; i < exact.size(); i++) {
      assertEquals((float) exact.get(i), rounded.get(i));
      assertEquals(rounded.get(i), rounded.get(i / 5, i % 5));
      assertEquals(rounded.get(i), rounded.values()[i]);
    }
    assertEquals(Precision.FLOAT, rounded.precision());
    assertSame(rounded, rounded.in(Precision.DOUBLE), "what is lost is lost");
    assertSame(exact, exact.in(Precision.DOUBLE));
    assertSame(Rounding.NONE, exact.rounding());
  }

  @Test
  void saysWhatRoundingCosts() {
    Matrix exact = random(20, 30, 1e-37, 1e38);
    Rounding rounding = exact.in(Precision.FLOAT).rounding();
    double worst = 0;
    for (double x : exact.values()) {
      BigDecimal change = new BigDecimal((float) x).subtract(new BigDecimal(x)).abs();
      worst = Math.max(worst, change.doubleValue() / x);
    }
    assertEquals(worst, rounding.relative(), 1e-15 * worst);
    assertTrue(rounding.relative() <= HALF_UNIT && rounding.relative() > HALF_UNIT / 2);
    assertEquals(0, rounding.absolute());
  }

  /** Below 2^-126 there are fewer digits, below 2^-150 none: no relative error can be promised. */
  @Test
  void addsUpWhatTinyElementsLose() {
    double vanishing = 1e-60;
    double subnormal = 0x1.8p-149;
    Matrix rounded = Matrix.of(1, 3, new double[] {vanishing, subnormal, 1}).in(Precision.FLOAT);
    assertEquals(0, rounded.get(0));
    assertEquals(0x1p-148, rounded.get(1), "half-way cases go to the even neighbour");
    assertEquals(vanishing + 0x1p-150, rounded.rounding().absolute());
    assertEquals(0, rounded.rounding().relative());
  }

  @Test
  void refusesWhatIsTooLarge() {
    Matrix large = Matrix.of(1, 2, new double[] {1, 1e39});
    String message =
        assertThrows(UnusableInputException.class, () -> large.in(Precision.FLOAT)).getMessage();
    assertTrue(String.valueOf(message).contains("1.0E39 is too large for 32 bits"), message);
  }

  @Test
  void copiesPartsInEitherPrecision() {
    Matrix exact = random(4, 6, 1e-3, 1e3);
    for (Matrix matrix : new Matrix[] {exact, exact.in(Precision.FLOAT)}) {
      double[] values = matrix.values();
      double[] wide = new double[9];
      matrix.copy(7, 5, wide, 3);
      Matrix part = matrix.part(new int[] {3, 1}, new int[] {0, 5, 2});
      Matrix transposed = matrix.transposed();
      for (int i = 0; i < 5; i++) {
        assertEquals(values[7 + i], wide[3 + i]);
      }
      assertEquals(values[3 * 6 + 5], part.get(0, 1));
      assertEquals(values[6 + 2], part.get(1, 2));
      assertEquals(values[2 * 6 + 4], transposed.get(4, 2));
      assertArrayEquals(values, transposed.transposed().values());
      assertEquals(matrix.precision(), part.precision());
      assertEquals(matrix.precision(), transposed.precision());
      assertEquals(matrix.rounding(), part.rounding());
      assertEquals(matrix.rounding(), transposed.rounding());
    }
  }

  /** Numbers whose logarithms are spread evenly. */
  private static Matrix random(int rows, int columns, double least, double most) {
    Random random = new Random(5);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = least * Math.pow(most / least, random.nextDouble());
    }
    return Matrix.of(rows, columns, values);
  }
}
