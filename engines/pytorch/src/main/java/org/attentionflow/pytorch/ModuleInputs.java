package org.attentionflow.pytorch;

import java.util.List;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.InputRole;

/** What the inputs of a TorchScript module are, told by their names. */
final class ModuleInputs {
  private ModuleInputs() {}

  /**
   * The roles of a module's inputs. A single input is the ids whatever its name.
   *
   * @throws UnusableInputException if a name tells no role, or the ids are missing
   */
  static List<InputRole> roles(String archive, List<String> inputs) {
    if (inputs.size() == 1) {
      return List.of(InputRole.IDS);
    }
    List<InputRole> roles = inputs.stream().map(name -> role(archive, inputs, name)).toList();
    if (!roles.contains(InputRole.IDS) || Set.copyOf(roles).size() < roles.size()) {
      throw unclear(archive, inputs, "not one of them alone is the token ids");
    }
    return roles;
  }

  private static InputRole role(String archive, List<String> inputs, String name) {
    return InputRole.of(name)
        .orElseThrow(() -> unclear(archive, inputs, "what " + name + " is cannot be told"));
  }

  private static UnusableInputException unclear(String archive, List<String> inputs, String why) {
    return new UnusableInputException(
        ("The TorchScript archive " + archive + " has the inputs " + String.join(", ", inputs))
            + ("; " + why + ". Maybe name them input_ids, attention_mask, token_type_ids and")
            + " position_ids in the forward method that is traced.");
  }
}
