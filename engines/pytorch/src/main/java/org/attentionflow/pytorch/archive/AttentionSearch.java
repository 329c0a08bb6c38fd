package org.attentionflow.pytorch.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.pytorch.archive.CodeFile.Function;
import org.attentionflow.pytorch.archive.CodeText.Span;

/**
 * Finds the attention in one function: what comes out of a softmax, passes through operations that
 * leave it attention (dropout, casts, masks, other shapes), and is the left factor of a product of
 * matrices. What multiplies the values is the attention, wherever it came from.
 */
final class AttentionSearch {
  private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^ *(\\w+) = (.+)$");
  private static final Pattern PRODUCT = Pattern.compile("\\btorch\\.(matmul|bmm)\\(");
  private static final Pattern SOFTMAX =
      Pattern.compile("(torch\\._?softmax|__torch__\\.[\\w.]*\\.softmax)\\(");
  private static final Pattern FUSED =
      Pattern.compile(
          "torch\\.(_native_multi_head_attention|_transformer_encoder_layer_fwd|"
              + "_scaled_dot_product_\\w+|_flash_attention\\w*|_efficient_attention\\w*)\\(");
  private static final Pattern FUSABLE =
      Pattern.compile("\\btorch\\.scaled_dot_product_attention\\(");

  /** Functions whose result is attention if one of the first three arguments is. */
  private static final Set<String> PASSING =
      Set.of(
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

  private final CodeFile file;
  private final Function function;
  private final CodeText text;
  private final Set<String> attention = new HashSet<>();
  private final Map<String, String> modules = new HashMap<>();

  AttentionSearch(CodeFile file, Function function) {
    this.file = file;
    this.function = function;
    this.text = file.text();
    Matcher assignment = ASSIGNMENT.matcher(text.text());
    assignment.region(function.body().from(), function.body().to());
    while (assignment.find()) {
      Span value = text.trimmed(assignment.start(2), assignment.end(2));
      String name = assignment.group(1);
      if (isAttention(value)) {
        attention.add(name);
      }
      String path = text.text(value);
      if (path.startsWith("self.")) {
        modules.put(name, function.attributes().getOrDefault(path.substring(5), ""));
      }
    }
  }

  /** Where the attention stands that multiplies values. */
  List<Span> found() {
    List<Span> operands = new ArrayList<>();
    matches(PRODUCT)
        .forEach(
            open -> {
              List<Span> factors = text.parts(open);
              if (!factors.isEmpty() && isAttention(factors.get(0))) {
                operands.add(factors.get(0));
              }
            });
    return operands;
  }

  /** Where attention is computed in one operation that can be replaced by its parts. */
  List<Integer> fusable() {
    return matches(FUSABLE);
  }

  /** What looks like attention but cannot be taken hold of, for a message. */
  List<String> unclear() {
    List<String> places = new ArrayList<>();
    for (Pattern pattern : List.of(SOFTMAX, FUSED)) {
      for (int open : matches(pattern)) {
        int line = text.text().lastIndexOf('\n', open) + 1;
        int end = text.text().indexOf('\n', open);
        String statement = file.original().substring(line, end < 0 ? open : end).strip();
        places.add(where() + ": " + statement);
      }
    }
    return places;
  }

  private String where() {
    String owner = String.valueOf(function.owner());
    String shortName = owner.substring(owner.lastIndexOf('.') + 1);
    return (function.isMethod() ? shortName + "." : "") + function.name();
  }

  /** Where the brackets of the calls open that a pattern finds. */
  private List<Integer> matches(Pattern pattern) {
    List<Integer> places = new ArrayList<>();
    Matcher matcher = pattern.matcher(text.text());
    matcher.region(function.body().from(), function.body().to());
    while (matcher.find()) {
      places.add(matcher.end() - 1);
    }
    return places;
  }

  private boolean isAttention(Span expression) {
    String code = text.text(expression);
    int open = code.indexOf('(');
    if (open < 0) {
      return attention.contains(code);
    }
    int bracket = expression.from() + open;
    if (open == 0) {
      return isAttentionMethod(expression, bracket);
    }
    boolean isCall = text.partner(bracket) == expression.to() - 1;
    if (!isCall) {
      return false;
    }
    if (SOFTMAX.matcher(code).lookingAt()) {
      return true;
    }
    return PASSING.contains(code.substring(0, open))
        && text.parts(bracket).stream().limit(3).anyMatch(this::isAttention);
  }

  /** (module).forward(argument, ): a softmax or a dropout that is a module. */
  private boolean isAttentionMethod(Span expression, int receiver) {
    int behind = text.partner(receiver) + 1;
    int open = text.text().indexOf('(', behind);
    if (open < 0 || open >= expression.to()) {
      return behind == expression.to() && isAttention(text.trimmed(receiver + 1, behind - 1));
    }
    String module = text.text(text.trimmed(receiver + 1, behind - 1));
    String type =
        module.startsWith("self.")
            ? function.attributes().getOrDefault(module.substring(5), "")
            : modules.getOrDefault(module, "");
    if (type.endsWith("Softmax")) {
      return true;
    }
    return type.endsWith("Dropout")
        && text.parts(open).stream().limit(1).anyMatch(this::isAttention);
  }
}
