package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.testkit.Close;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Which signature of a SavedModel is explained. */
class SignatureTest {
  @TempDir Path folder;

  private Path model;
  private SignatureDef classifier;

  @BeforeEach
  void copyModel() throws IOException {
    Path stored = ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json");
    model = new ModelCopy(stored, folder.resolve("model")).folder();
    classifier =
        SavedModel.parseFrom(Files.readAllBytes(graph()))
            .getMetaGraphs(0)
            .getSignatureDefOrThrow("serving_default");
  }

  private Path graph() {
    return model.resolve("saved_model/1/saved_model.pb");
  }

  private void write(Map<String, SignatureDef> signatures) throws IOException {
    SavedModel.Builder saved = SavedModel.parseFrom(Files.readAllBytes(graph())).toBuilder();
    MetaGraphDef.Builder meta = saved.getMetaGraphsBuilder(0);
    meta.clearSignatureDef().putAllSignatureDef(signatures);
    Files.write(graph(), saved.build().toByteArray());
  }

  private float[] logits() {
    try (TensorflowSession session = Goldens.open(model)) {
      return session.logits(List.of(session.sequence(new int[] {2, 5, 3}))).get(0);
    }
  }

  /** The same with one output of another type and form. */
  private SignatureDef withOutput(DataType type, long... shape) {
    TensorInfo.Builder output = classifier.getOutputsOrThrow("logits").toBuilder();
    output.setDtype(type).setTensorShape(Nodes.shapeOf(shape));
    return classifier.toBuilder().putOutputs("logits", output.build()).build();
  }

  /** One that takes serialised examples, as estimators have it. */
  private SignatureDef ofExamples() {
    TensorInfo examples =
        TensorInfo.newBuilder().setName("examples:0").setDtype(DataType.DT_STRING).build();
    return classifier.toBuilder().clearInputs().putInputs("examples", examples).build();
  }

  @Test
  void takesTheOnlyOneThatAClassifierCouldHave() throws IOException {
    float[] expected = logits();
    write(
        Map.of(
            "classify", ofExamples(),
            "encode", withOutput(DataType.DT_FLOAT, -1, -1, 48),
            "label", withOutput(DataType.DT_INT64, -1, 1),
            "predict", withOutput(DataType.DT_FLOAT, -1, 3)));
    assertArrayEquals(expected, logits());
  }

  @Test
  void takesTheDefaultWhateverElseThereIs() throws IOException {
    float[] expected = logits();
    write(Map.of("classify", ofExamples(), "other", classifier, "serving_default", classifier));
    assertArrayEquals(expected, logits());
    write(Map.of("predict", classifier, "serving_default", ofExamples()));
    assertRefused(() -> Goldens.open(model), "input examples is of type DT_STRING");
  }

  /** The same for a certain number of inputs at once. */
  private SignatureDef ofBatch(long size) {
    SignatureDef.Builder fixed = classifier.toBuilder();
    classifier
        .getInputsMap()
        .forEach(
            (name, info) ->
                fixed.putInputs(
                    name, info.toBuilder().setTensorShape(Nodes.shapeOf(size, -1)).build()));
    return fixed.build();
  }

  /** Every run would be filled up with copies of an input. */
  @Test
  void batchesThatNoModelIsSavedFor() throws IOException {
    float[] expected = logits();
    write(Map.of("serving_default", ofBatch(5)));
    Close.assertClose("logits", expected, logits(), 1e-6, 1e-6);
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    try (TensorflowSession session = Goldens.open(model)) {
      long five = session.captureBytes(16, 1, request);
      assertTrue(five > 64L << 20, "bytes " + five);
      write(Map.of("serving_default", ofBatch(4096)));
      try (TensorflowSession wide = Goldens.open(model)) {
        assertTrue(wide.captureBytes(16, 1, request) > 10 * five);
      }
    }
    for (long size : new long[] {4097, 1_000_000, 1L << 40, 0, -2}) {
      write(Map.of("serving_default", ofBatch(size)));
      assertRefused(() -> Goldens.open(model), "claims the size " + size + " on axis 0");
    }
  }

  @Test
  void listsThemIfSeveralOrNoneCouldBe() throws IOException {
    write(Map.of("one", classifier, "other", classifier, "classify", ofExamples()));
    assertRefused(
        () -> Goldens.open(model),
        "has the signatures classify, one, other, but not serving_default, and one, other of them",
        "Maybe save it again with the one to explain as serving_default.");
    SignatureDef two =
        classifier.toBuilder().putOutputs("more", TensorInfo.getDefaultInstance()).build();
    write(Map.of("embed", withOutput(DataType.DT_FLOAT, -1, 48), "two", two));
    assertRefused(() -> Goldens.open(model), "embed, two of them");
    write(Map.of("classify", ofExamples(), "regress", ofExamples()));
    assertRefused(
        () -> Goldens.open(model), "classify, regress", "and none of them", "serving_default");
  }
}
