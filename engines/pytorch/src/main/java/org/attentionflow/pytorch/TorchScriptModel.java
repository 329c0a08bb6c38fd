package org.attentionflow.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.session.CapturedVectors;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.KeptLayers;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.NativeLayer;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.pytorch.archive.InstrumentedCode;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript module whose code hands its attention out. It may return logits [batch, class], of
 * a classifier, or [batch, token, vocabulary], of a causal language model, whose logits are those
 * at the last token of each input.
 *
 * @param name what messages call the model
 * @param inputs what the module's inputs are
 * @param limits how positions are counted
 * @param labels the names of the classes; empty if unknown
 * @param kind the kind of its attention
 */
record TorchScriptModel(
    String name,
    PtSymbolBlock module,
    List<InputRole> inputs,
    InputLimits limits,
    List<String> labels,
    AttentionKind kind)
    implements NativeModel {

  /** How the method to run is named among the arguments. */
  private static final String METHOD = "module_method:" + InstrumentedCode.METHOD;

  /**
   * What one forward pass gave.
   *
   * @param sites where each attention comes from
   * @param everyToken whether the model has logits at every token
   */
  record Forward(
      PtNDArray logits, List<PtNDArray> attention, List<Integer> sites, boolean everyToken) {}

  @Override
  public boolean takesPadding() {
    return inputs.contains(InputRole.MASK);
  }

  /** The same module once more is known of it. */
  TorchScriptModel with(List<String> knownLabels, AttentionKind knownKind) {
    return new TorchScriptModel(name, module, inputs, limits, knownLabels, knownKind);
  }

  @Override
  public void close() {
    module.close();
  }

  @Override
  public <L> List<InputRun<L>> run(
      List<TokenSequence> batch,
      CaptureRequest request,
      NDManager manager,
      LayerKeeping<L> keeping) {
    refuseVectors(request);
    boolean gradients = request.wantsGradients();
    return GradientMode.with(
        gradients,
        () -> {
          Forward forward = forward(batch, manager);
          TargetPass pass = TargetPass.of(forward.logits(), request, labels);
          if (gradients) {
            pass.backward(manager);
          }
          KeptLayers<L> layers = new KeptLayers<>(batch.size(), keeping);
          if (gradients || request.wants(Quantity.ATTENTION)) {
            hand(forward.attention(), batch, gradients, layers);
          }
          List<InputRun<L>> runs = new ArrayList<>();
          for (int b = 0; b < batch.size(); b++) {
            runs.add(
                new InputRun<>(
                    batch.get(b),
                    pass.logits().get(b),
                    pass.targets().get(b),
                    kind,
                    layers.ofInput(b),
                    CapturedVectors.none()));
          }
          return runs;
        });
  }

  /**
   * The first layer whose attention does not depend on that of the layer before it, counted from 0;
   * empty if every one does. The order is that of the computation.
   */
  OptionalInt firstApart(List<TokenSequence> batch, NDManager manager) {
    return IntStream.concat(apart(1, batch, manager).stream(), apart(2, batch, manager).stream())
        .min();
  }

  /**
   * Goes back from every second attention, from one on. What comes later cannot have reached the
   * one before it, so if that has a gradient, it is from there.
   */
  private OptionalInt apart(int first, List<TokenSequence> batch, NDManager manager) {
    return GradientMode.with(
        true,
        () -> {
          List<PtNDArray> attention = forward(batch, manager).attention();
          for (int layer = first; layer < attention.size(); layer += 2) {
            PtNDArray later = attention.get(layer);
            JniUtils.backward(later, (PtNDArray) later.onesLike(), true, false);
            if (JniUtils.getGradient(attention.get(layer - 1)) == null) {
              return OptionalInt.of(layer);
            }
          }
          return OptionalInt.empty();
        });
  }

  private void refuseVectors(CaptureRequest request) {
    for (Quantity quantity : request.quantities()) {
      if (quantity != Quantity.ATTENTION && quantity != Quantity.ATTENTION_GRADIENT) {
        throw new UnusableInputException(
            ("The TorchScript archive " + name + " does not tell where its hidden states and")
                + " embeddings are. Maybe use the Hugging Face folder it was exported from.");
      }
    }
  }

  /** One forward pass. */
  Forward forward(List<TokenSequence> batch, NDManager manager) {
    PaddedInputs padded = PaddedInputs.of(batch, new BitSet(), limits, 0);
    int width = padded.width();
    NDList arguments = new NDList();
    for (InputRole role : inputs) {
      arguments.add(manager.create(padded.values(role), new Shape(batch.size(), width)));
    }
    NDArray method = manager.create(0);
    method.setName(METHOD);
    arguments.add(method);
    // As in training: only then does PyTorch keep what gradients need. The module stays as it is.
    NDList results = IValueUtils.forward(module, arguments, true);
    int behind = 1 + (int) results.get(0).getShape().get(0);
    List<PtNDArray> attention = new ArrayList<>();
    List<Integer> sites = new ArrayList<>();
    for (int i = 1; i < behind; i += 2) {
      attention.add(checked((PtNDArray) results.get(i), batch.size(), width));
      sites.add((int) results.get(i + 1).getShape().get(0));
    }
    List<NDArray> outputs = results.subList(behind, results.size());
    PtNDArray logits = ModuleOutput.logits(name, outputs, batch.size());
    boolean everyToken = logits.getShape().dimension() == 3;
    return new Forward(atLastTokens(logits, batch), attention, sites, everyToken);
  }

  /** [batch, class]; of logits at every token those at the last one of each input. */
  private static PtNDArray atLastTokens(PtNDArray output, List<TokenSequence> batch) {
    PtNDArray floats = (PtNDArray) output.toType(DataType.FLOAT32, false);
    if (floats.getShape().dimension() == 2) {
      return floats;
    }
    NDList rows = new NDList();
    for (int b = 0; b < batch.size(); b++) {
      rows.add(floats.get(new NDIndex(b + ", " + (batch.get(b).size() - 1))));
    }
    return (PtNDArray) NDArrays.stack(rows);
  }

  /** Attention has to be [batch, head, token, token], or have batch and head in one axis. */
  private PtNDArray checked(PtNDArray layer, int batchSize, int width) {
    long[] shape = layer.getShape().getShape();
    int rank = shape.length;
    boolean fits =
        (rank == 4 && shape[0] == batchSize || rank == 3 && shape[0] % batchSize == 0)
            && shape[rank - 1] == width
            && shape[rank - 2] == width;
    if (!fits) {
      throw new UnusableInputException(
          ("In the TorchScript archive " + name + ", attention over " + width + " tokens has the")
              + (" shape " + layer.getShape() + ". Maybe it was traced in a way that fixes the")
              + " number of tokens, or attends to something else than the input.");
    }
    return layer;
  }

  private void hand(
      List<PtNDArray> attention, List<TokenSequence> batch, boolean gradients, KeptLayers<?> sink) {
    for (int layer = 0; layer < attention.size(); layer++) {
      PtNDArray values = byHead(attention.get(layer), batch.size());
      @Nullable PtNDArray slopes =
          gradients ? byHead(gradient(attention.get(layer), layer), batch.size()) : null;
      NativeLayer source = NativeCopy.layer(values, slopes);
      for (int b = 0; b < batch.size(); b++) {
        sink.accept(layer, b, batch.get(b).size(), source);
      }
    }
  }

  private PtNDArray gradient(PtNDArray attention, int layer) {
    @Nullable PtNDArray gradient = JniUtils.getGradient(attention);
    if (gradient == null) {
      throw new UnusableInputException(
          ("In the TorchScript archive " + name + ", no logit depends on the attention of layer ")
              + (layer + 1)
              + ". Maybe it was detached, or is not part of the classifier.");
    }
    return gradient;
  }

  /** 32-bit floats [batch, head, query, key]. */
  private static PtNDArray byHead(PtNDArray tensor, int batchSize) {
    PtNDArray floats = (PtNDArray) tensor.toType(DataType.FLOAT32, false);
    Shape shape = floats.getShape();
    return shape.dimension() == 4
        ? floats
        : (PtNDArray)
            floats.reshape(batchSize, shape.get(0) / batchSize, shape.get(1), shape.get(2));
  }
}
