package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.OptionalInt;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.pytorch.archive.InstrumentedCode;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/**
 * What passes over a few tokens show of a TorchScript module.
 *
 * @param layers the attention of each layer, [head, query, key], in the order of computation
 * @param reasons why each layer's attention is taken for that
 * @param classCount the number of logits
 * @param everyToken whether the model has logits at every token, as language models do
 */
record TorchScriptTrial(
    List<FloatTensor> layers, List<String> reasons, int classCount, boolean everyToken) {
  /** The length of the input to try. */
  static final int TOKENS = 3;

  /** Copies the lists. */
  TorchScriptTrial {
    layers = List.copyOf(layers);
    reasons = List.copyOf(reasons);
  }

  /**
   * Runs a module.
   *
   * @param code what was run, for messages
   * @throws EngineException if PyTorch cannot run it
   * @throws UnusableInputException if its attention is not that of layers in a row
   */
  static TorchScriptTrial of(
      TorchScriptModel model, InstrumentedCode code, TokenSequence few, NDManager manager) {
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    try (NDManager passes = manager.newSubManager()) {
      List<TokenSequence> batch = List.of(few);
      InputRun<FloatTensor> run =
          model.run(batch, request, passes, LayerKeeping.of(AttentionLayer::attention)).get(0);
      if (run.layers().isEmpty()) {
        throw new UnusableInputException(
            ("The TorchScript archive " + model.name() + " never ran the attention found in its")
                + (" code. " + code.listed()));
      }
      OptionalInt apart = model.firstApart(batch, passes);
      if (apart.isPresent()) {
        throw unsure(
            model.name(),
            code,
            ("attention " + (apart.getAsInt() + 1) + " does not depend on attention ")
                + (apart.getAsInt() + ", so they are no layers in a row"));
      }
      TorchScriptModel.Forward forward =
          GradientMode.with(false, () -> model.forward(batch, passes));
      List<String> reasons =
          forward.sites().stream()
              .map(
                  site ->
                      "What comes out of a softmax multiplies values in " + code.sites().get(site))
              .toList();
      return new TorchScriptTrial(run.layers(), reasons, run.logits().length, forward.everyToken());
    }
  }

  /**
   * Compares with the configuration.
   *
   * @throws UnusableInputException if it is that of another model, or it is not sure whether all
   *     attention was found
   */
  void check(String archive, InstrumentedCode code, ModelConfig config) {
    config.checkNoEncoderDecoder("archive");
    OptionalInt layerCount = config.layerCount();
    if (layerCount.isPresent() && layerCount.getAsInt() != layers.size()) {
      throw unsure(
          archive,
          code,
          ("it computes " + layers.size() + " times what could be attention, but config.json says ")
              + (layerCount.getAsInt() + " layers"));
    }
    if (layerCount.isEmpty() && !code.candidates().isEmpty()) {
      throw unsure(
          archive,
          code,
          "some places are only partly like it, and no config.json says how many layers there are");
    }
    config.checkHeads(headCount(), "archive");
  }

  /** The number of heads of the first layer. */
  int headCount() {
    return layers.get(0).size(0);
  }

  /** The names of the classes, if the configuration has them; none for its vocabulary. */
  List<String> labels(ModelConfig config) {
    if (!config.namesLabels()) {
      return List.of();
    }
    if (everyToken && config.labels().size() != classCount) {
      return List.of(); // the logits of a language model are those of its vocabulary
    }
    return config.labels(classCount, "archive");
  }

  /** Whether no token attends to a later one in any layer. */
  boolean isCausal() {
    for (FloatTensor layer : layers) {
      for (int head = 0; head < layer.size(0); head++) {
        for (int query = 0; query < TOKENS; query++) {
          for (int key = query + 1; key < TOKENS; key++) {
            if (layer.get(head, query, key) != 0) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  private static UnusableInputException unsure(String archive, InstrumentedCode code, String why) {
    return new UnusableInputException(
        ("It is not sure what the attention of the TorchScript archive " + archive + " is: ")
            + (why + ". " + code.listed()));
  }
}
