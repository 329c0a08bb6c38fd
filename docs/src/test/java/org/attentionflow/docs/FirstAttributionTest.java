package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.attentionflow.AttentionFlow;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.FlowAttributor;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.barrier.BarrierFlowSolver;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionGradientAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.Token;
import org.attentionflow.token.Word;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the tutorial, in its order, and that of the README. */
class FirstAttributionTest {
  @TempDir static Path model;

  @BeforeAll
  static void copyModel() throws IOException {
    BuiltInModel.copyTo(model);
  }

  @Test
  void explainsAText() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    explainText(out);
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("smart"));
  }

  private static void explainText(PrintStream out) {
    // snippet: explain
    try (Explainer explainer = AttentionFlow.load(model)) {
      Explanation explanation =
          explainer.explain("although this dog is not cute, it is very smart.");
      List<Word> words = explanation.tokens().words();
      double[] scores =
          Attribution.wordScores(explanation.tokens(), explanation.attribution().scores());
      for (int i = 0; i < scores.length; i++) {
        out.println(words.get(i).text() + " " + scores[i]);
      }
    }
    // end
  }

  @Test
  void explainsInTenLines() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    explainInTenLines(out);
    assertTrue(printed.toString(StandardCharsets.UTF_8).startsWith("[CLS] "));
  }

  private static void explainInTenLines(PrintStream out) {
    // snippet: ten-lines
    Settings settings = Settings.defaults().with("method", "agf").with("solver.mu", "1e-3");
    try (Explainer explainer = AttentionFlow.load(model, settings)) {
      Explanation explanation = explainer.explain("a text whose prediction is to be explained");
      if (explanation.isReliable()) {
        double[] scores = explanation.attribution().scores();
        for (Token token : explanation.tokens().tokens()) {
          out.println(token.text() + " " + scores[token.index()]);
        }
      }
    }
    // end
  }

  @Test
  void takesSettings() {
    // snippet: settings
    Settings settings =
        Settings.defaults()
            .with("method", "agf")
            .with("contrast", "positive/negative")
            .with("solver.mu", "1e-4");
    try (Explainer explainer = AttentionFlow.load(model, settings)) {
      Explanation explanation = explainer.explain("this film is not dull");
      // end
      assertEquals("positive/negative", explanation.targetLabel());
      assertEquals(
          1e-4, explanation.attribution().flowResult().orElseThrow().relativeBarrierParameter());
    }
  }

  @Test
  void tellsWhetherScoresCanBeRead() {
    try (Explainer explainer = AttentionFlow.load(model)) {
      Explanation explanation = explainer.explain("this film is not dull");
      assertTrue(reading(explanation).startsWith("flow "), reading(explanation));
    }
  }

  private static String reading(Explanation explanation) {
    // snippet: status
    Flow flow = explanation.attribution().flowResult().orElseThrow();
    return switch (flow.status()) {
      case CERTIFIED -> "flow " + flow.value() + ", cut " + flow.certificate().cut().capacity();
      case NO_PATH -> "all scores are zero: " + flow.detail();
      case ITERATION_LIMIT, NUMERICAL_TROUBLE -> "not an attribution: " + flow.detail();
    };
    // end
  }

  @Test
  void explainsManyTexts() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try (Explainer explainer = AttentionFlow.load(model)) {
      explainMany(explainer, List.of("a witty film", "a dull film"), out);
    }
    assertEquals(2, printed.toString(StandardCharsets.UTF_8).lines().count());
  }

  private static void explainMany(Explainer explainer, List<String> texts, PrintStream out) {
    // snippet: explain-all
    explainer.explainAll(
        texts,
        result -> {
          Explanation explanation = result.explanation();
          if (explanation == null) {
            out.println(result.index() + ": " + result.failure());
          } else {
            out.println(result.index() + ": " + explanation.prediction().label());
          }
        });
    // end
  }

  @Test
  void needsNoModel() {
    int layerCount = 3;
    int headCount = 2;
    int tokenCount = 5;
    float[][] attention = new float[layerCount][headCount * tokenCount * tokenCount];
    float[][] gradient = new float[layerCount][headCount * tokenCount * tokenCount];
    Random random = new Random(7);
    for (int layer = 0; layer < layerCount; layer++) {
      for (int i = 0; i < attention[layer].length; i++) {
        attention[layer][i] = 1f / tokenCount;
        gradient[layer][i] = (float) random.nextGaussian();
      }
    }

    // snippet: tensors
    // attention[layer] and gradient[layer] hold [head][query][key], row after row.
    AttentionLayer[] layers = new AttentionLayer[layerCount];
    for (int layer = 0; layer < layerCount; layer++) {
      layers[layer] =
          AttentionLayer.of(
              FloatTensor.of(attention[layer], headCount, tokenCount, tokenCount),
              FloatTensor.of(gradient[layer], headCount, tokenCount, tokenCount));
    }
    FlowAttributor attributor =
        FlowAttributor.of("agf", new AttentionGradientAggregator(), MethodSettings.defaults());
    InformationTensor information = attributor.aggregation().apply(List.of(layers));
    Attribution attribution = attributor.attribute(information);
    double[] scores = attribution.scores();
    // end

    double value = attribution.flowResult().orElseThrow().value();
    assertEquals(value, Arrays.stream(scores).sum(), 1e-12 * value, "efficiency");

    // snippet: stages
    Aggregation aggregation =
        new Aggregation(
            new AttentionGradientAggregator(), HeadReduction.MEAN, ResidualConnection.NONE);
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(aggregation.apply(List.of(layers)), NetworkSettings.defaults());
    FlowComputation computation =
        new FlowComputation(
            new BarrierFlowSolver(), BarrierParameter.relative(1e-3), SolverSettings.defaults());
    Flow flow = computation.compute(network);
    double[] tokenOutflow = flow.tokenOutflow();
    // end

    assertEquals(SolveStatus.CERTIFIED, flow.status(), flow.detail());
    assertArrayEquals(scores, tokenOutflow, 0, "both ways are the same computation");
  }
}
