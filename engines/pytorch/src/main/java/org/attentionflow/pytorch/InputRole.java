package org.attentionflow.pytorch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;

/** What an input of a TorchScript module is, told by its name. */
enum InputRole {
  /** The token ids; 0 where an input has ended. */
  IDS(Set.of("input_ids", "ids", "input", "inputs", "tokens", "token_ids", "x")) {
    @Override
    long value(TokenSequence input, int at) {
      return at < input.size() ? input.tokens().get(at).id() : 0;
    }
  },
  /** 1 for a token, 0 where an input has ended. */
  ATTENTION_MASK(Set.of("attention_mask", "mask", "att_mask", "attn_mask", "att", "input_mask")) {
    @Override
    long value(TokenSequence input, int at) {
      return at < input.size() ? 1 : 0;
    }
  },
  /** The segment of each token. */
  SEGMENTS(
      Set.of(
          "token_type_ids", "token_types", "segment_ids", "segments", "types", "type_ids", "tt")) {
    @Override
    long value(TokenSequence input, int at) {
      return at < input.size() ? input.segments().get(at) : 0;
    }
  },
  /** 0, 1, 2, … */
  POSITIONS(Set.of("position_ids", "positions")) {
    @Override
    long value(TokenSequence input, int at) {
      return at < input.size() ? at : 0;
    }
  };

  private final Set<String> names;

  InputRole(Set<String> names) {
    this.names = names;
  }

  /** The value at a place of an input, or behind its end. */
  abstract long value(TokenSequence input, int at);

  /** The values of a batch, filled up to a width. */
  long[] values(List<TokenSequence> batch, int width) {
    long[] values = new long[batch.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(batch.get(i / width), i % width);
    }
    return values;
  }

  /**
   * The roles of a module's inputs. A single input is the ids whatever its name.
   *
   * @throws UnusableInputException if a name tells no role, or the ids are missing
   */
  static List<InputRole> of(String archive, List<String> inputs) {
    if (inputs.size() == 1) {
      return List.of(IDS);
    }
    List<InputRole> roles = inputs.stream().map(name -> of(archive, inputs, name)).toList();
    if (!roles.contains(IDS) || Set.copyOf(roles).size() < roles.size()) {
      throw unclear(archive, inputs, "not one of them alone is the token ids");
    }
    return roles;
  }

  private static InputRole of(String archive, List<String> inputs, String name) {
    // PyTorch adds numbers to names that occur twice.
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\d+$", "");
    for (InputRole role : values()) {
      if (role.names.contains(plain)) {
        return role;
      }
    }
    throw unclear(archive, inputs, "what " + name + " is cannot be told");
  }

  private static UnusableInputException unclear(String archive, List<String> inputs, String why) {
    return new UnusableInputException(
        ("The TorchScript archive " + archive + " has the inputs " + String.join(", ", inputs))
            + ("; " + why + ". Maybe name them input_ids, attention_mask, token_type_ids and")
            + " position_ids in the forward method that is traced.");
  }
}
