package org.attentionflow.pytorch.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.pytorch.archive.CodeText.Span;
import org.attentionflow.pytorch.archive.FunctionCalls.Assignment;
import org.attentionflow.pytorch.archive.FunctionCalls.Call;

/**
 * Tells of the expressions of a function whether they are scores of attention, products of queries
 * and keys that were scaled, masked or moved.
 */
final class ScoreOrigins {
  /** Where the numbers of an expression come from. */
  enum Origin {
    /** From a product of tensors. */
    PRODUCT,
    /** From weights: what a linear layer makes of one tensor. */
    WEIGHTS,
    /** From numbers that stand in the code or among its constants. */
    NUMBERS,
    /** From outside of the function, or from something that is not known here. */
    UNKNOWN
  }

  private static final Set<String> PRODUCTS =
      Set.of("torch.matmul", "torch.bmm", "torch.baddbmm", "torch.einsum");

  private static final Set<String> LAYERS =
      Set.of("torch.linear", "torch.addmm", "torch._convolution", "torch.layer_norm");

  /** Functions whose result is as much a score as their arguments are. */
  private static final Set<String> PASSING =
      Set.of(
          FunctionCalls.BRACKETS,
          "annotate",
          "unchecked_cast",
          "torch.add",
          "torch.add_",
          "torch.alias",
          "torch.clamp",
          "torch.clone",
          "torch.contiguous",
          "torch.div",
          "torch.div_",
          "torch.dropout",
          "torch.expand",
          "torch.masked_fill",
          "torch.masked_fill_",
          "torch.max",
          "torch.maximum",
          "torch.mul",
          "torch.mul_",
          "torch.nan_to_num",
          "torch.permute",
          "torch.reshape",
          "torch.slice",
          "torch.squeeze",
          "torch.sub",
          "torch.tanh",
          "torch.to",
          "torch.transpose",
          "torch.type_as",
          "torch.unsqueeze",
          "torch.view",
          "torch.where");

  private final CodeText text;
  private final FunctionCalls calls;
  private final Map<String, Origin> names = new HashMap<>();

  ScoreOrigins(CodeText text, FunctionCalls calls) {
    this.text = text;
    this.calls = calls;
    for (Assignment assignment : calls.assignments()) {
      names.put(assignment.name(), of(assignment.value()));
    }
  }

  /** The origin of an expression. */
  Origin of(Span expression) {
    Call call = calls.call(expression);
    if (call == null) {
      return ofName(text.text(expression));
    }
    List<Span> arguments = calls.arguments(call);
    if (call.module().endsWith("Linear") || LAYERS.contains(call.name())) {
      boolean mixesScores = !arguments.isEmpty() && of(arguments.get(0)) == Origin.PRODUCT;
      return mixesScores ? Origin.PRODUCT : Origin.WEIGHTS;
    }
    if (PRODUCTS.contains(call.name())) {
      // What torch.t transposes is one matrix for all inputs: weights.
      boolean isLayer = calls.argument(call, 1).startsWith("torch.t(");
      return isLayer ? Origin.WEIGHTS : Origin.PRODUCT;
    }
    if (PASSING.contains(call.name()) || call.module().endsWith("Dropout")) {
      return ofAll(arguments);
    }
    return Origin.UNKNOWN;
  }

  /** A product if one of them is; otherwise that of the first that is not a number. */
  private Origin ofAll(List<Span> arguments) {
    Origin first = Origin.NUMBERS;
    for (Span argument : arguments) {
      Origin origin = of(argument);
      if (origin == Origin.PRODUCT) {
        return origin;
      }
      if (first == Origin.NUMBERS) {
        first = origin;
      }
    }
    return first;
  }

  private Origin ofName(String code) {
    if (code.startsWith("self.")) {
      return Origin.WEIGHTS;
    }
    boolean isNumber =
        code.isEmpty() || !Character.isLetter(code.charAt(0)) && code.charAt(0) != '_';
    if (isNumber || code.startsWith("CONSTANTS.") || code.matches("None|True|False")) {
      return Origin.NUMBERS;
    }
    return names.getOrDefault(code, Origin.UNKNOWN);
  }
}
