package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.torchscript.TracedBert;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that the tests write are what PyTorch reads, and of the same model. */
class TracedBertTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  @TempDir Path temporary;

  private Path archive(Path checkpoint) throws IOException {
    Path file = temporary.resolve("traced.pt");
    TracedBert.write(checkpoint, file);
    return file;
  }

  /** Nothing of this project reads the archive here. */
  @Test
  void pytorchRunsItByItself() throws IOException, MalformedModelException {
    archive(Goldens.folder("bert"));
    try (RecordedCheckpoint recorded = Goldens.recorded("bert");
        NDManager manager = NativeLibrary.newManager();
        Model model = Model.newInstance("traced", manager.getDevice(), "PyTorch")) {
      model.load(temporary, "traced");
      int[][] inputs = {recorded.ids(0), recorded.ids(1)};
      int width = Math.max(inputs[0].length, inputs[1].length);
      long[] ids = new long[2 * width];
      long[] mask = new long[2 * width];
      for (int i = 0; i < 2; i++) {
        for (int t = 0; t < inputs[i].length; t++) {
          ids[i * width + t] = inputs[i][t];
          mask[i * width + t] = 1;
        }
      }
      Shape shape = new Shape(2, width);
      NDList arguments =
          new NDList(
              manager.create(ids, shape),
              manager.create(mask, shape),
              manager.create(new long[2 * width], shape));
      Block module = model.getBlock();
      NDArray logits =
          module.forward(new ParameterStore(manager, false), arguments, false).singletonOrThrow();
      for (int i = 0; i < 2; i++) {
        float[] expected = recorded.expected().floats("case" + i + ".logits").values();
        assertClose("logits", expected, logits.get(i).toFloatArray(), ABSOLUTE, RELATIVE);
      }
    }
  }

  @Test
  void itIsExplainedAsTheReference() throws IOException {
    TorchScriptTest.assertAgrees("bert", archive(Goldens.folder("bert")));
  }

  /** Fewer layers, other heads and another activation than the recorded model has. */
  @Test
  void otherShapesAreThoseOfTheCheckpoint() throws IOException {
    ModelCopy copy =
        ModelCopy.of("bert", temporary.resolve("copy"))
            .edit(
                config -> {
                  config.addProperty("num_hidden_layers", 2);
                  config.addProperty("num_attention_heads", 3);
                  config.addProperty("hidden_act", "relu");
                });
    Map<String, FloatTensor> tensors = copy.tensors();
    tensors.keySet().removeIf(name -> name.contains("layer.2."));
    copy.write(tensors);
    Path file = archive(copy.folder());
    try (PytorchSession checkpoint = copy.open();
        PytorchSession traced = PytorchEngine.openSession(file, EngineSettings.defaults())) {
      Capture expected = capture(checkpoint);
      Capture actual = capture(traced);
      assertClose("logits", expected.logits(), actual.logits(), ABSOLUTE, RELATIVE);
      assertEquals(expected.target(), actual.target());
      List<AttentionLayer> layers = actual.attention(AttentionKind.ENCODER);
      assertEquals(2, layers.size());
      assertEquals(3, layers.get(0).attention().size(0));
      for (int i = 0; i < layers.size(); i++) {
        AttentionLayer layer = expected.attention(AttentionKind.ENCODER).get(i);
        close("attention", layer.attention(), layers.get(i).attention());
        close("gradient", layer.gradient().orElseThrow(), layers.get(i).gradient().orElseThrow());
      }
    }
  }

  private static void close(String what, FloatTensor expected, FloatTensor actual) {
    assertClose(what, expected.values(), actual.values(), ABSOLUTE, RELATIVE);
  }

  private static Capture capture(PytorchSession session) {
    TokenSequence input = session.sequence(new int[] {2, 17, 5, 290, 1, 3});
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    return session.capture(List.of(input), request).get(0);
  }

  /** The local headers one after the other, as they stand in the file. */
  @Test
  void entriesAreStoredAndAligned() throws IOException {
    Path file = archive(Goldens.folder("bert"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    int entries = 0;
    while (bytes.getInt(at) == 0x04034b50) {
      assertEquals(0, bytes.getShort(at + 8), "method");
      int begin = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
      assertEquals(0, begin % 64);
      at = begin + bytes.getInt(at + 18);
      entries++;
    }
    assertTrue(entries > 100, "only " + entries);
  }
}
