package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime maps weights from the model's file: nobody makes copies of them to hand over. */
class WeightsInPlaceTest {
  private static final String GOLDEN = "bert-eager-legacy";

  @TempDir Path folder;

  @Test
  void theGraphThatIsLoadedNamesPlacesThatHoldTheWeights() throws IOException {
    ModelFile file = ModelFile.read(Goldens.file(GOLDEN));
    Classifier classifier = Classifier.read(file, 3, List.of()).withoutStates();
    ModelProto whole =
        InstrumentedModel.of(
                classifier, new Instruments(true, false, false, true), GradientRules.load())
            .model();
    ModelProto small = file.withWeightsInPlace(whole);
    byte[] bytes = Files.readAllBytes(Goldens.file(GOLDEN));
    int places = 0;
    for (int i = 0; i < whole.getGraph().getInitializerCount(); i++) {
      TensorProto tensor = small.getGraph().getInitializer(i);
      ByteString expected = whole.getGraph().getInitializer(i).getRawData();
      assertEquals(expected.size() >= 4096, tensor.getExternalDataCount() > 0, tensor.getName());
      if (tensor.getExternalDataCount() > 0) {
        int offset = Integer.parseInt(tensor.getExternalData(1).getValue());
        assertEquals(
            expected,
            ByteString.copyFrom(Arrays.copyOfRange(bytes, offset, offset + expected.size())));
        places++;
      }
    }
    assertTrue(places > 20, places + " places");
    assertTrue(small.getSerializedSize() < whole.getSerializedSize() / 2, "weights are left");
  }

  /** As the cache of the Hugging Face hub lays files out: a link that leads to another folder. */
  @Test
  void aLinkToAFileInAnotherFolder() throws IOException {
    Path blob = Files.createDirectory(folder.resolve("blobs")).resolve("0123abc");
    Files.copy(Goldens.file(GOLDEN), blob);
    Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
    Path link =
        Files.createSymbolicLink(snapshot.resolve("model.onnx"), Path.of("..", "blobs", "0123abc"));
    Files.copy(Goldens.resource("bert.config.json"), snapshot.resolve("config.json"));
    for (Path given : List.of(link, snapshot)) {
      try (OnnxSession session = OnnxEngine.openSession(given, EngineSettings.defaults());
          RecordedCheckpoint recorded = Goldens.recorded(GOLDEN)) {
        recorded.assertAgrees(session);
      }
    }
  }

  /** The cache of the Hugging Face hub, with weights in a file of their own. */
  @Test
  void linksToAModelAndItsExternalDataInAnotherFolder() throws IOException {
    Path blobs = Files.createDirectory(folder.resolve("blobs"));
    ModelProto golden = ModelProto.parseFrom(Files.readAllBytes(Goldens.file(GOLDEN)));
    ModelVariants.writeExternal(golden, blobs);
    Files.move(blobs.resolve("model.onnx"), blobs.resolve("0123abc"));
    Files.move(blobs.resolve("model.onnx_data"), blobs.resolve("4567def"));
    Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
    link(snapshot.resolve("model.onnx"), "0123abc");
    link(snapshot.resolve("model.onnx_data"), "4567def");
    Files.copy(Goldens.resource("bert.config.json"), snapshot.resolve("config.json"));
    try (OnnxSession session = OnnxEngine.openSession(snapshot, EngineSettings.defaults());
        RecordedCheckpoint recorded = Goldens.recorded(GOLDEN)) {
      recorded.assertAgrees(session);
    }
  }

  private static void link(Path from, String blob) throws IOException {
    Files.createSymbolicLink(from, Path.of("..", "blobs", blob));
  }

  @Test
  void aFileThatChangesBeforeItsWeightsAreMappedIsRefused() throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.copy(Goldens.file(GOLDEN), file);
    try (OnnxSession session = OnnxEngine.openSession(file, EngineSettings.defaults())) {
      Path other = Files.copy(Goldens.file("bert-sdpa-legacy"), folder.resolve("other.onnx"));
      Files.delete(file);
      Files.move(other, file);
      assertRefused(
          () -> session.logits(List.of(session.sequence(new int[] {2, 7, 3}))),
          "model.onnx has changed since it was opened");
      Files.delete(file);
      assertRefused(
          () -> session.logits(List.of(session.sequence(new int[] {2, 7, 3}))),
          "cannot be read any more");
    }
  }

  /** Their sizes add up to more than an int holds: with and without a positive remainder. */
  @Test
  void moreThanAnOnnxFileCanHoldIsRefused() throws IOException {
    Path sparse = folder.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(
            sparse, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteString weight =
          UnsafeByteOperations.unsafeWrap(channel.map(MapMode.READ_WRITE, 0, 1 << 30));
      GraphProto.Builder graph = GraphProto.newBuilder();
      for (int count = 1; count <= 5; count++) {
        graph.addInitializer(TensorProto.newBuilder().setName("w" + count).setRawData(weight));
        ModelProto model = ModelProto.newBuilder().setGraph(graph).build();
        if (count < 2) {
          assertTrue(ModelFile.byteCount(model) > 1 << 30);
        } else {
          assertRefused(() -> ModelFile.byteCount(model), "more than the 2 GiB", "external data");
        }
      }
    }
  }
}
