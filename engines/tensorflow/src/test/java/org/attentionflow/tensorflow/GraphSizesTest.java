package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.testkit.Close;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Numbers of heads and classes are the graph's, whatever the configuration beside it says. */
class GraphSizesTest {
  private static final String HEADS = "\"num_attention_heads\": 4";

  @TempDir Path folder;

  private ModelCopy stored() {
    return new ModelCopy(
        ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json"),
        folder.resolve("model"));
  }

  /** The stored model with shapes to form tensors to that are not known before it runs. */
  private ModelCopy opaque() {
    return stored()
        .graph(
            graph -> {
              GraphDef.Builder changed = graph.toBuilder();
              changed.getLibraryBuilder().getFunctionBuilderList().forEach(GraphSizesTest::hide);
              return changed.build();
            });
  }

  private static void hide(FunctionDef.Builder function) {
    for (int i = function.getNodeDefCount() - 1; i >= 0; i--) {
      NodeDef.Builder node = function.getNodeDefBuilder(i);
      if (node.getOp().equals("Reshape")) {
        String name = node.getName() + "/hidden";
        function.addNodeDef(
            Nodes.node("Abs", name, node.getInput(1)).putAttr("T", Nodes.type(DataType.DT_INT32)));
        node.setInput(1, name + ":y:0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headsOfAnotherModelAreRefused(boolean isOpaque) {
    ModelCopy copy = isOpaque ? opaque() : stored();
    try (TensorflowSession session = Goldens.open(copy.folder())) {
      assertEquals(4, session.model().headCount());
    }
    copy.replaceConfig(HEADS, "\"n_head\": 6");
    assertRefused(
        () -> Goldens.open(copy.folder()).close(),
        "config.json, n_head is 6, but the graph has 4.");
    copy.replaceConfig("\"n_head\": 6", "\"n_head\": 6, \"pruned_heads\": {\"0\": [1, 2]}");
    try (TensorflowSession session = Goldens.open(copy.folder())) {
      assertEquals(4, session.model().headCount());
    }
  }

  @Test
  void theOpaqueGraphAgreesWithTheReference() {
    try (TensorflowSession session = Goldens.open(opaque().folder());
        RecordedCheckpoint recorded = Goldens.recorded("bert")) {
      TokenSequence input = session.sequence(recorded.ids(0));
      Close.assertClose(
          "logits",
          recorded.expected().floats("case0.logits").values(),
          session.logits(List.of(input)).get(0),
          1e-5,
          1e-4);
    }
  }

  @Test
  void headsOfAGraphWithBatchAndHeadsInOneAxis() throws IOException {
    Path frozen = SmallGraph.file(SmallGraph.Variant.PLAIN, folder);
    Files.writeString(folder.resolve("config.json"), "{\"num_heads\": 2}");
    assertRefused(() -> Goldens.open(frozen).close(), "num_heads is 2, but the graph has 1.");
    Path fixed = SmallGraph.file(SmallGraph.Variant.FIXED, folder);
    assertRefused(() -> Goldens.open(fixed).close(), "num_heads is 2, but the graph has 1.");
    Files.writeString(folder.resolve("config.json"), "{\"num_heads\": 1}");
    try (TensorflowSession session = Goldens.open(fixed)) {
      assertEquals(1, session.model().headCount());
    }
  }

  @Test
  void classesAreCountedWhereNothingNamesThem() throws IOException {
    Capture expected;
    try (TensorflowSession session =
        Goldens.open(SmallGraph.file(SmallGraph.Variant.PLAIN, folder))) {
      expected = capture(session, new Target.Index(2));
    }
    Path frozen = SmallGraph.file(SmallGraph.Variant.OPEN_CLASSES, folder);
    try (TensorflowSession session = Goldens.open(frozen)) {
      assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), session.model().labels());
      Capture actual = capture(session, Target.parse("label_2"));
      Close.assertClose("logits", expected.logits(), actual.logits(), 1e-6, 1e-6);
      assertArrayEquals(slopes(expected), slopes(actual));
      Capture contrast = capture(session, new Target.Contrast("LABEL_2/LABEL_0"));
      assertEquals(0, contrast.target().against());
      assertRefused(() -> capture(session, new Target.Index(3)), "not a class: the model has 3");
    }
    Files.writeString(folder.resolve("config.json"), "{\"num_labels\": 2}");
    assertRefused(() -> Goldens.open(frozen).close(), "names 2 classes, but the graph has 3");
  }

  private static float[] slopes(Capture capture) {
    return capture.attention(AttentionKind.ENCODER).get(0).gradient().orElseThrow().values();
  }

  private static Capture capture(TensorflowSession session, Target target) {
    TokenSequence input = session.sequence(new int[] {1, 5, 3});
    return session.capture(List.of(input), CaptureRequest.attentionAndGradient(target)).get(0);
  }
}
