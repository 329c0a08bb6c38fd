package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.attentionflow.plugin.Plugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every plug-in owes: a name in the right form, a summary of one sentence, and a registration
 * by which the service loader finds it on the class path and on the module path. The contracts of
 * the single interfaces extend this one.
 *
 * @param <P> the interface of the plug-in
 */
public abstract class PluginContract<P extends Plugin> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Class<P> type;

  /** Takes the interface that the plug-in is registered under. */
  protected PluginContract(Class<P> type) {
    this.type = type;
  }

  /** A new instance of the plug-in. */
  protected abstract P plugin();

  /** Whether the plug-in is registered with the service loader; a fixture of a test is not. */
  protected boolean isRegistered() {
    return true;
  }

  @Test
  void namesAreLowerCaseWordsWithHyphens() {
    Set<String> names = new HashSet<>();
    List<String> all = new ArrayList<>(List.of(plugin().name()));
    all.addAll(plugin().aliases());
    for (String name : all) {
      assertTrue(NAME.matcher(name).matches(), "The name '" + name + "' has the wrong form.");
      assertTrue(names.add(name), "The name '" + name + "' is given twice.");
    }
  }

  @Test
  void summaryIsOneSentence() {
    String summary = plugin().summary();
    assertEquals(summary.strip(), summary, "no white space around the summary");
    assertTrue(summary.endsWith("."), "the summary ends with a full stop: " + summary);
    assertFalse(summary.contains("\n"), "the summary is one line: " + summary);
    assertFalse(
        Pattern.compile("[.!?]\\s+\\p{Lu}").matcher(summary).find(),
        "the summary is one sentence: " + summary);
  }

  @Test
  void sourceIsOneLine() {
    assertFalse(plugin().source().contains("\n"), plugin().source());
  }

  @Test
  void serviceLoaderFindsItOnce() {
    assumeTrue(isRegistered(), "a fixture is not registered");
    Class<?> provider = plugin().getClass();
    long found =
        ServiceLoader.load(type, provider.getClassLoader()).stream()
            .filter(candidate -> candidate.type() == provider)
            .count();
    assertEquals(1, found, provider.getName() + " in META-INF/services/" + type.getName());
  }

  /** Class path and module path must offer the same providers. */
  @Test
  void moduleInfoNamesTheProvidersOfMetaInf() throws IOException {
    assumeTrue(isRegistered(), "a fixture is not registered");
    String location = location(plugin().getClass());
    URL moduleInfo = resource(location, "module-info.class");
    assumeTrue(moduleInfo != null, "not a named module");
    Set<String> provided = new TreeSet<>();
    try (InputStream stream = moduleInfo.openStream()) {
      ModuleDescriptor.read(stream).provides().stream()
          .filter(provides -> provides.service().equals(type.getName()))
          .forEach(provides -> provided.addAll(provides.providers()));
    }
    assertEquals(
        registered(location), provided, "module-info and META-INF/services of " + location);
  }

  private Set<String> registered(String location) throws IOException {
    Set<String> names = new TreeSet<>();
    URL file = resource(location, "META-INF/services/" + type.getName());
    assertTrue(file != null, "META-INF/services/" + type.getName() + " in " + location);
    try (InputStream stream = file.openStream()) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(names::add);
    }
    return names;
  }

  /** The resource of a name that comes from the same jar or folder, or null. */
  private static @Nullable URL resource(String location, String name) throws IOException {
    return PluginContract.class
        .getClassLoader()
        .resources(name)
        .filter(url -> url.toString().contains(location))
        .findFirst()
        .orElse(null);
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
