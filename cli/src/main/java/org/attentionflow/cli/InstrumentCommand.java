package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.engine.ModelInstrumenter;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a copy of a model that returns attention and its gradients by itself. */
@Command(
    name = "instrument",
    header = "Write an ONNX model that also returns attention and its gradients.",
    description = {
      "The copy runs anywhere, Python included. It gains the inputs logits.grad [batch,",
      "class], 1 at the class to explain, and predicted.grad [1], 1 for the predicted",
      "class; and the outputs attentions.0, attentions.0.grad, … [batch, head, query,",
      "key]."
    },
    sortOptions = false,
    footer = {"", "Example:  attnflow instrument model.onnx -o model-with-gradients.onnx"})
final class InstrumentCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "an ONNX file, or its folder")
  Path model = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "the file to write")
  Path output = Path.of("");

  @Option(names = "--hidden-states", description = "also hidden_states.0, … and their gradients")
  boolean hiddenStates;

  @Option(names = "--embeddings", description = "also word_embeddings and their gradient")
  boolean embeddings;

  @Option(names = "--no-gradients", description = "attention alone")
  boolean noGradients;

  @Option(
      names = "--attention",
      paramLabel = "NAME",
      split = ",",
      description = "the tensors that are the attention, first layer first, not searched for")
  List<String> attention = new ArrayList<>();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  InstrumentCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OutputFiles.checkWritable(output);
    if (!Files.exists(model)) {
      throw new UnusableInputException("The model " + model + " does not exist.");
    }
    ModelInstrumenter.Report report =
        instrumenter()
            .instrument(
                model,
                output,
                new ModelInstrumenter.Request(hiddenStates, embeddings, !noGradients, attention));
    if (json) {
      printJson(report);
    } else {
      print(report);
    }
    return ExitCode.OK;
  }

  private ModelInstrumenter instrumenter() {
    Plugins<ModelInstrumenter> present = Plugins.load(ModelInstrumenter.class);
    return present.all().stream()
        .filter(instrumenter -> instrumenter.accepts(model))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    (model + " is no model that can be instrumented. Maybe give a file *.onnx, and")
                        + " add the artifact org.attentionflow:attention-flow-onnx."));
  }

  private void print(ModelInstrumenter.Report report) {
    for (int layer = 0; layer < report.layers().size(); layer++) {
      line("layer " + layer, report.layers().get(layer));
    }
    report.inputs().forEach(input -> line("input", input));
    report.outputs().forEach(output -> line("output", output));
    report.notes().forEach(note -> line("note", note));
  }

  private void line(String label, String text) {
    console.out().println(TerminalText.pad(label, 10) + TerminalText.oneLine(text));
  }

  private void printJson(ModelInstrumenter.Report report) throws IOException {
    Json.print(
        console,
        out -> {
          out.beginObject();
          out.name("layers");
          Json.strings(out, report.layers());
          out.name("inputs");
          Json.strings(out, report.inputs());
          out.name("outputs");
          Json.strings(out, report.outputs());
          out.name("notes");
          Json.strings(out, report.notes());
          out.endObject();
        });
  }
}
