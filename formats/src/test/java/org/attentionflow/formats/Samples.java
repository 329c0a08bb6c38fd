package org.attentionflow.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Prediction;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.provenance.Provenance;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** Explanations made by hand. */
public final class Samples {
  /** What a text must not be able to do: open markup, reorder, hide, break a line or a formula. */
  public static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "-->",
          "]]>",
          "</style>",
          "\"'&amp;",
          "\u202Eevil\u202C",
          "\u2066x\u2069",
          "\0\1\u001B[31m\u007F",
          "\r\n\t",
          "\u2028\u2029",
          "\uD800",
          "\uDC00x",
          "\uFFFE\uFEFF\u200B",
          "=1+1",
          "+1",
          "-1",
          "@SUM(A1)",
          "\\input{/etc/passwd}%$#_^~{}",
          "a,b\"c",
          "naïve 世界 👩‍👧 e\u0301");

  private static final Provenance PROVENANCE =
      new Provenance(
          "0.1.0",
          "Debian 17.0.15",
          "Linux amd64",
          Map.of("model.safetensors", "ab".repeat(32)),
          Map.of("method", "agf", "solver.mu", "1e-3", "note", "</script>"));

  private Samples() {}

  /** A certified explanation of a sentence of twelve words. */
  public static Explanation certified() {
    return flowing(FlowSolution.Outcome.CONVERGED);
  }

  /** The same sentence, but in the last layer only the first token attends. */
  public static Explanation classifier() {
    TokenSequence tokens = sentence();
    List<ArcBlock> blocks = new ArrayList<>(network(tokens.size(), 4, false).blocks());
    ArcBlock top = blocks.get(1);
    double[] values = top.capacity().values();
    Arrays.fill(values, tokens.size(), values.length, 0);
    FlowNetwork network = network(tokens.size(), 4, false);
    FlowNetwork changed =
        FlowNetwork.of(
            network.groups(), blocks, network.source(), network.sink(), network.tokenBlocks());
    return explanation(tokens, flow(changed, FlowSolution.Outcome.CONVERGED));
  }

  /** The same sentence, but the solver gave up. */
  public static Explanation unreliable() {
    return flowing(FlowSolution.Outcome.ITERATION_LIMIT);
  }

  /** The same sentence, but its second layer carries nothing. */
  public static Explanation noPath() {
    TokenSequence tokens = sentence();
    FlowNetwork network = network(tokens.size(), 3, true);
    return explanation(tokens, flow(network, FlowSolution.Outcome.CONVERGED));
  }

  /** Tokens that try to break every format, scored by a method without a flow. */
  public static Explanation hostile() {
    List<String> words = HOSTILE;
    StringBuilder text = new StringBuilder();
    List<Token> tokens = new ArrayList<>();
    for (String word : words) {
      int start = text.length();
      text.append(word).append(' ');
      tokens.add(
          new Token(tokens.size(), 100, word, start, start + word.length(), tokens.isEmpty()));
    }
    double[] scores = new double[tokens.size()];
    Arrays.setAll(scores, i -> i / 3.0);
    return new Explanation(
        new ModelDescription(
            "<b>model</b>\u202E", "bert", List.of("a&b", "c"), 1, 1, 1, 512, 1, Map.of()),
        "engine",
        TokenSequence.of(text.toString(), tokens),
        new Prediction("a&b", 0, 0.75, new double[] {0.75, 0.25}),
        new ResolvedTarget(0, 1),
        new Attribution("gradient", scores, null),
        PROVENANCE);
  }

  /** One result of every kind. */
  public static List<TextResult> results() {
    Explanation hostile = hostile();
    return List.of(
        result(0, certified()),
        result(1, noPath()),
        result(2, unreliable()),
        new TextResult(3, "too <long>", null, "612 tokens > 512, \"too\" long\u202E"),
        new TextResult(4, hostile.tokens().text(), hostile, null));
  }

  public static TextResult result(int index, Explanation explanation) {
    return new TextResult(index, explanation.tokens().text(), explanation, null);
  }

  /** A network of random capacities (seed 7), with one layer of zeros if asked for. */
  public static FlowNetwork network(int tokens, int layers, boolean blocked) {
    Random random = new Random(7);
    List<Matrix> stack = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      double[] values = new double[tokens * tokens];
      boolean isZero = blocked && layer == 1;
      double strength = layer + 1;
      Arrays.setAll(
          values, i -> isZero ? 0 : strength * 1e-3 * Math.exp(2.5 * random.nextGaussian()));
      stack.add(Matrix.of(tokens, tokens, values));
    }
    return new BackwardNetworkBuilder()
        .build(InformationTensor.of(stack), NetworkSettings.defaults());
  }

  public static Flow flow(FlowNetwork network, FlowSolution.Outcome outcome) {
    return new FlowComputation(
            new SpreadSolver(outcome), BarrierParameter.relative(1e-3), SolverSettings.defaults())
        .compute(network);
  }

  private static Explanation flowing(FlowSolution.Outcome outcome) {
    TokenSequence tokens = sentence();
    return explanation(tokens, flow(network(tokens.size(), 4, false), outcome));
  }

  private static Explanation explanation(TokenSequence tokens, Flow flow) {
    return new Explanation(
        new ModelDescription(
            "sst2-tiny", "bert", List.of("negative", "positive"), 4, 2, 64, 512, 1000, Map.of()),
        "pytorch",
        tokens,
        new Prediction("positive", 1, 0.9873, new double[] {0.0127, 0.9873}),
        new ResolvedTarget(1, ResolvedTarget.NONE),
        new Attribution("agf", flow.tokenOutflow().clone(), flow),
        PROVENANCE);
  }

  private static TokenSequence sentence() {
    String text = "although this dog is not cute, it is very smart.";
    List<String> pieces =
        List.of("although", "this", "dog", "is", "not", "cu", "##te", ",", "it", "is", "very");
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(0, 101, "[CLS]", 0, 0, true));
    int at = 0;
    for (String piece : pieces) {
      String bare = piece.replace("##", "");
      at = text.indexOf(bare, at);
      tokens.add(new Token(tokens.size(), 1, piece, at, at + bare.length(), false));
      at += bare.length();
    }
    tokens.add(new Token(tokens.size(), 2, "smart", 42, 47, false));
    tokens.add(new Token(tokens.size(), 3, ".", 47, 48, false));
    tokens.add(new Token(tokens.size(), 102, "[SEP]", 0, 0, true));
    return TokenSequence.of(text, tokens);
  }
}
