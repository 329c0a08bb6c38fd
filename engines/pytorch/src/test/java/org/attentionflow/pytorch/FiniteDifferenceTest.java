package org.attentionflow.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.session.LayerSink;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of the attention against central differences: the attention is moved. DistilBERT is
 * left out because its head has ReLU, whose kink differences step over.
 */
class FiniteDifferenceTest {
  private static final float STEP = 0x1p-5f;

  /**
   * A logit of size about 3 is right to about 2e-6 in 32 bits; differences at STEP and STEP / 2,
   * combined so that their errors of order STEP² cancel, make that about 2e-4. What remains of
   * order STEP⁴ is smaller.
   */
  private static final double TOLERANCE = 1e-3;

  /** Adds a step to one entry of one watched tensor, another entry for every input. */
  private static final class MovedEntries extends Recorder {
    private final int movedLayer;
    private final float step;
    private final NDManager manager;
    private final boolean movesEmbeddings;
    private int layer;

    MovedEntries(
        CaptureRequest request,
        int[] lengths,
        NDManager manager,
        LayerSink sink,
        int movedLayer,
        float step) {
      super(request, lengths, manager, sink);
      this.movedLayer = movedLayer;
      this.step = step;
      this.manager = manager;
      this.movesEmbeddings = request.wants(Quantity.EMBEDDING_GRADIENT);
    }

    @Override
    PtNDArray attention(PtNDArray probabilities) {
      boolean moves = !movesEmbeddings && layer++ == movedLayer;
      return super.attention(moves ? moved(probabilities) : probabilities);
    }

    @Override
    PtNDArray embedding(PtNDArray words) {
      return super.embedding(movesEmbeddings ? moved(words) : words);
    }

    private PtNDArray moved(PtNDArray tensor) {
      Shape shape = tensor.getShape();
      int inputCount = (int) shape.get(0);
      int entryCount = (int) shape.size() / inputCount;
      float[] values = new float[inputCount * entryCount];
      for (int entry = 0; entry < inputCount; entry++) {
        values[entry * entryCount + entry] = step;
      }
      return (PtNDArray) tensor.add(manager.create(values, shape));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "electra"})
  void gradientsAgreeWithCentralDifferences(String name) {
    CaptureRequest request = CaptureRequest.attentionAndGradient(new Target.Index(2));
    try (PytorchSession session =
            PytorchEngine.openSession(Goldens.folder(name), new EngineSettings(1, 1000));
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      TokenSequence input = session.sequence(recorded.ids(0));
      Capture capture = session.capture(List.of(input), request).get(0);
      for (int layer = 0; layer < session.model().layerCount(); layer++) {
        float[] gradient =
            capture.attention(AttentionKind.ENCODER).get(layer).gradient().get().values();
        double[] wide = differences(session, input, request, layer, STEP, gradient.length);
        double[] narrow = differences(session, input, request, layer, STEP / 2, gradient.length);
        for (int i = 0; i < gradient.length; i++) {
          double difference = (4 * narrow[i] - wide[i]) / 3;
          assertEquals(difference, gradient[i], TOLERANCE, "layer " + layer + " entry " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "electra"})
  void embeddingGradientsAgreeWithCentralDifferences(String name) {
    CaptureRequest request =
        new CaptureRequest(new Target.Index(2), EnumSet.of(Quantity.EMBEDDING_GRADIENT));
    try (PytorchSession session =
            PytorchEngine.openSession(Goldens.folder(name), new EngineSettings(1, 1000));
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      TokenSequence input = session.sequence(recorded.ids(0));
      Capture capture = session.capture(List.of(input), request).get(0);
      float[] gradient = Objects.requireNonNull(capture.embeddingGradient()).values();
      double[] wide = differences(session, input, request, 0, STEP, gradient.length);
      double[] narrow = differences(session, input, request, 0, STEP / 2, gradient.length);
      for (int i = 0; i < gradient.length; i++) {
        assertEquals((4 * narrow[i] - wide[i]) / 3, gradient[i], TOLERANCE, "entry " + i);
      }
    }
  }

  private static double[] differences(
      PytorchSession session,
      TokenSequence input,
      CaptureRequest request,
      int layer,
      float step,
      int entryCount) {
    float[] above = movedLogits(session, input, request, layer, step, entryCount);
    float[] below = movedLogits(session, input, request, layer, -step, entryCount);
    double[] differences = new double[entryCount];
    for (int i = 0; i < entryCount; i++) {
      differences[i] = ((double) above[i] - below[i]) / (2 * step);
    }
    return differences;
  }

  private static float[] movedLogits(
      PytorchSession session,
      TokenSequence input,
      CaptureRequest request,
      int layer,
      float step,
      int entryCount) {
    List<Capture> captures =
        session.capture(
            ((CheckpointModel) session.network())
                .with(
                    (asked, lengths, manager, sink) ->
                        new MovedEntries(asked, lengths, manager, sink, layer, step)),
            Collections.nCopies(entryCount, input),
            request);
    float[] logits = new float[entryCount];
    for (int i = 0; i < entryCount; i++) {
      logits[i] = captures.get(i).logits()[2];
    }
    return logits;
  }
}
