package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.safetensors.SafetensorsWriter;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.pipeline.MemoryForecast;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what an engine captures, for those who want the tensors themselves. */
@Command(
    name = "capture",
    header = "Write attention and its gradients to a safetensors file.",
    description = {
      "Tensors: input_ids, logits, attentions, attentions.grad [layer, head, query, key];",
      "with --hidden-states also hidden_states, hidden_states.grad [layer+1, token, hidden]."
    },
    sortOptions = false,
    footer = {"", "Example:  attnflow capture -m DIR --ids \"101 7592 102\" -o c.safetensors"})
final class CaptureCommand implements Callable<Integer> {
  /** The input: token ids as they are, or a text. */
  static final class Input {
    @Option(
        names = "--ids",
        paramLabel = "IDS",
        required = true,
        description = "token ids, special tokens included; no tokenizer is needed")
    @Nullable String ids;

    @Option(names = "--text", paramLabel = "TEXT", required = true, description = "a text")
    @Nullable String text;
  }

  private final Console console;

  @Mixin final ModelOptions model = new ModelOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  Input input = new Input();

  @Option(
      names = "--decoder-ids",
      paramLabel = "IDS",
      description = "refused: no engine runs encoder-decoders")
  @Nullable String decoderIds;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "differentiate the logit of this class, not of the predicted one")
  @Nullable String target;

  @Option(
      names = "--contrast",
      paramLabel = "A/B",
      description = "differentiate the logit of class A minus that of class B")
  @Nullable String contrast;

  @Option(names = "--hidden-states", description = "also hidden states and their gradients")
  boolean hiddenStates;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "the file to write")
  Path output = Path.of("");

  @Spec @Nullable CommandSpec spec;

  CaptureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (target != null && contrast != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "Give --target or --contrast, not both.");
    }
    OutputFiles.checkWritable(output);
    if (decoderIds != null) {
      throw noEncoderDecoders();
    }
    try (ModelLocation location = model.locate();
        ModelSession session = open(location.path())) {
      console.timings().end("model");
      TokenSequence tokens =
          input.ids != null
              ? session.sequence(ids(input.ids))
              : session.tokenize(Objects.requireNonNull(input.text));
      CaptureRequest request = new CaptureRequest(target(), quantities());
      MemoryForecast.of(session, tokens.size(), request).check(tokens.size(), 1);
      Capture capture = session.capture(List.of(tokens), request).get(0);
      console.timings().end("capture");
      SafetensorsWriter tensors =
          CaptureTensors.of(capture)
              .metadata("model", session.model().name())
              .metadata("target", targetText(capture));
      List<String> reasons = session.attentionReasons();
      for (int layer = 0; layer < reasons.size(); layer++) {
        tensors.metadata("attentions." + layer, reasons.get(layer));
      }
      tensors.write(output);
      console.timings().end("output");
    }
    return ExitCode.OK;
  }

  /** A capture is of one sequence of tokens, whatever the engine. */
  private static UnusableInputException noEncoderDecoders() {
    List<String> engines =
        Plugins.load(ModelEngine.class).all().stream().map(ModelEngine::name).toList();
    return new UnusableInputException(
        ("--decoder-ids: no model takes them; none of the engines (" + String.join(", ", engines))
            + ") runs encoder-decoders, only encoders, and pytorch decoders as TorchScript archives."
            + " Maybe leave it out.");
  }

  private ModelSession open(Path path) {
    String name = model.engine == null ? SettingsKey.ENGINE.defaultValue() : model.engine;
    ModelEngine engine = Engines.choose(name, path);
    return engine.open(path, EngineSettings.defaults());
  }

  private Target target() {
    if (contrast != null) {
      return new Target.Contrast(contrast);
    }
    return target == null ? Target.predicted() : Target.parse(target);
  }

  private Set<Quantity> quantities() {
    Set<Quantity> quantities = EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT);
    if (hiddenStates) {
      quantities.add(Quantity.HIDDEN_STATES);
      quantities.add(Quantity.HIDDEN_STATE_GRADIENT);
    }
    return quantities;
  }

  private static String targetText(Capture capture) {
    return capture.target().isContrast()
        ? capture.target().index() + "/" + capture.target().against()
        : Integer.toString(capture.target().index());
  }

  /** Reads ids that are separated by white space or commas. */
  static int[] ids(String text) {
    String[] words = text.strip().replaceAll("[\\[\\]]", "").split("[\\s,]+");
    try {
      return Arrays.stream(words).filter(w -> !w.isEmpty()).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new UnusableInputException("--ids: '" + text + "' is not a list of whole numbers.", e);
    }
  }
}
