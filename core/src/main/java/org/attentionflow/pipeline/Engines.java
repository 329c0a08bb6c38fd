package org.attentionflow.pipeline;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
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
            .collect(joining(", "));
    return artifacts.isEmpty() ? "" : "; not present: " + artifacts;
  }

  /** Engines of equal rank are met in the order of their names. */
  private static int rank(ModelEngine engine) {
    int rank = PREFERENCE.indexOf(engine.name());
    return rank < 0 ? PREFERENCE.size() : rank;
  }

  /**
   * Checks that an engine can do with a model what a method needs.
   *
   * @throws UnusableInputException if it cannot; the message names both and the capability
   */
  public static void require(ModelEngine engine, Path model, Attributor attributor) {
    require(engine, model, part(attributor), needed(attributor));
  }

  /**
   * Checks that an engine can do with a model what something needs.
   *
   * @param part who needs it, as the beginning of a sentence
   * @throws UnusableInputException if it cannot; the message names both and the capability
   */
  public static void require(
      ModelEngine engine, Path model, String part, Set<Capability> capabilities) {
    Set<Capability> missing = new TreeSet<>(capabilities);
    missing.removeAll(engine.capabilities(model));
    if (!missing.isEmpty()) {
      throw new UnusableInputException(
          (part + " needs " + missing.stream().map(Capability::words).collect(joining(", ")))
              + (", which the engine " + engine.name() + " does not have for this model.")
              + " Maybe choose another one, or another engine.");
    }
  }

  /**
   * Checks that an open model has what a method needs.
   *
   * @throws UnusableInputException if it lacks something; the message names it and says why
   */
  public static void require(ModelSession session, Attributor attributor) {
    require(session, part(attributor), needed(attributor));
  }

  /**
   * Checks that an open model has what something needs.
   *
   * @param part who needs it, as the beginning of a sentence
   * @throws UnusableInputException if it lacks something; the message names it and says why
   */
  public static void require(ModelSession session, String part, Set<Capability> capabilities) {
    session
        .lacks()
        .forEach(
            (capability, reason) -> {
              if (capabilities.contains(capability)) {
                throw new UnusableInputException(
                    (part + " needs " + capability.words() + ", which the model ")
                        + (session.model().name() + " does not have: " + reason));
              }
            });
  }

  private static String part(Attributor attributor) {
    return "The method " + attributor.method();
  }

  private static Set<Capability> needed(Attributor attributor) {
    Set<Capability> needed = new TreeSet<>(attributor.capabilities());
    attributor.needs().forEach(quantity -> needed.add(quantity.capability()));
    return needed;
  }
}
