package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.attentionflow.engine.ModelInstrumenter;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.GraphCheck;
import org.attentionflow.onnx.graph.ModelFile;

/** Writes ONNX files that return attention, hidden states, embeddings and their gradients. */
public final class OnnxInstrumenter implements ModelInstrumenter {
  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "Adds attention and its gradient to the outputs of a classifier exported to ONNX.";
  }

  @Override
  public boolean accepts(Path model) {
    return ModelLocation.accepts(model);
  }

  @Override
  public Report instrument(Path model, Path output, Request request) throws IOException {
    ModelLocation location = ModelLocation.of(model);
    ModelFile file = ModelFile.read(location.file());
    checkFolder(file, output);
    checkIsNoPartOf(location, file, output);
    ModelConfig config = location.folder().config();
    Classifier classifier =
        Classifier.read(file, config.layerCount().orElse(0), request.attention());
    Instruments instruments =
        new Instruments(true, request.hiddenStates(), request.embeddings(), request.gradients());
    InstrumentedModel extended =
        InstrumentedModel.of(classifier, instruments, GradientRules.load());
    ModelProto instrumented =
        InstrumentRemoval.marked(
            extended.model(), extended.outputs().getOrDefault(Kind.ATTENTION, List.of()));
    GraphCheck.problem(instrumented)
        .ifPresent(
            problem -> {
              throw new IllegalStateException("The instrumented graph is wrong: " + problem);
            });
    write(instrumented, output);
    return report(instrumented, classifier);
  }

  /** Names of files with weights are relative to the folder of the graph. */
  private static void checkFolder(ModelFile file, Path output) {
    Path folder = output.toAbsolutePath().normalize().getParent();
    if (!file.weightFiles().isEmpty() && !file.folder().normalize().equals(folder)) {
      throw new UnusableInputException(
          (file.path() + " keeps weights in " + file.weightFiles().get(0).getFileName())
              + (", which the copy has to lie beside. Maybe write it to " + file.folder() + "."));
    }
  }

  /** The file that is written must not replace what the model is read from. */
  private static void checkIsNoPartOf(ModelLocation location, ModelFile file, Path output)
      throws IOException {
    if (!Files.exists(output)) {
      return;
    }
    if (Files.isSameFile(file.path(), output)) {
      throw new UnusableInputException(output + " is the model itself. Maybe write another file.");
    }
    List<Path> parts = new ArrayList<>(file.weightFiles());
    location.folder().file("config.json").ifPresent(parts::add);
    location.folder().tokenizer().ifPresent(parts::add);
    for (Path part : parts) {
      if (Files.isSameFile(part, output)) {
        throw new UnusableInputException(
            (output + " is a part of the model " + file.path() + ". Maybe write another file."));
      }
    }
  }

  private static void write(ModelProto model, Path output) throws IOException {
    ModelFile.byteCount(model);
    Path target = output.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        model.writeTo(stream);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Report report(ModelProto model, Classifier classifier) {
    List<String> inputs =
        classifier.graph().inputs().stream()
            .map(OnnxInstrumenter::describe)
            .collect(Collectors.toCollection(ArrayList::new));
    model.getGraph().getInputList().stream()
        .skip(classifier.graph().model().getGraph().getInputCount())
        .map(OnnxInstrumenter::describe)
        .forEach(inputs::add);
    List<String> notes = new ArrayList<>();
    if (!classifier.switchedOff().isEmpty()) {
      notes.add(
          (classifier.switchedOff().size() + " nodes that dropped out numbers at random are")
              + " switched off: the export was in training mode there");
    }
    return new Report(
        inputs,
        model.getGraph().getOutputList().stream().map(OnnxInstrumenter::describe).toList(),
        classifier.attention().stream().map(AttentionTensor::toString).toList(),
        notes);
  }

  private static String describe(ValueInfoProto info) {
    String type =
        ElementType.ofCode(info.getType().getTensorType().getElemType())
            .name()
            .toLowerCase(Locale.ROOT);
    String shape =
        info.getType().getTensorType().getShape().getDimList().stream()
            .map(OnnxInstrumenter::describe)
            .collect(Collectors.joining(", ", "[", "]"));
    return info.getName() + " " + type + shape;
  }

  private static String describe(Dimension dimension) {
    if (dimension.hasDimValue()) {
      return String.valueOf(dimension.getDimValue());
    }
    return dimension.getDimParam().isEmpty() ? "?" : dimension.getDimParam();
  }
}
