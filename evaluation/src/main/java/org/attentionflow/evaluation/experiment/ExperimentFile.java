package org.attentionflow.evaluation.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;

/** An experiment as YAML, or as JSON, which is YAML too, before it is checked. Not thread-safe. */
public final class ExperimentFile {
  private final String source;
  private final Path folder;
  private String text;
  private final SettingNode root;

  private ExperimentFile(String source, Path folder, String text) {
    this.source = source;
    this.folder = folder;
    this.text = text;
    root = YamlTree.read(text, source);
    if (root.entries() == null) {
      throw new UnusableInputException(source + " must be a map of sections.");
    }
  }

  /**
   * Reads a file; its paths are relative to its folder.
   *
   * @throws UnusableInputException if it cannot be read or is not YAML
   */
  public static ExperimentFile read(Path file) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Path parent = file.toAbsolutePath().getParent();
      return new ExperimentFile(
          String.valueOf(file.getFileName()),
          parent == null ? Path.of("") : parent,
          new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UnusableInputException("The experiment " + file + " does not exist.", e);
    }
  }

  /** Takes a text as an experiment whose paths are relative to a folder. */
  public static ExperimentFile of(String text, String source, Path folder) {
    return new ExperimentFile(source, folder, text);
  }

  /** Keeps another text as the file that was given, from which this one was resolved. */
  public ExperimentFile givenAs(String given) {
    text = given;
    return this;
  }

  /**
   * Sets a key as {@code --set} does, in place of what the file says.
   *
   * @param key the key with dots between sections
   * @param value what would stand in a file
   * @throws UnusableInputException if the value is not YAML; the key is checked by {@link #resolve}
   */
  public ExperimentFile set(String key, String value) {
    boolean isText =
        ExperimentKey.find(key).map(known -> known.kind() == ValueKind.TEXT).orElse(true)
            && !key.equals("methods")
            && !key.equals("expect");
    put(key, isText ? SettingNode.scalar(0, value) : YamlTree.read(value, "--set " + key));
    return this;
  }

  /**
   * Varies the methods by a grid, as {@code ablate} does, in place of what the file says. What the
   * file expects of its methods is not expected of their variants.
   */
  public ExperimentFile sweep(String grid, boolean oneAtATime) {
    Map<String, SettingNode> over = new LinkedHashMap<>();
    Sweep.parse(grid)
        .forEach(
            (key, values) ->
                over.put(
                    key,
                    new SettingNode(
                        0,
                        null,
                        values.stream().map(v -> SettingNode.scalar(0, v)).toList(),
                        null)));
    entries(root).remove("expect");
    put("sweep.over", new SettingNode(0, null, null, over));
    return set("sweep.mode", oneAtATime ? "one-at-a-time" : "grid");
  }

  /**
   * Checks every key and value and adds the defaults.
   *
   * @throws UnusableInputException at the first key or value that cannot be used; one line with its
   *     line in the file and the nearest key
   */
  public Experiment resolve() {
    Experiment experiment = resolveForReading();
    experiment.check();
    return experiment;
  }

  /**
   * The same for reading results: what is only needed to run again may be missing, such as where
   * the data lie.
   */
  public Experiment resolveForReading() {
    return new ExperimentReader(source).read(root, folder, text);
  }

  private void put(String key, SettingNode value) {
    Map<String, SettingNode> at = entries(root);
    String rest = key;
    for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      String section = rest.substring(0, dot);
      SettingNode next = at.get(section);
      if (next == null || next.entries() == null) {
        next = new SettingNode(0, null, null, new LinkedHashMap<>());
        at.put(section, next);
      }
      at = entries(next);
      rest = rest.substring(dot + 1);
    }
    at.put(rest, value);
  }

  private static Map<String, SettingNode> entries(SettingNode node) {
    return node.entries() == null ? new LinkedHashMap<>() : node.entries();
  }
}
