package org.attentionflow.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;

/** All methods together. */
class ProvidersTest {
  private final List<AttributionMethod> methods =
      ServiceLoader.load(AttributionMethod.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  @Test
  void everyMethodSaysWhatItIs() {
    assertEquals(26, methods.size());
    for (AttributionMethod method : methods) {
      assertFalse(method.formula().isBlank(), method.name());
      assertFalse(method.source().isBlank(), method.name());
      assertTrue(method.group() != MethodGroup.OTHER, method.name());
      for (MethodOption option : method.options()) {
        assertFalse(option.meaning().isBlank(), method.name() + " " + option.key());
      }
    }
  }

  @Test
  void namesAndAliasesAreUnique() {
    Set<String> names = new HashSet<>();
    for (AttributionMethod method : methods) {
      assertTrue(names.add(method.name()), method.name());
      method.aliases().forEach(alias -> assertTrue(names.add(alias), alias));
    }
  }

  @Test
  void areFoundByNameAndAliasBesideTheAggregators() {
    AttributionMethods all = AttributionMethods.load();
    assertEquals("attcat", all.prepare("attcat", MethodSettings.defaults()).method());
    assertEquals("chefer", all.prepare("chefer-generic", MethodSettings.defaults()).method());
    MethodSettings withSteps = MethodSettings.defaults().withOptions(Map.of("step", "3"));
    String message =
        assertThrows(UnusableInputException.class, () -> all.prepare("ig", withSteps)).getMessage();
    assertTrue(String.valueOf(message).contains("Did you mean method.steps?"), message);
    assertThrows(UnusableInputException.class, () -> all.prepare("agf", withSteps));
  }

  @Test
  void refuseValuesTheyCannotRead() {
    AttributionMethods all = AttributionMethods.load();
    for (String[] wrong :
        new String[][] {
          {"ig", "steps", "0"},
          {"ig", "steps", "many"},
          {"ig", "baseline", "nothing"},
          {"smoothgrad", "noise", "-1"},
          {"random", "seed", "x"},
          {"kernel-shap", "samples", "1"},
          {"lime", "width", "0"},
          {"leave-one-out", "removal", "erase"},
          {"widest-path", "tensor", "xyz"}
        }) {
      MethodSettings settings = MethodSettings.defaults().withOptions(Map.of(wrong[1], wrong[2]));
      String message =
          assertThrows(
                  UnusableInputException.class, () -> all.prepare(wrong[0], settings), wrong[2])
              .getMessage();
      assertTrue(String.valueOf(message).contains(wrong[2]), message);
    }
  }
}
