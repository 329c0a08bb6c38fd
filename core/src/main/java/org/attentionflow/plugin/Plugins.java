package org.attentionflow.plugin;

import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.attentionflow.failure.UnusableInputException;

/**
 * The plug-ins of one kind that are present, by name. Lookup never depends on the order of the
 * class path: two providers of one name are an error that names both of their jars.
 *
 * @param <P> the interface of the plug-ins
 */
public final class Plugins<P extends Plugin> {
  private final Class<P> type;
  private final List<P> present;
  private final Map<String, P> byName;

  private Plugins(Class<P> type, List<P> present) {
    this.type = type;
    this.present = List.copyOf(present);
    this.byName = index(type, present);
  }

  /**
   * Finds the providers of a plug-in interface with the class loader that loaded it.
   *
   * @throws UnusableInputException if a provider cannot be loaded or a name is taken twice
   */
  public static <P extends Plugin> Plugins<P> load(Class<P> type) {
    // Core's module-info declares `uses` for each of its SPIs; other modules call of(...).
    return of(type, ServiceLoader.load(type, type.getClassLoader()));
  }

  /**
   * Makes a lookup over the given parts, for example over a service loader of the caller's module.
   *
   * @throws UnusableInputException if a provider cannot be loaded or a name is taken twice
   */
  public static <P extends Plugin> Plugins<P> of(Class<P> type, Iterable<P> parts) {
    List<P> present = new ArrayList<>();
    try {
      parts.forEach(present::add);
    } catch (ServiceConfigurationError e) {
      throw new UnusableInputException(
          "A " + kind(type) + " cannot be loaded: " + e.getMessage() + ".", e);
    }
    present.sort(Comparator.comparing(Plugin::name));
    return new Plugins<>(type, present);
  }

  /** The parts present, sorted by name. */
  public List<P> all() {
    return present;
  }

  /** Whether a part of this name or alias is present. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * The part with this name or alias.
   *
   * @throws UnusableInputException if there is none; the message names those present, nearest
   *     first, and the artifact that supplies the missing one where that is known
   */
  public P get(String name) {
    P part = byName.get(name);
    if (part != null) {
      return part;
    }
    List<String> names = present.stream().map(Plugin::name).toList();
    StringBuilder message = new StringBuilder();
    message.append("There is no ").append(kind(type)).append(" named '").append(name).append("'. ");
    message.append("Present: ");
    message.append(names.isEmpty() ? "none" : String.join(", ", Nearest.sort(name, names)));
    message.append('.');
    artifactOf(type, name)
        .ifPresentOrElse(
            artifact -> message.append(" Maybe add the artifact ").append(artifact).append('.'),
            () ->
                Nearest.find(name, byName.keySet())
                    .ifPresent(near -> message.append(" Did you mean ").append(near).append('?')));
    throw new UnusableInputException(message.toString());
  }

  /**
   * The artifact that supplies a part of this name, where that is known: {@code group:artifact}.
   */
  public static Optional<String> artifactOf(Class<? extends Plugin> type, String name) {
    return KnownPlugins.artifactOf(type.getSimpleName(), name);
  }

  private static <P extends Plugin> Map<String, P> index(Class<P> type, List<P> present) {
    Map<String, P> byName = new LinkedHashMap<>();
    for (P part : present) {
      List<String> names = new ArrayList<>(List.of(part.name()));
      names.addAll(part.aliases());
      for (String name : names) {
        P other = byName.putIfAbsent(name, part);
        if (other != null) {
          throw new UnusableInputException(
              "Two "
                  + kind(type)
                  + "s are named '"
                  + name
                  + "': "
                  + origin(other)
                  + " and "
                  + origin(part)
                  + ". Maybe remove one of the two jars.");
        }
      }
    }
    return byName;
  }

  private static String origin(Object part) {
    CodeSource source = part.getClass().getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return part.getClass().getName() + (location == null ? "" : " in " + location.getPath());
  }

  /** FlowSolver becomes "flow solver". */
  private static String kind(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
