package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** The number of attention heads of a graph that does not say, and has no configuration. */
final class HeadCount {
  private HeadCount() {}

  /** Runs the graph on two tokens and looks at the attention of the first layer. */
  static int byTrial(Classifier classifier) {
    LoadedGraph graph =
        LoadedGraph.of(
            classifier, new Instruments(true, false, false, false), GradientRules.of(List.of()), 1);
    InputLimits limits =
        new InputLimits(InputLimits.UNKNOWN, 0, InputLimits.UNKNOWN, InputLimits.PLAIN_POSITIONS);
    TokenSequence input =
        TokenSequence.of(
            "", List.of(new Token(0, 0, "", 0, 0, false), new Token(1, 0, "", 0, 0, false)));
    long fixed = classifier.roles().ids().shape().orElseThrow().number(1);
    int width = (int) Math.max(fixed, input.size());
    PaddedBatch batch =
        new PaddedBatch(new PaddedInputs(List.of(input), new BitSet(), limits, 0, 1, width));
    String name = graph.model().outputs().getOrDefault(Kind.ATTENTION, List.of()).get(0);
    Map<String, OnnxTensor> feed = new HashMap<>();
    try (OrtSession session = graph.session()) {
      batch.addTo(feed, classifier.roles());
      try (OrtSession.Result result = session.run(feed, Set.of(name))) {
        OnnxTensor attention = (OnnxTensor) result.get(name).orElseThrow();
        // [batch, head, query, key] or [batch · head, query, key] with one input.
        long[] shape = attention.getInfo().getShape();
        return (int) shape[shape.length - 3];
      }
    } catch (OrtException failure) {
      throw NativeRuntime.failure("ONNX Runtime cannot run the model", failure);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }
}
