package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.pytorch.archive.InstrumentedCode;
import org.attentionflow.pytorch.archive.StoredTensor;
import org.attentionflow.pytorch.archive.TorchArchive;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/**
 * Opens TorchScript archives: reads and checks them, rewrites their code, lets PyTorch load what
 * was written, and runs it once on a short input to see what it is.
 */
final class TorchScriptOpening {
  private static final int TRIAL_TOKENS = 3;

  private final TorchScriptFile file;
  private final ModelFolder folder;
  private final String name;

  private TorchScriptOpening(TorchScriptFile file) {
    this.file = file;
    this.folder = file.folder();
    this.name = folder.name();
  }

  /** Opens an archive; the native library loads only if everything can be read without it. */
  static PytorchSession open(TorchScriptFile file, EngineSettings settings) {
    return new TorchScriptOpening(file).open(settings);
  }

  private PytorchSession open(EngineSettings settings) {
    Path rewritten = temporaryFile();
    try {
      InstrumentedCode code;
      Map<String, StoredTensor> tensors;
      try (TorchArchive archive = TorchArchive.open(inDefaultFileSystem(rewritten))) {
        code = InstrumentedCode.of(name, archive);
        tensors = archive.root().tensors();
        ModuleInputs.roles(name, code.inputs());
        Path target = temporaryFile();
        archive.write(target, code.files());
        Files.move(target, rewritten, StandardCopyOption.REPLACE_EXISTING);
      }
      NDManager manager = NativeLibrary.newManager();
      try {
        return new PytorchSession(load(rewritten, code, tensors, manager), settings, manager);
      } catch (RuntimeException | Error failure) {
        manager.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw cannotWrite(failure);
    } finally {
      delete(rewritten);
    }
  }

  private OpenModel load(
      Path rewritten, InstrumentedCode code, Map<String, StoredTensor> tensors, NDManager manager) {
    PtSymbolBlock module;
    try {
      // As parameters of a training: others were made where no gradient may pass.
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, rewritten, true, new String[0], new String[0], true);
    } catch (EngineException failure) {
      throw refused("PyTorch cannot load it", failure);
    }
    try {
      for (NDArray parameter : JniUtils.moduleGetParams(module, (PtNDManager) manager)) {
        JniUtils.attachGradient((PtNDArray) parameter, false);
        parameter.close();
      }
      return describe(module, code, tensors, manager);
    } catch (RuntimeException | Error failure) {
      module.close();
      throw failure;
    }
  }

  private OpenModel describe(
      PtSymbolBlock module,
      InstrumentedCode code,
      Map<String, StoredTensor> tensors,
      NDManager manager) {
    ModelConfig config = folder.config();
    ModuleTensors sizes = new ModuleTensors(tensors);
    InputLimits limits = sizes.limits(config);
    ModelInputs inputs = ModelInputs.of(folder, limits);
    TorchScriptModel model =
        new TorchScriptModel(
            name,
            module,
            ModuleInputs.roles(name, code.inputs()),
            limits,
            List.of(),
            AttentionKind.ENCODER);
    InputRun<FloatTensor> trial = trial(model, inputs, manager);
    List<FloatTensor> layers = trial.layers();
    List<String> labels = labels(config, trial.logits().length);
    ModelDescription description =
        new ModelDescription(
            name,
            config.text("model_type", "torchscript"),
            labels,
            layers.size(),
            layers.get(0).size(0),
            sizes.hiddenSize(config),
            limits.maximumTokens(),
            sizes.parameterCount(),
            inputs.specialTokens());
    return new OpenModel(
        description,
        model.with(labels, isCausal(layers) ? AttentionKind.DECODER : AttentionKind.ENCODER),
        OpenModel.memoryOfArchive(description),
        inputs,
        () -> folder.digests(List.of(file.archive())));
  }

  /** One pass over a few tokens of id 0: how many layers, heads and logits there are. */
  private InputRun<FloatTensor> trial(
      TorchScriptModel model, ModelInputs inputs, NDManager manager) {
    TokenSequence few = inputs.sequence(new int[TRIAL_TOKENS]);
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    try (NDManager batch = manager.newSubManager()) {
      Function<AttentionLayer, FloatTensor> keep = AttentionLayer::attention;
      InputRun<FloatTensor> run = model.run(List.of(few), request, batch, keep).get(0);
      if (run.layers().isEmpty()) {
        throw new UnusableInputException(
            "The TorchScript archive " + name + " never ran the attention found in its code.");
      }
      return run;
    } catch (EngineException failure) {
      throw refused("PyTorch cannot run it on " + TRIAL_TOKENS + " tokens", failure);
    }
  }

  /** Whether no token attends to a later one in any layer. */
  private static boolean isCausal(List<FloatTensor> layers) {
    for (FloatTensor layer : layers) {
      for (int head = 0; head < layer.size(0); head++) {
        for (int query = 0; query < TRIAL_TOKENS; query++) {
          for (int key = query + 1; key < TRIAL_TOKENS; key++) {
            if (layer.get(head, query, key) != 0) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  /** The labels of the configuration, if there are as many as logits; otherwise none. */
  private static List<String> labels(ModelConfig config, int classCount) {
    if (config.has("id2label") && config.labels().size() == classCount) {
      return config.labels();
    }
    return List.of();
  }

  /** The archive itself or, if it lies inside another file, a copy. */
  private Path inDefaultFileSystem(Path copy) throws IOException {
    Path archive = file.archive();
    if (archive.getFileSystem().equals(FileSystems.getDefault())) {
      return archive;
    }
    return Files.copy(archive, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private UnusableInputException refused(String what, EngineException failure) {
    return new UnusableInputException(
        ("The TorchScript archive " + name + " cannot be used: " + what + ": ")
            + (NativeFailure.line(failure) + ". Maybe it was made by a newer PyTorch,")
            + " or traced in a way that fixes the number of tokens.",
        failure);
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("attention-flow", ".pt");
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  private static UnusableInputException cannotWrite(IOException failure) {
    return new UnusableInputException(
        ("No temporary file can be written for the rewritten archive: " + failure.getMessage())
            + ". Maybe set java.io.tmpdir.",
        failure);
  }

  private static void delete(Path rewritten) {
    try {
      Files.deleteIfExists(rewritten);
    } catch (IOException stillOpen) {
      rewritten.toFile().deleteOnExit();
    }
  }
}
