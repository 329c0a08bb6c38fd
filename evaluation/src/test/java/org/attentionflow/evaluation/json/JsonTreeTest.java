package org.attentionflow.evaluation.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** JSON keeps every bit of a number, sorts keys, and says where two trees differ. */
class JsonTreeTest {
  @Test
  void numbersReadBackAsTheSameBits() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = JsonTree.compact(JsonTree.of(new double[] {value}));
        double back = JsonTree.doubles(JsonParser.parseString(text))[0];
        assertEquals(value, back, 0, text);
      }
    }
    assertEquals("[null,0.1,3]", JsonTree.compact(JsonTree.of(new double[] {0.0 / 0.0, 0.1, 3})));
  }

  @Test
  void keysAreSorted() {
    assertEquals("{\"a\":\"<\",\"b\":1}", JsonTree.compact(JsonTree.of(Map.of("b", 1, "a", "<"))));
  }

  @Test
  void differencesNameTheirPath() {
    JsonObject left = JsonTree.object("{\"a\": {\"x\": 1, \"y\": [1, 2]}, \"b\": true}", "left");
    JsonObject right = JsonTree.object("{\"a\": {\"x\": 1.5, \"y\": [1, 2]}, \"c\": 1}", "right");
    JsonDiff diff = new JsonDiff(0).compare("", left, right);
    assertEquals(3, diff.lines().size(), diff.lines().toString());
    assertEquals("a.x: 1 -> 1.5", diff.lines().get(0));
    assertEquals(0.5, diff.largest());
    assertTrue(new JsonDiff(0.5).compare("", left, left).lines().isEmpty());
    assertEquals(2, new JsonDiff(0.5).compare("", left, right).lines().size());
  }
}
