package org.attentionflow.evaluation.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2, and JSON with it, into a tree that knows its lines. */
final class YamlTree {
  private final String source;

  /** The nodes from the root to the one that is read: an alias to one of them would never end. */
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlTree(String source) {
    this.source = source;
  }

  /**
   * Reads one document.
   *
   * @param source what the text is called in messages
   * @throws UnusableInputException if it is not YAML or a key stands twice; one line with its line
   */
  static SettingNode read(String text, String source) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(source).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      return root.map(new YamlTree(source)::node)
          .orElseThrow(() -> new UnusableInputException(source + " is empty."));
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> " (line " + (mark.getLine() + 1) + ")").orElse("");
      throw new UnusableInputException(
          source + " is not YAML: " + oneLine(e.getProblem()) + line + ".", e);
    } catch (YamlEngineException e) {
      throw new UnusableInputException(
          source + " is not YAML: " + oneLine(String.valueOf(e.getMessage())) + ".", e);
    }
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip();
  }

  private SettingNode node(Node node) {
    if (!open.add(node)) {
      throw new UnusableInputException(
          source + ": an alias to what it stands in (line " + line(node) + ").");
    }
    SettingNode read = opened(node);
    open.remove(node);
    return read;
  }

  private SettingNode opened(Node node) {
    int line = line(node);
    if (node instanceof ScalarNode scalar) {
      return SettingNode.scalar(line, scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue());
    }
    if (node instanceof SequenceNode sequence) {
      List<SettingNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(node(item)));
      return new SettingNode(line, null, items, null);
    }
    if (node instanceof MappingNode mapping) {
      return new SettingNode(line, null, null, entries(mapping));
    }
    throw new UnusableInputException(source + ": unknown kind of node (line " + line + ").");
  }

  private Map<String, SettingNode> entries(MappingNode mapping) {
    Map<String, SettingNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new UnusableInputException(
            source + ": a key must be a word (line " + line(tuple.getKeyNode()) + ").");
      }
      if (entries.put(key.getValue(), node(tuple.getValueNode())) != null) {
        throw new UnusableInputException(
            source + ": " + key.getValue() + " stands twice (line " + line(key) + ").");
      }
    }
    return entries;
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
