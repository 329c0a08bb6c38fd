package org.attentionflow.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static List<String> texts(Ticks ticks) {
    return Arrays.stream(ticks.values()).map(BigDecimal::toPlainString).toList();
  }

  @Test
  void areRoundNumbers() {
    assertEquals(List.of("0.2", "0.3", "0.4", "0.5"), texts(Ticks.inside(0.137, 0.521)));
    assertEquals(List.of("-2.0", "-1.5", "-1.0", "-0.5", "0.0"), texts(Ticks.around(-1.963, 0)));
    assertEquals(List.of("0", "20", "40", "60", "80", "100"), texts(Ticks.inside(0, 100)));
  }

  @Test
  void encloseAndStayInsideAnyRange() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      double least = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-6, 7));
      double most = least + random.nextDouble(1e-3, 1) * Math.pow(10, random.nextInt(-6, 7));
      // A range that is narrow for its place has no room for digits.
      if (most - least < 1e-6 * Math.abs(least)) {
        continue;
      }
      double slack = 1e-8 * (most - least);
      BigDecimal[] around = Ticks.around(least, most).values();
      assertTrue(around[0].doubleValue() <= least + slack, least + " " + most);
      assertTrue(around[around.length - 1].doubleValue() >= most - slack, least + " " + most);
      BigDecimal[] inside = Ticks.inside(least, most).values();
      assertTrue(inside[0].doubleValue() >= least - slack, least + " " + most);
      assertTrue(inside[inside.length - 1].doubleValue() <= most + slack, least + " " + most);
      assertTrue(inside.length >= 3 && inside.length <= 9, least + " " + most);
    }
  }
}
