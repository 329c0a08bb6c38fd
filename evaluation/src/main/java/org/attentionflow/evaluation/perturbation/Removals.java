package org.attentionflow.evaluation.perturbation;

import java.util.ServiceLoader;
import org.attentionflow.plugin.Plugins;

/** The removal operators present. */
public final class Removals {
  private Removals() {}

  /** Finds the operators with the service loader. */
  public static Plugins<Removal> load() {
    return Plugins.of(
        Removal.class, ServiceLoader.load(Removal.class, Removal.class.getClassLoader()));
  }
}
