package org.attentionflow.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.Aggregator;
import org.attentionflow.plugin.Nearest;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.plugin.Plugins;

/**
 * The attribution methods present. Every aggregator is one: flow through its information tensor,
 * under the aggregator's name or alias, so that {@code agf} needs no class of its own. The others
 * are plug-ins.
 */
public final class AttributionMethods {
  private final Plugins<Aggregator> aggregators;
  private final Plugins<AttributionMethod> others;

  private AttributionMethods(Plugins<Aggregator> aggregators, Plugins<AttributionMethod> others) {
    this.aggregators = aggregators;
    this.others = others;
  }

  /** Finds the methods with the service loader. */
  public static AttributionMethods load() {
    return new AttributionMethods(
        Plugins.load(Aggregator.class),
        Plugins.of(
            AttributionMethod.class,
            ServiceLoader.load(AttributionMethod.class, AttributionMethod.class.getClassLoader())));
  }

  /** Every method, flow methods first. */
  public List<Plugin> all() {
    List<Plugin> all = new ArrayList<>(aggregators.all());
    all.addAll(others.all());
    return all;
  }

  /** The name a method goes by: the short alias of an aggregator, otherwise the plug-in's name. */
  public static String nameOf(Plugin method) {
    boolean hasAlias = method instanceof Aggregator && !method.aliases().isEmpty();
    return hasAlias ? method.aliases().get(0) : method.name();
  }

  /**
   * Resolves a method and everything its settings name.
   *
   * @throws UnusableInputException if something named is not present
   */
  public Attributor prepare(String name, MethodSettings settings) {
    if (aggregators.has(name)) {
      Aggregator aggregator = aggregators.get(name);
      MethodOptions.of(nameOf(aggregator), List.of(), settings.options());
      return FlowAttributor.of(nameOf(aggregator), aggregator, settings);
    }
    if (others.has(name)) {
      AttributionMethod method = others.get(name);
      MethodOptions.of(method, settings);
      return method.prepare(settings);
    }
    List<String> names = all().stream().map(AttributionMethods::nameOf).toList();
    throw new UnusableInputException(
        "There is no attribution method named '"
            + name
            + "'. Present: "
            + String.join(", ", Nearest.sort(name, names))
            + "."
            + Plugins.artifactOf(AttributionMethod.class, name)
                .map(artifact -> " Maybe add the artifact " + artifact + ".")
                .orElse(""));
  }
}
