package org.attentionflow.tensorflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.ModelEngineContract;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The contract of model engines on models in every form. */
class TensorflowEngineContractTest {
  /** Common to all: the engine. */
  abstract static class Contract extends ModelEngineContract {
    private @Nullable TensorflowSession own;

    @Override
    protected ModelEngine plugin() {
      return new TensorflowEngine();
    }

    /** Feeds a layer's attention, changed in one element, in place of what the graph computes. */
    @Override
    protected OptionalDouble targetAt(
        ModelSession session,
        TokenSequence input,
        int layer,
        int head,
        int query,
        int key,
        double change) {
      if (own == null) {
        own = TensorflowEngine.openSession(model(), EngineSettings.defaults());
      }
      CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
      Capture capture = own.capture(List.of(input), request).get(0);
      FloatTensor attention = capture.attention(AttentionKind.ENCODER).get(layer).attention();
      float[] moved = attention.values().clone();
      int n = input.size();
      moved[(head * n + query) * n + key] += (float) change;
      Shape shape = Shape.of(1, attention.size(0), n, n);
      try (TFloat32 fed = TFloat32.tensorOf(shape, DataBuffers.of(moved, true, false))) {
        CaptureRequest logits = new CaptureRequest(Target.predicted(), Set.of());
        TensorName name = own.attention().get(layer);
        float[] row = own.capture(List.of(input), logits, () -> Map.of(name, fed)).get(0).logits();
        return OptionalDouble.of(row[capture.target().index()]);
      }
    }

    @AfterEach
    void close() {
      if (own != null) {
        own.close();
      }
    }
  }

  @Nested
  class OnASavedModelOfFunctions extends Contract {
    @Override
    protected Path model() {
      return Goldens.model("bert", TestModels.Form.FUNCTIONS);
    }
  }

  @Nested
  class OnAPlainSavedModel extends Contract {
    @Override
    protected Path model() {
      return Goldens.model("electra", TestModels.Form.PLAIN);
    }
  }

  @Nested
  class OnAFrozenGraph extends Contract {
    @Override
    protected Path model() {
      return Goldens.model("roberta", TestModels.Form.FROZEN);
    }
  }

  @Nested
  class OnTheModelInside extends Contract {
    @Override
    protected Path model() {
      return Goldens.model(
          ResourceFolder.smallClassifier(),
          "sst2-tiny",
          TestModels.Form.FUNCTIONS,
          ClassifierGraph.Style.TENSORDOT);
    }
  }
}
