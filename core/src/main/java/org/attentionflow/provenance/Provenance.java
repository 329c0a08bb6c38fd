package org.attentionflow.provenance;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What made a result. A result without it is not a result.
 *
 * @param version the version of Attention Flow
 * @param java vendor and version of the Java virtual machine
 * @param platform operating system and architecture
 * @param model digests of the files the model was read from, by file name
 * @param settings the settings, defaults included, by key
 */
public record Provenance(
    String version,
    String java,
    String platform,
    Map<String, String> model,
    Map<String, String> settings) {
  /** Copies the maps, sorted by key. */
  public Provenance {
    model = Collections.unmodifiableMap(new TreeMap<>(model));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** The provenance of a result made by this program on this machine. */
  public static Provenance here(Map<String, String> model, Map<String, String> settings) {
    return new Provenance(
        programVersion(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        model,
        settings);
  }

  /** The version of Attention Flow, or {@code development} when it does not run from its jar. */
  public static String programVersion() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .or(() -> Provenance.class.getModule().isNamed() ? moduleVersion() : Optional.empty())
        .orElse("development");
  }

  private static Optional<String> moduleVersion() {
    return Provenance.class.getModule().getDescriptor().rawVersion();
  }
}
