package org.attentionflow.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  /** The last ones are those that Double.toString wrote too long before JDK 19. */
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "1,1",
    "-2.5,-2.5",
    "0.1,0.1",
    "1e20,100000000000000000000",
    "1e21,1e21",
    "1e-7,0.0000001",
    "1.5e-8,1.5e-8",
    "4.9E-324,5e-324",
    "1.7976931348623157E308,1.7976931348623157e308",
    "2.2250738585072014E-308,2.2250738585072014e-308",
    "9007199254740993,9007199254740992",
    "2.0E-3,0.002",
    "2.2E-322,2.2e-322",
    "2.0E23,2e23",
    "1.0E23,1e23",
    "8.41E21,8.41e21"
  })
  void knownDecimals(double value, String expected) {
    assertEquals(expected, ShortestDecimal.of(value));
  }

  /** Seeds 1 to 3, and all powers of two: reads back, and one digit less would not. */
  @Test
  void readsBackAndIsTheShortest() {
    for (int seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      for (int i = 0; i < 5_000; i++) {
        double any = Double.longBitsToDouble(random.nextLong());
        check(Double.isFinite(any) ? any : i);
        check(random.nextDouble());
        check((float) random.nextGaussian());
      }
    }
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      check(Math.scalb(1.0, exponent));
    }
  }

  private static void check(double value) {
    String text = ShortestDecimal.of(value);
    assertEquals(
        Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(Double.parseDouble(text)));
    int digits = new BigDecimal(text).stripTrailingZeros().precision();
    for (RoundingMode rounding : RoundingMode.values()) {
      if (digits > 1 && rounding != RoundingMode.UNNECESSARY) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1, rounding));
        assertNotEquals(value, shorter.doubleValue(), text);
      }
    }
  }

  @Test
  void whatIsNotANumberHasNoDecimal() {
    assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> ShortestDecimal.of(Double.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @CsvSource({"0.0147612,4,0.01476", "-3.14159e-9,2,-3.1e-9", "0,3,0", "99999,2,100000"})
  void rounded(double value, int digits, String expected) {
    assertEquals(expected, ShortestDecimal.rounded(value, digits));
  }
}
