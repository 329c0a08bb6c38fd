package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.ElementType;
import org.attentionflow.formats.safetensors.SafetensorsWriter;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which one model can lie in a folder. */
class VariantTest {
  private static final int[] IDS = {2, 17, 5, 290, 1, 3};

  @TempDir Path temporary;

  private static float[] logits(ModelSession session) {
    return session.logits(List.of(session.sequence(IDS))).get(0);
  }

  private static float[] logits(ModelCopy model) {
    try (PytorchSession session = model.open()) {
      return logits(session);
    }
  }

  private ModelCopy copy(String name) throws IOException {
    return ModelCopy.of(name, temporary.resolve(name));
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32", "F16", "BF16"})
  void otherElementTypesComputeIn32Bits(ElementType type) throws IOException {
    ModelCopy narrow = copy("bert").writeAs(type);
    ModelCopy wide = ModelCopy.of("bert", temporary.resolve("wide")).write(narrow.tensors());
    assertArrayEquals(logits(wide), logits(narrow));
  }

  @Test
  void shardsAreOneModel() throws IOException {
    ModelCopy model = copy("electra");
    float[] whole = logits(model);
    SafetensorsWriter first = new SafetensorsWriter();
    SafetensorsWriter second = new SafetensorsWriter();
    JsonObject places = new JsonObject();
    for (Map.Entry<String, FloatTensor> entry : model.tensors().entrySet()) {
      boolean inFirst = places.size() % 2 == 0;
      (inFirst ? first : second).floats(entry.getKey(), entry.getValue());
      places.addProperty(entry.getKey(), inFirst ? "a.safetensors" : "b.safetensors");
    }
    first.write(model.folder().resolve("a.safetensors"));
    second.write(model.folder().resolve("b.safetensors"));
    Files.delete(model.weights());
    Files.writeString(
        model.folder().resolve("model.safetensors.index.json"), "{\"weight_map\":" + places + "}");
    assertArrayEquals(whole, logits(model));
    try (PytorchSession session = model.open()) {
      assertEquals(
          List.of("a.safetensors", "b.safetensors", "config.json"),
          session.digests().keySet().stream().sorted().toList());
    }
  }

  @Test
  void oldNamesAndBuffersAreUnderstood() throws IOException {
    ModelCopy model = copy("bert");
    float[] expected = logits(model);
    model.rename("LayerNorm.weight", "LayerNorm.gamma").rename("LayerNorm.bias", "LayerNorm.beta");
    assertArrayEquals(expected, logits(model));
    Map<String, FloatTensor> tensors = model.tensors();
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(writer::floats);
    writer.longs("bert.embeddings.position_ids", new long[128], 1, 128);
    writer.write(model.weights());
    assertArrayEquals(expected, logits(model));
  }

  @Test
  void anUnusedPoolerOfRobertaIsIgnored() throws IOException {
    ModelCopy model = copy("roberta");
    float[] expected = logits(model);
    Map<String, FloatTensor> tensors = model.tensors();
    tensors.put("roberta.pooler.dense.bias", FloatTensor.of(new float[48], 48));
    assertArrayEquals(expected, logits(model.write(tensors)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xlm-roberta", "camembert"})
  void robertasRelativesAreRobertas(String type) throws IOException {
    ModelCopy model = copy("roberta");
    float[] expected = logits(model);
    model.edit(
        config -> {
          config.addProperty("model_type", type);
          config.remove("architectures");
        });
    assertArrayEquals(expected, logits(model));
  }

  /** Padding ids inside an input take position 1 and are not counted. */
  @Test
  void robertasPositionsLeaveOutPadding() {
    InputLimits limits = new InputLimits(400, 1, 126, 1);
    assertArrayEquals(new long[] {2, 3, 1, 4, 1}, limits.positions(new int[] {0, 9, 1, 9, 1}));
    InputLimits plain = new InputLimits(400, 2, 128, InputLimits.PLAIN_POSITIONS);
    assertArrayEquals(new long[] {0, 1, 2}, plain.positions(new int[] {0, 1, 0}));
  }

  @Test
  void modelsInsideAZipFileAreRead() throws IOException {
    URI zip = URI.create("jar:" + temporary.resolve("models.jar").toUri());
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path inside = Files.createDirectory(files.getPath("/sst2-tiny"));
      try (Stream<Path> originals = Files.list(ResourceFolder.smallClassifier())) {
        for (Path original : originals.toList()) {
          Files.copy(original, inside.resolve(original.getFileName().toString()));
        }
      }
    }
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of());
        PytorchSession packed =
            PytorchEngine.openSession(files.getPath("/sst2-tiny"), EngineSettings.defaults());
        PytorchSession plain =
            PytorchEngine.openSession(
                ResourceFolder.smallClassifier(), EngineSettings.defaults())) {
      assertTrue(new PytorchEngine().accepts(files.getPath("/sst2-tiny")));
      assertEquals(plain.model(), packed.model());
      assertEquals(plain.digests(), packed.digests());
      assertEquals(plain.tokenize("a good film"), packed.tokenize("a good film"));
      assertArrayEquals(logits(plain), logits(packed));
    }
  }

  @Test
  void labelsHaveDefaults() throws IOException {
    ModelCopy model =
        copy("bert")
            .edit(
                config -> {
                  config.remove("id2label");
                  config.addProperty("num_labels", 3);
                });
    try (PytorchSession session = model.open()) {
      assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), session.model().labels());
      assertEquals("bert", session.model().name());
      int weights =
          model.tensors().values().stream().mapToInt(tensor -> tensor.values().length).sum();
      assertEquals(weights, session.model().parameterCount());
    }
  }

  @Test
  void theEngineIsFoundByName() {
    ModelEngine engine = Plugins.load(ModelEngine.class).get("pytorch");
    assertTrue(engine.capabilities().containsAll(List.of(Capability.values())));
    assertTrue(engine.probe().contains("PyTorch 2.7.1"), engine.probe());
    assertTrue(engine.probe().contains("1 inter-op"), engine.probe());
  }

  @Test
  void theMemoryEstimateGrowsWithEverything() {
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    try (PytorchSession session = Goldens.open("bert")) {
      long small = session.captureBytes(16, 1, request);
      assertTrue(session.captureBytes(32, 1, request) > small);
      assertTrue(session.captureBytes(16, 2, request) > small);
      long layerBytes = 3L * 4 * 128 * 128 * Float.BYTES;
      assertTrue(session.captureBytes(128, 1, request) > 6 * layerBytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void activationsAreTheirFormulas(Activation activation) {
    float[] x = {-5, -1.5f, -0.25f, 0, 0.5f, 2, 7};
    try (NDManager manager = NativeLibrary.newManager()) {
      float[] y = activation.apply((PtNDArray) manager.create(x)).toFloatArray();
      float[] expected = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        double v = x[i];
        double cubic = Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v);
        expected[i] =
            (float)
                switch (activation) {
                  case GELU -> v * normal(v);
                  case GELU_TANH -> v / 2 * (1 + Math.tanh(cubic));
                  case RELU -> Math.max(v, 0);
                  case SILU -> v / (1 + Math.exp(-v));
                  case TANH -> Math.tanh(v);
                };
      }
      assertClose(activation.name(), expected, y, 1e-6, 1e-5);
    }
  }

  /** The distribution function of the standard normal distribution, by Simpson's rule. */
  private static double normal(double v) {
    int steps = 2000;
    double h = v / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double density = Math.exp(-i * h * i * h / 2);
      sum += density * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }
}
