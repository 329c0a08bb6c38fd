package org.attentionflow.evaluation.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.FlowAttributor;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.evaluation.dataset.FolderDigest;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.provenance.Digest;
import org.attentionflow.provenance.Provenance;
import org.jspecify.annotations.Nullable;

/** The plug-ins that a run uses, with the version and the digest of what supplies each. */
final class UsedParts {
  private final Map<String, Object> parts = new TreeMap<>();
  private final Map<String, Object> methods = new TreeMap<>();
  private final Map<Path, String> digests = new HashMap<>();

  private UsedParts() {}

  /** Collects engine, methods with what they consist of, metrics and operators. */
  static UsedParts of(ModelEngine engine, List<Row> rows, Judges judges) throws IOException {
    UsedParts used = new UsedParts();
    used.add("engine", engine);
    List<Plugin> present = AttributionMethods.load().all();
    for (Row row : rows) {
      used.method(row, present);
    }
    for (Plugin metric : judges.metrics()) {
      used.add("metric", metric);
    }
    for (Plugin removal : judges.removals()) {
      used.add("operator", removal);
    }
    return used;
  }

  /** Per kind and name: class, file, version and SHA-256. */
  Map<String, Object> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** Per row of the tables: the method, and the names of what it consists of. */
  Map<String, Object> methods() {
    return Collections.unmodifiableMap(methods);
  }

  private void method(Row row, List<Plugin> present) throws IOException {
    String name = row.entry().method();
    Map<String, Object> json = new TreeMap<>();
    json.put("method", name);
    if (!row.attributor().options().isEmpty()) {
      json.put("options", row.attributor().options());
    }
    if (row.attributor() instanceof FlowAttributor flow) {
      json.put("aggregator", add("aggregator", flow.aggregation().aggregator()));
      json.put("network", add("network", flow.builder()));
      json.put("solver", add("solver", flow.computation().solver()));
    } else {
      Optional<Plugin> method =
          present.stream()
              .filter(part -> part.name().equals(name) || part.aliases().contains(name))
              .findFirst();
      if (method.isPresent()) {
        add("method", method.get());
      }
    }
    methods.put(row.id(), json);
  }

  private String add(String kind, Plugin part) throws IOException {
    Class<?> type = part.getClass();
    Map<String, Object> json = new TreeMap<>();
    json.put("class", type.getName());
    json.put("version", version(type));
    Path origin = origin(type);
    if (origin != null) {
      json.put("file", String.valueOf(origin.getFileName()));
      json.put("digest", digest(origin));
    }
    parts.put(kind + " " + part.name(), json);
    return part.name();
  }

  private static String version(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion())
        .or(
            () ->
                Optional.ofNullable(type.getModule().getDescriptor()).flatMap(d -> d.rawVersion()))
        .orElseGet(Provenance::programVersion);
  }

  /** The jar, or the folder of classes; null for what no file of this machine supplies. */
  private static @Nullable Path origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    try {
      return location == null || !location.getProtocol().equals("file")
          ? null
          : Path.of(location.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path holds " + location + ".", e);
    }
  }

  private String digest(Path origin) throws IOException {
    String known = digests.get(origin);
    if (known == null) {
      known = Files.isDirectory(origin) ? FolderDigest.of(origin) : Digest.of(origin);
      digests.put(origin, known);
    }
    return known;
  }
}
