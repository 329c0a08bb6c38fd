package org.attentionflow.testkit;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/**
 * What the reference implementation computes on a checkpoint: inputs, targets, and the captures
 * that every engine has to agree with, within 1e-5 absolute or 1e-4 relative.
 */
public final class RecordedCheckpoint implements AutoCloseable {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  private final JsonArray cases;
  private final SafetensorsFile expected;

  private RecordedCheckpoint(JsonArray cases, SafetensorsFile expected) {
    this.cases = cases;
    this.expected = expected;
  }

  /** Opens the files of a recording: the targets of each case, and all numbers. */
  public static RecordedCheckpoint open(Path cases, Path expected) {
    try {
      JsonArray list =
          JsonParser.parseString(Files.readString(cases)).getAsJsonObject().getAsJsonArray("cases");
      return new RecordedCheckpoint(list, SafetensorsFile.open(expected));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Opens the recording in a folder. */
  public static RecordedCheckpoint in(Path folder) {
    return open(folder.resolve("cases.json"), folder.resolve("expected.safetensors"));
  }

  /** All recorded numbers, by name. */
  public SafetensorsFile expected() {
    return expected;
  }

  /** The token ids of a case. */
  public int[] ids(int number) {
    return Arrays.stream(expected.longs("case" + number + ".input_ids"))
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** The class whose gradients were recorded: the predicted one. */
  public int target(int number) {
    return cases.get(number).getAsJsonObject().get("target").getAsInt();
  }

  /** Checks every quantity of every case, each input alone. */
  public void assertAgrees(ModelSession session) {
    for (int number = 0; number < cases.size(); number++) {
      TokenSequence input = session.sequence(ids(number));
      CaptureRequest request = everything(new Target.Index(target(number)));
      Capture capture = session.capture(List.of(input), request).get(0);
      assertAgrees(number, capture);
      assertEquals(
          target(number),
          Target.predicted().resolve(capture.logits(), session.model().labels()).index());
    }
  }

  /** Checks every quantity of two cases of different lengths in one padded batch. */
  public void assertAgreesInABatch(ModelSession session) {
    List<TokenSequence> inputs = List.of(session.sequence(ids(1)), session.sequence(ids(0)));
    List<Capture> captures = session.capture(inputs, everything(Target.predicted()));
    assertAgrees(1, captures.get(0));
    assertAgrees(0, captures.get(1));
  }

  /** Checks whatever a capture of a case holds; logits and attention have to be in it. */
  public void assertAgrees(int number, Capture capture) {
    String prefix = "case" + number + ".";
    List<AttentionLayer> layers = capture.attention().values().iterator().next();
    check(prefix + "logits", capture.logits());
    check(prefix + "attentions", stack(layers.stream().map(AttentionLayer::attention).toList()));
    if (layers.get(0).gradient().isPresent()) {
      check(
          prefix + "attentions.grad",
          stack(layers.stream().map(layer -> layer.gradient().orElseThrow()).toList()));
    }
    if (!capture.hiddenStates().isEmpty()) {
      check(prefix + "hidden_states", stack(capture.hiddenStates()));
    }
    if (!capture.hiddenStateGradients().isEmpty()) {
      check(prefix + "hidden_states.grad", stack(capture.hiddenStateGradients()));
    }
  }

  private void check(String name, float[] actual) {
    assertClose(name, expected.floats(name).values(), actual, ABSOLUTE, RELATIVE);
  }

  /** A request for every quantity. */
  public static CaptureRequest everything(Target target) {
    return new CaptureRequest(target, EnumSet.allOf(Quantity.class));
  }

  /** The tensors stacked along a new first axis, as the recorded ones are. */
  public static float[] stack(List<FloatTensor> tensors) {
    int count = tensors.stream().mapToInt(tensor -> tensor.values().length).sum();
    float[] all = new float[count];
    int at = 0;
    for (FloatTensor tensor : tensors) {
      System.arraycopy(tensor.values(), 0, all, at, tensor.values().length);
      at += tensor.values().length;
    }
    return all;
  }

  @Override
  public void close() {
    expected.close();
  }
}
