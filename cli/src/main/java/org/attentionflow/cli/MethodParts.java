package org.attentionflow.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.ScoreSign;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregator;
import org.attentionflow.plugin.Plugin;

/** Attribution methods as parts, group by group. */
final class MethodParts {
  /** The heading of a method's group among its details. */
  static final String GROUP = "group";

  private MethodParts() {}

  /** Every method, in the order of their groups. */
  static List<Part> all(Parts.Kind kind) {
    return AttributionMethods.load().all().stream()
        .map(plugin -> part(kind, plugin))
        .sorted(Comparator.comparing(MethodParts::groupOrder))
        .toList();
  }

  private static Part part(Parts.Kind kind, Plugin plugin) {
    Part plain =
        Parts.part(
            kind,
            AttributionMethods.nameOf(plugin),
            plugin,
            plugin instanceof Aggregator of ? of.needs() : List.of(),
            settings(plugin));
    return new Part(
        plain.kind(),
        plain.name(),
        plain.aliases(),
        plain.summary(),
        plain.source(),
        plain.capabilities(),
        plain.settings(),
        details(plugin),
        plugin instanceof AttributionMethod method ? method.options() : List.of(),
        plain.provider());
  }

  private static Map<String, String> details(Plugin plugin) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put(GROUP, group(plugin).words());
    if (plugin instanceof AttributionMethod method) {
      details.put("formula", method.formula());
      details.put("scores", scores(method.sign(), method.dependsOnTarget()));
    } else if (plugin instanceof Aggregator aggregator) {
      boolean dependsOnTarget = aggregator.needs().contains(Quantity.ATTENTION_GRADIENT);
      details.put("formula", "s_i = f(i, super-sink), f the flow");
      details.put("scores", scores(ScoreSign.NON_NEGATIVE, dependsOnTarget));
    }
    return details;
  }

  private static String scores(ScoreSign sign, boolean dependsOnTarget) {
    String range =
        sign == ScoreSign.SIGNED ? "positive for the target, negative against it" : "at least 0";
    return range + (dependsOnTarget ? "" : "; the same for every target");
  }

  /** Every aggregator is a flow method. */
  private static MethodGroup group(Plugin plugin) {
    return plugin instanceof AttributionMethod method ? method.group() : MethodGroup.FLOW;
  }

  /** Flow methods read every setting; methods of the tensor make the tensor and its network. */
  private static String[] settings(Plugin plugin) {
    return switch (group(plugin)) {
      case FLOW ->
          new String[] {"method", "target", "contrast", "aggregation.", "network.", "solver."};
      case INFORMATION_TENSOR ->
          new String[] {"method", "target", "contrast", "aggregation.", "network.sources"};
      default -> new String[] {"method", "target", "contrast"};
    };
  }

  private static int groupOrder(Part part) {
    List<String> words = Arrays.stream(MethodGroup.values()).map(MethodGroup::words).toList();
    return words.indexOf(part.details().get(GROUP));
  }
}
