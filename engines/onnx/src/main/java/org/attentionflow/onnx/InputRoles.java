package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Value;

/**
 * The inputs of a graph by what they are for, in whatever order they stand and whichever of them
 * there are.
 */
final class InputRoles {
  private static final int RANK = 2;

  private final Map<InputRole, Value> inputs;

  private InputRoles(Map<InputRole, Value> inputs) {
    this.inputs = inputs;
  }

  /**
   * Finds out which input is which.
   *
   * @throws UnusableInputException if one is unknown, or there are no token ids
   */
  static InputRoles of(Graph graph) {
    Map<InputRole, Value> roles = new EnumMap<>(InputRole.class);
    List<String> unknown = new ArrayList<>();
    for (ValueInfoProto input : graph.inputs()) {
      Optional<InputRole> role = InputRole.of(input.getName());
      Value value = graph.value(input.getName());
      if (role.isEmpty() || roles.putIfAbsent(role.get(), value) != null) {
        unknown.add(value.toString());
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnusableInputException(
          ("The graph has inputs of unknown use: " + String.join(", ", unknown) + ".")
              + " Known are input_ids, attention_mask, token_type_ids and position_ids.");
    }
    if (!roles.containsKey(InputRole.IDS)) {
      throw new UnusableInputException(
          "The graph has no input for token ids, such as input_ids. Maybe it is no text model.");
    }
    for (Value value : roles.values()) {
      if (value.rank() != RANK) {
        throw new UnusableInputException(
            "The input " + value + " does not have the shape [batch, token].");
      }
    }
    return new InputRoles(roles);
  }

  /** The input with a role, if the graph has one. */
  Optional<Value> find(InputRole role) {
    return Optional.ofNullable(inputs.get(role));
  }

  /** The token ids. */
  Value ids() {
    return find(InputRole.IDS).orElseThrow();
  }

  /** All inputs by role. */
  Map<InputRole, Value> all() {
    return inputs;
  }
}
