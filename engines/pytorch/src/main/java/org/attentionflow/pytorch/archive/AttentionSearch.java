package org.attentionflow.pytorch.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.attentionflow.pytorch.archive.CodeFile.Function;
import org.attentionflow.pytorch.archive.CodeText.Span;
import org.attentionflow.pytorch.archive.FunctionCalls.Assignment;
import org.attentionflow.pytorch.archive.FunctionCalls.Call;
import org.attentionflow.pytorch.archive.ScoreOrigins.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Finds the attention in one function: what comes out of a softmax of scores, passes through
 * operations that leave it attention (dropout, casts, masks, other shapes), and is the left factor
 * of a product of matrices. What multiplies the values is the attention, wherever it came from.
 */
final class AttentionSearch {
  private static final Pattern PRODUCT = Pattern.compile("\\btorch\\.(matmul|bmm)\\(");
  private static final Pattern SOFTMAX =
      Pattern.compile("(?<![\\w.])(torch\\._?softmax|__torch__\\.(?:[\\w.]*\\.)?softmax)\\(");
  private static final Pattern FUSED =
      Pattern.compile(
          "torch\\.(_native_multi_head_attention|_transformer_encoder_layer_fwd|"
              + "_scaled_dot_product_\\w+|_flash_attention\\w*|_efficient_attention\\w*)\\(");
  private static final Pattern FUSABLE =
      Pattern.compile("\\btorch\\.scaled_dot_product_attention\\(");

  /** Functions whose result is attention if one of the first three arguments is. */
  private static final Set<String> PASSING =
      Set.of(
          FunctionCalls.BRACKETS,
          "annotate",
          "unchecked_cast",
          "torch.alias",
          "torch.clone",
          "torch.contiguous",
          "torch.dropout",
          "torch.dropout_",
          "torch.feature_dropout",
          "torch.masked_fill",
          "torch.mul",
          "torch.nan_to_num",
          "torch.reshape",
          "torch.to",
          "torch.type_as",
          "torch.view",
          "torch.where");

  /**
   * Attention that multiplies values.
   *
   * @param operand where it stands
   * @param axis of its softmax; −1 for the last, or if the code does not say
   * @param reason why it is taken for attention
   */
  record Site(Span operand, int axis, String reason) {}

  private final CodeText text;
  private final FunctionCalls calls;
  private final ScoreOrigins origins;
  private final Map<String, String> moduleAxes;

  /** The softmax that what a name stands for came out of. */
  private final Map<String, Call> attention = new HashMap<>();

  private final List<Site> found = new ArrayList<>();
  private final List<String> unclear = new ArrayList<>();

  /**
   * Searches a function.
   *
   * @param moduleAxes the axis of the softmax in modules whose classes are named so
   */
  AttentionSearch(CodeFile file, Function function, Map<String, String> moduleAxes) {
    this.text = file.text();
    this.calls = new FunctionCalls(file, function);
    this.origins = new ScoreOrigins(text, calls);
    this.moduleAxes = moduleAxes;
    for (Assignment assignment : calls.assignments()) {
      Call softmax = softmax(assignment.value());
      if (softmax != null) {
        attention.put(assignment.name(), softmax);
      }
    }
    Set<Integer> known = new HashSet<>();
    for (Call product : calls.calls(PRODUCT)) {
      List<Span> factors = calls.arguments(product);
      Call softmax = factors.isEmpty() ? null : softmax(factors.get(0));
      if (softmax != null) {
        known.add(softmax.open());
        judge(product, factors.get(0), softmax);
      }
    }
    collectOthers(known);
  }

  /** Where the attention stands that multiplies values. */
  List<Site> found() {
    return found;
  }

  /** Where attention is computed in one operation that can be replaced by its parts. */
  List<Site> fusable() {
    return calls.calls(FUSABLE).stream()
        .map(
            call -> new Site(new Span(call.open() + 1, call.open() + 1), -1, calls.at(call.open())))
        .toList();
  }

  /** What is partly like attention, and why it is not taken for it. */
  List<String> unclear() {
    return unclear;
  }

  /** The axis of the softmax in a module that is one; empty if the code does not say. */
  static String axisIn(CodeFile file, Function forward) {
    FunctionCalls calls = new FunctionCalls(file, forward);
    return calls.calls(SOFTMAX).stream()
        .findFirst()
        .map(call -> calls.argument(call, 1))
        .orElse("");
  }

  /** Takes what multiplies values for attention unless its softmax speaks against it. */
  private void judge(Call product, Span operand, Call softmax) {
    String axis = axis(softmax);
    Origin origin = calls.arguments(softmax).isEmpty() ? Origin.UNKNOWN : scores(softmax);
    if (axis.matches("-\\d+") && !axis.equals("-1")) {
      unclear.add(calls.at(softmax.open()) + " (it runs over axis " + axis + ", not the last)");
    } else if (origin == Origin.WEIGHTS || origin == Origin.NUMBERS) {
      unclear.add(calls.at(softmax.open()) + " (its scores are no product of queries and keys)");
    } else {
      int number = axis.matches("\\d{1,2}") ? Integer.parseInt(axis) : -1;
      found.add(new Site(operand, number, calls.at(product.open())));
    }
  }

  private Origin scores(Call softmax) {
    return origins.of(calls.arguments(softmax).get(0));
  }

  private void collectOthers(Set<Integer> known) {
    List<Call> softmaxes = new ArrayList<>(calls.calls(SOFTMAX));
    calls.methodCalls().stream().filter(AttentionSearch::isSoftmaxModule).forEach(softmaxes::add);
    for (Call softmax : softmaxes) {
      boolean isOther = !known.contains(softmax.open()) && !calls.isSoftmax();
      if (isOther && !calls.arguments(softmax).isEmpty()) {
        Origin origin = scores(softmax);
        if (origin == Origin.PRODUCT || origin == Origin.UNKNOWN) {
          unclear.add(calls.at(softmax.open()) + " (it multiplies no values)");
        }
      }
    }
    for (Call fused : calls.calls(FUSED)) {
      unclear.add(calls.at(fused.open()) + " (its attention is fused away)");
    }
  }

  private String axis(Call softmax) {
    return isSoftmaxModule(softmax)
        ? moduleAxes.getOrDefault(softmax.module(), "")
        : calls.argument(softmax, 1).replaceFirst("^dim=", "");
  }

  private static boolean isSoftmaxModule(Call call) {
    return call.module().endsWith("Softmax");
  }

  /** The softmax whose probabilities an expression is; null if it is something else. */
  private @Nullable Call softmax(Span expression) {
    Call call = calls.call(expression);
    if (call == null) {
      return attention.get(text.text(expression));
    }
    if (isSoftmaxModule(call) || SOFTMAX.matcher(call.name() + "(").matches()) {
      return call;
    }
    boolean isDropout = call.module().endsWith("Dropout");
    if (!isDropout && !PASSING.contains(call.name())) {
      return null;
    }
    for (Span argument : calls.arguments(call).stream().limit(isDropout ? 1 : 3).toList()) {
      Call softmax = softmax(argument);
      if (softmax != null) {
        return softmax;
      }
    }
    return null;
  }
}
