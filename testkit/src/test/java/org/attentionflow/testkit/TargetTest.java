package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets as users write them, on the classes of AG News, one of which holds a slash. */
class TargetTest {
  private static final List<String> LABELS = List.of("World", "Sports", "Business", "Sci/Tech");
  private static final float[] LOGITS = {0.1f, -2, 3, 1};

  @ParameterizedTest
  @CsvSource({"predicted,2", " predicted ,2", "0,0", "3,3", "World,0", "sports,1", "sci/tech,3"})
  void findsAClass(String text, int index) {
    ResolvedTarget target = Target.parse(text).resolve(LOGITS, LABELS);
    assertEquals(new ResolvedTarget(index, ResolvedTarget.NONE), target);
    assertFalse(target.isContrast());
  }

  @ParameterizedTest
  @CsvSource({
    "World/Sports,0,1",
    "0/1,0,1",
    "Sci/Tech/World,3,0",
    "World/Sci/Tech,0,3",
    "Sci/Tech/0,3,0",
    "2/sci/tech,2,3",
    "predicted/World,2,0"
  })
  void findsTheClassesOfAContrast(String pair, int of, int against) {
    ResolvedTarget target = new Target.Contrast(pair).resolve(LOGITS, LABELS);
    assertEquals(new ResolvedTarget(of, against), target);
    assertTrue(target.isContrast());
  }

  @ParameterizedTest
  @CsvSource({
    "World,two classes joined by a slash",
    "World/0,with itself",
    "Sci/Tech,'Sci'",
    "World/Sport,Sports",
    "0/4,0 to 3",
    "/World,''"
  })
  void refusesAContrast(String pair, String reason) {
    String message =
        assertThrows(
                UnusableInputException.class,
                () -> new Target.Contrast(pair).resolve(LOGITS, LABELS))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void namesTheNearestClassFirst() {
    String message =
        assertThrows(
                UnusableInputException.class, () -> Target.parse("Sprots").resolve(LOGITS, LABELS))
            .getMessage();
    assertEquals(
        "Target 'Sprots' is not a class of the model. Classes: Sports, World, Business, Sci/Tech.",
        message);
  }

  @ParameterizedTest
  @CsvSource({"-1", "4"})
  void refusesAnIndexThatDoesNotExist(int index) {
    assertThrows(
        UnusableInputException.class,
        () -> Target.parse(String.valueOf(index)).resolve(LOGITS, LABELS));
  }
}
