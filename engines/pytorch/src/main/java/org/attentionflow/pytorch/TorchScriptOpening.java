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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.pytorch.archive.InstrumentedCode;
import org.attentionflow.pytorch.archive.StoredTensor;
import org.attentionflow.pytorch.archive.TorchArchive;
import org.attentionflow.token.TokenSequence;

/**
 * Opens TorchScript archives: reads and checks them, rewrites their code, lets PyTorch load what
 * was written, and runs it once on a short input to see what it is.
 */
final class TorchScriptOpening {
  private final TorchScriptFile file;
  private final ModelFolder folder;
  private final String name;
  private final Path temporary;
  private final List<Path> temporaryFiles = new ArrayList<>();

  private TorchScriptOpening(TorchScriptFile file, Path temporary) {
    this.file = file;
    this.temporary = temporary;
    this.folder = file.folder();
    this.name = folder.name();
  }

  /** Opens an archive; the native library loads only if everything can be read without it. */
  static PytorchSession open(TorchScriptFile file, EngineSettings settings) {
    return open(file, settings, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Opens an archive with temporary files in a folder. */
  static PytorchSession open(TorchScriptFile file, EngineSettings settings, Path temporary) {
    return new TorchScriptOpening(file, temporary).open(settings);
  }

  private PytorchSession open(EngineSettings settings) {
    try {
      InstrumentedCode code;
      Map<String, StoredTensor> tensors;
      Path rewritten;
      try (TorchArchive archive = TorchArchive.open(inDefaultFileSystem())) {
        code = InstrumentedCode.of(name, archive);
        tensors = archive.tensors();
        ModuleInputs.roles(name, code.inputs());
        rewritten = temporaryFile();
        archive.write(rewritten, code.files());
      }
      NDManager manager = NativeLibrary.newManager();
      try {
        return new PytorchSession(load(rewritten, code, tensors, manager), settings, manager);
      } catch (RuntimeException | Error failure) {
        manager.close();
        throw failure;
      }
    } finally {
      temporaryFiles.forEach(TorchScriptOpening::delete);
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
    TorchScriptTrial trial = trial(model, code, inputs, manager);
    trial.check(name, code, config);
    List<String> labels = trial.labels(config);
    ModelDescription description =
        new ModelDescription(
            name,
            config.text("model_type", "torchscript"),
            labels,
            trial.layers().size(),
            trial.headCount(),
            sizes.hiddenSize(config),
            limits.maximumTokens(),
            sizes.parameterCount(),
            inputs.specialTokens());
    return new OpenModel(
        description,
        model.with(labels, trial.isCausal() ? AttentionKind.DECODER : AttentionKind.ENCODER),
        OpenModel.memoryOfArchive(description, config),
        inputs,
        () -> folder.digests(List.of(file.archive())),
        trial.reasons());
  }

  /** Passes over a few tokens of id 0: how many layers, heads and logits there are. */
  private TorchScriptTrial trial(
      TorchScriptModel model, InstrumentedCode code, ModelInputs inputs, NDManager manager) {
    TokenSequence few = inputs.sequence(new int[TorchScriptTrial.TOKENS]);
    try {
      return TorchScriptTrial.of(model, code, few, manager);
    } catch (EngineException | UnsupportedOperationException failure) {
      throw refused("PyTorch cannot run it on " + few.size() + " tokens", failure);
    }
  }

  /** The archive itself or, if it lies inside another file, a copy. */
  private Path inDefaultFileSystem() {
    Path archive = file.archive();
    if (archive.getFileSystem().equals(FileSystems.getDefault())) {
      return archive;
    }
    try {
      return Files.copy(archive, temporaryFile(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  private UnusableInputException refused(String what, RuntimeException failure) {
    return new UnusableInputException(
        ("The TorchScript archive " + name + " cannot be used: " + what + ": ")
            + (NativeFailure.line(failure) + ". Maybe it was made by a newer PyTorch,")
            + " or traced in a way that fixes the number of tokens.",
        failure);
  }

  /** A file that goes when the archive is open, or cannot be opened. */
  private Path temporaryFile() {
    try {
      Path created = Files.createTempFile(temporary, "attention-flow", ".pt");
      temporaryFiles.add(created);
      return created;
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

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException stillOpen) {
      temporary.toFile().deleteOnExit();
    }
  }
}
