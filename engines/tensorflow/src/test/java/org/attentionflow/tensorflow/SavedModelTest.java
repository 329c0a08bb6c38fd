package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.testkit.Close;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TInt32;

/** SavedModels as they lie on a disk or in a jar. */
class SavedModelTest {
  @TempDir Path folder;

  /** A model that was stored, not made by the test. */
  private static Path stored() {
    return ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json");
  }

  /** TensorFlow's own loader runs the functions as they are: nothing is laid flat there. */
  @ParameterizedTest
  @EnumSource(
      value = TestModels.Form.class,
      names = {"PLAIN", "FUNCTIONS", "KERAS"})
  void predictsWhatTensorflowItselfDoes(TestModels.Form form) {
    Path model = Goldens.model("bert", form);
    int[] ids = {2, 5, 7, 11, 3};
    float[] expected = new float[3];
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.resolve("saved_model/1").toString(), "serve");
        TInt32 tokens = TInt32.tensorOf(StdArrays.ndCopyOf(new int[][] {ids}));
        TInt32 mask = TInt32.tensorOf(StdArrays.ndCopyOf(new int[][] {{1, 1, 1, 1, 1}}));
        TInt32 segments = TInt32.tensorOf(StdArrays.ndCopyOf(new int[1][5]))) {
      Map<String, Tensor> inputs =
          Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", segments);
      try (Result result = bundle.function("serving_default").call(inputs)) {
        result.get("logits").orElseThrow().asRawTensor().data().asFloats().read(expected);
      }
    }
    try (TensorflowSession session = Goldens.open(model)) {
      float[] logits = session.logits(List.of(session.sequence(ids))).get(0);
      Close.assertClose("logits", expected, logits, 1e-6, 1e-5);
    }
  }

  /** TensorFlow itself wrote the shards and reads them; a digest is taken of each. */
  @Test
  void readsVariablesInSeveralShards() {
    try (TensorflowSession session = Goldens.open(Goldens.model("bert", TestModels.Form.KERAS))) {
      String variables = "saved_model/1/variables/variables";
      assertTrue(
          session
              .digests()
              .keySet()
              .containsAll(
                  List.of(
                      variables + ".data-00000-of-00002",
                      variables + ".data-00001-of-00002",
                      variables + ".index")));
    }
  }

  /** What the model cannot do is known once it is open, and said in words. */
  @Test
  void saysThatThereIsNoMask() throws IOException {
    Path frozen = SmallGraph.file(SmallGraph.Variant.PLAIN, folder);
    try (TensorflowSession without = Goldens.open(frozen);
        TensorflowSession with = Goldens.open(stored())) {
      Set<Capability> needed = Set.of(Capability.ATTENTION_MASK);
      assertRefused(
          () -> Engines.require(without, "The operator attention-mask", needed),
          "The operator attention-mask needs attention-mask, which the model",
          "no input attention_mask");
      TokenSequence input = without.sequence(new int[] {1, 2});
      assertRefused(
          () -> without.logits(List.of(input), List.of(new BitSet())), "no input attention_mask");
      Engines.require(with, "The operator attention-mask", needed);
    }
  }

  @Test
  void aStoredModelAgreesWithTheReference() {
    try (TensorflowSession session = Goldens.open(stored());
        RecordedCheckpoint recorded = Goldens.recorded("bert")) {
      TokenSequence input = session.sequence(recorded.ids(0));
      Capture capture =
          session
              .capture(List.of(input), RecordedCheckpoint.everything(new Target.Index(1)))
              .get(0);
      Close.assertClose(
          "logits",
          recorded.expected().floats("case0.logits").values(),
          capture.logits(),
          1e-5,
          1e-4);
      assertEquals("bert", session.model().name());
      assertEquals("bert", session.model().type());
      assertEquals(4, session.model().headCount());
      assertEquals(48, session.model().hiddenSize());
      assertEquals(128, session.model().maximumTokens());
    }
  }

  @Test
  void readsAModelInsideAJar() throws IOException {
    Path jar = folder.resolve("model.jar");
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      new ModelCopy(stored(), Files.createDirectories(files.getPath("/model")));
    }
    try (FileSystem files = FileSystems.newFileSystem(jar);
        TensorflowSession inJar = Goldens.open(files.getPath("/model"));
        TensorflowSession onDisk = Goldens.open(stored())) {
      int[] ids = {2, 5, 3};
      assertArrayEquals(
          onDisk.logits(List.of(onDisk.sequence(ids))).get(0),
          inJar.logits(List.of(inJar.sequence(ids))).get(0));
      assertEquals(onDisk.digests(), inJar.digests());
    }
  }

  @Test
  void recognisesEveryForm() throws IOException {
    TensorflowEngine engine = new TensorflowEngine();
    Path model = stored();
    assertTrue(engine.accepts(model));
    assertTrue(engine.accepts(model.resolve("saved_model/1")));
    assertTrue(engine.accepts(model.resolve("saved_model/1/saved_model.pb")));
    assertFalse(engine.accepts(model.resolve("saved_model/1/variables")));
    assertFalse(engine.accepts(Goldens.checkpoint("bert")));
    Path frozen = SmallGraph.file(SmallGraph.Variant.PLAIN, folder);
    assertTrue(engine.accepts(frozen));
    assertTrue(engine.accepts(folder));
    Files.copy(frozen, folder.resolve("another.pb"));
    assertFalse(engine.accepts(folder), "two graphs");
  }

  @Test
  void digestsAreThoseOfAllFiles() {
    try (TensorflowSession session = Goldens.open(stored().resolve("saved_model/1"))) {
      assertEquals(
          new TreeSet<>(
              List.of(
                  "config.json",
                  "saved_model/1/saved_model.pb",
                  "saved_model/1/variables/variables.data-00000-of-00001",
                  "saved_model/1/variables/variables.index")),
          new TreeSet<>(session.digests().keySet()));
    }
  }

  /**
   * The class that is explained comes from the graph if it is predicted, from Java if it is named.
   */
  @Test
  void givesTheSameBitsForAClassHoweverItIsMeant() {
    try (TensorflowSession session = Goldens.open(stored())) {
      TokenSequence input = session.sequence(new int[] {2, 5, 7, 11, 3});
      Capture predicted = capture(session, input, Target.predicted());
      int index = predicted.target().index();
      Capture named = capture(session, input, new Target.Index(index));
      Capture labelled = capture(session, input, Target.parse("label_" + index));
      for (Capture other : List.of(named, labelled)) {
        assertEquals(predicted.target(), other.target());
        assertArrayEquals(predicted.logits(), other.logits());
        assertArrayEquals(
            RecordedCheckpoint.stack(predicted.hiddenStateGradients()),
            RecordedCheckpoint.stack(other.hiddenStateGradients()));
      }
    }
  }

  private static Capture capture(TensorflowSession session, TokenSequence input, Target target) {
    return session.capture(List.of(input), RecordedCheckpoint.everything(target)).get(0);
  }

  @Test
  void threadCountAndBatchSizeChangeNoAttention() {
    Map<Integer, float[]> byBatch = new ConcurrentHashMap<>();
    List<int[]> inputs = List.of(new int[] {2, 5, 7, 11, 3}, new int[] {2, 3}, new int[] {2, 9, 3});
    Stream.of(1, 2, 16)
        .forEach(
            size -> {
              EngineSettings settings = new EngineSettings(2, size);
              try (TensorflowSession session = TensorflowEngine.openSession(stored(), settings)) {
                List<Capture> captures =
                    session.capture(
                        inputs.stream().map(session::sequence).toList(),
                        RecordedCheckpoint.everything(Target.predicted()));
                float[] all =
                    RecordedCheckpoint.stack(
                        captures.stream().flatMap(c -> c.hiddenStateGradients().stream()).toList());
                byBatch.put(size, all);
              }
            });
    Close.assertClose("batch 2", byBatch.get(1), byBatch.get(2), 1e-6, 1e-5);
    Close.assertClose("batch 16", byBatch.get(1), byBatch.get(16), 1e-6, 1e-5);
  }
}
