package org.attentionflow.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Plugins;

/** Chooses the engine for a model: by name, or by what the model's folder holds. */
public final class Engines {
  /**
   * The engines in the order in which they are preferred where several recognise a model: first
   * those that read weights, for they give hidden states too, then those that run a graph. Engines
   * that are not listed come last, by name. The engine is part of every result.
   */
  private static final List<String> PREFERENCE = List.of("pytorch", "onnx-runtime", "tensorflow");

  private Engines() {}

  /**
   * The engine for a model.
   *
   * @param name a name, or {@code auto} for the first engine, in the order of preference, that
   *     recognises the model
   * @throws UnusableInputException if there is none
   */
  public static ModelEngine choose(String name, Path model) {
    Plugins<ModelEngine> engines = Plugins.load(ModelEngine.class);
    if (!name.equals("auto")) {
      return engines.get(name);
    }
    if (!Files.exists(model)) {
      throw new UnusableInputException("The model " + model + " does not exist.");
    }
    List<ModelEngine> fitting =
        engines.all().stream().filter(engine -> engine.accepts(model)).toList();
    if (!fitting.isEmpty()) {
      return fitting.stream().min(Comparator.comparingInt(Engines::rank)).orElseThrow();
    }
    String present = String.join(", ", engines.all().stream().map(ModelEngine::name).toList());
    throw new UnusableInputException(
        "No engine recognises the model "
            + model
            + ". Present: "
            + (present.isEmpty() ? "none" : present)
            + absent(engines)
            + ". Maybe the folder lacks config.json or model.safetensors.");
  }

  /** The engines that could be added, with the artifacts that supply them. */
  private static String absent(Plugins<ModelEngine> engines) {
    String artifacts =
        PREFERENCE.stream()
            .filter(name -> !engines.has(name))
            .map(
                name ->
                    name + " (" + Plugins.artifactOf(ModelEngine.class, name).orElseThrow() + ")")
            .collect(Collectors.joining(", "));
    return artifacts.isEmpty() ? "" : "; not present: " + artifacts;
  }

  /** Engines of equal rank are met in the order of their names. */
  private static int rank(ModelEngine engine) {
    int rank = PREFERENCE.indexOf(engine.name());
    return rank < 0 ? PREFERENCE.size() : rank;
  }

  /**
   * Checks that an engine can do what a method needs.
   *
   * @throws UnusableInputException if it cannot; the message names both and the capability
   */
  static void require(ModelEngine engine, Path model, Attributor attributor) {
    Set<Capability> needed = new TreeSet<>(attributor.capabilities());
    attributor.needs().forEach(quantity -> needed.add(quantity.capability()));
    needed.removeAll(engine.capabilities(model));
    if (!needed.isEmpty()) {
      throw new UnusableInputException(
          "The method "
              + attributor.method()
              + " needs "
              + String.join(", ", needed.stream().map(Engines::words).toList())
              + ", which the engine "
              + engine.name()
              + " does not have for this model. Maybe choose another method or engine.");
    }
  }

  /** ATTENTION_GRADIENT becomes attention-gradient. */
  private static String words(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
