package org.attentionflow.onnx.gradient;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;

/** The rules that are present, by operator. */
public final class GradientRules {
  private final Map<String, GradientRule> rules = new TreeMap<>();

  private GradientRules() {}

  /**
   * Finds all rules on the class path.
   *
   * @throws UnusableInputException if one cannot be loaded, or an operator has two
   */
  public static GradientRules load() {
    ServiceLoader<GradientRule> found =
        ServiceLoader.load(GradientRule.class, GradientRule.class.getClassLoader());
    return of(found);
  }

  /**
   * Takes the given rules.
   *
   * @throws UnusableInputException if one cannot be loaded, or an operator has two
   */
  public static GradientRules of(Iterable<GradientRule> found) {
    GradientRules rules = new GradientRules();
    try {
      for (GradientRule rule : found) {
        GradientRule other = rules.rules.put(key(rule.domain(), rule.operator()), rule);
        if (other != null) {
          throw new UnusableInputException(
              ("The operator " + rule.operator() + " has two gradient rules: ")
                  + (other.getClass().getName() + " and " + rule.getClass().getName() + "."));
        }
      }
    } catch (ServiceConfigurationError failure) {
      throw new UnusableInputException(
          "A gradient rule cannot be loaded: " + failure.getMessage() + ".", failure);
    }
    return rules;
  }

  /** The rule for an operator of a domain. */
  Optional<GradientRule> find(String domain, String operator) {
    return Optional.ofNullable(rules.get(key(domain, operator)));
  }

  /** The operators that have a rule, those of other domains than ONNX's own with their domain. */
  public Set<String> operators() {
    return new TreeSet<>(rules.keySet());
  }

  private static String key(String domain, String operator) {
    return domain.isEmpty() ? operator : domain + "." + operator;
  }
}
