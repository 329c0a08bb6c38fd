package org.attentionflow.tensorflow;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.TrialInput;
import org.attentionflow.token.TokenSequence;

/**
 * The numbers of heads and classes of a graph. They are the graph's own, never those of its
 * configuration: what the inferred shapes leave open comes from a run on two tokens.
 *
 * @param headCount the number of heads of the first layer
 * @param classCount the number of logits
 */
record GraphSizes(int headCount, int classCount) {
  /**
   * Finds out.
   *
   * @param limits how positions are counted
   * @throws UnusableInputException if layers have other heads than the configuration names
   */
  static GraphSizes of(NativeGraph graph, ModelConfig config, InputLimits limits) {
    TensorShapes shapes = graph.shapes();
    List<OptionalInt> heads =
        graph.attention().stream().map(layer -> known(shapes, layer, 4)).toList();
    OptionalInt classes = known(shapes, TensorName.of(CotangentNodes.LOGITS), 2);
    GraphSizes sizes =
        heads.get(0).isPresent() && classes.isPresent()
            ? new GraphSizes(heads.get(0).getAsInt(), classes.getAsInt())
            : byTrial(graph, limits);
    config.checkHeads(sizes.headCount(), "graph");
    heads.forEach(count -> count.ifPresent(known -> config.checkHeads(known, "graph")));
    return sizes;
  }

  /** The size of the second axis of a tensor of so many axes. */
  private static OptionalInt known(TensorShapes shapes, TensorName tensor, int rank) {
    int size = shapes.rank(tensor) == rank ? shapes.size(tensor, 1) : TensorShapes.UNKNOWN;
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }

  private static GraphSizes byTrial(NativeGraph graph, InputLimits limits) {
    GraphSignature signature = graph.plan().signature();
    TokenSequence few = TrialInput.of(signature.tokenCount(), signature.batchSize());
    CaptureRequest request = new CaptureRequest(Target.predicted(), Set.of(Quantity.ATTENTION));
    InputRun<AttentionLayer> run =
        new CaptureRun(graph, List.of(), limits, 0)
            .run(List.of(few), request, Map::of, LayerKeeping.of(Function.identity()))
            .get(0);
    return new GraphSizes(run.layers().get(0).attention().size(0), run.logits().length);
  }
}
