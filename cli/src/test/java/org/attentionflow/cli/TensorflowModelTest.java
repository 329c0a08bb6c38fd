package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** What the commands do with TensorFlow models, whole ones, damaged ones and hostile ones. */
class TensorflowModelTest {
  @TempDir Path folder;

  private Path model;
  private Path output;

  @BeforeEach
  void copyModel() throws IOException {
    Path stored = ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json");
    model = folder.resolve("model");
    output = folder.resolve("capture.safetensors");
    try (Stream<Path> files = Files.walk(stored)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(stored.relativize(file).toString()));
      }
    }
  }

  private CommandRun capture() {
    return CommandRun.of(
        "capture", "-m", model.toString(), "--ids", "2 5 7 3", "-o", output.toString());
  }

  @Test
  void aCaptureSaysWhyEachLayerIsTakenForAttention() {
    capture().ok();
    try (SafetensorsFile file = SafetensorsFile.open(output)) {
      int layers = (int) file.tensors().get("attentions").shape().get(0).longValue();
      assertEquals(3, layers);
      for (int layer = 0; layer < layers; layer++) {
        String reason = file.metadata().getOrDefault("attentions." + layer, "");
        assertTrue(reason.matches("The softmax .* multiplies the values .*"), reason);
      }
      assertFalse(file.metadata().containsKey("attentions." + layers));
    }
  }

  /** How a SavedModel is spoilt. */
  enum Damage {
    NOISE("saved_model.pb") {
      @Override
      byte[] applied(byte[] whole) {
        new Random(5).nextBytes(whole);
        return whole;
      }
    },
    HALF("saved_model.pb") {
      @Override
      byte[] applied(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
      }
    },
    /** Three constants of a single number each that claim 512 MiB each. */
    CLAIMS("would take 1536 MiB") {
      @Override
      byte[] applied(byte[] whole) throws IOException {
        return changed(
            whole,
            graph -> {
              for (int i = 0; i < 3; i++) {
                graph.addNode(claim("claim_" + i));
              }
            });
      }
    },
    /** A length of 2 GiB in front of a few bytes. */
    LENGTH("saved_model.pb") {
      @Override
      byte[] applied(byte[] whole) {
        return new byte[] {0x12, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2};
      }
    },
    /** Every function calls itself. */
    RECURSION("calls itself") {
      @Override
      byte[] applied(byte[] whole) throws IOException {
        return changed(
            whole,
            graph -> {
              for (FunctionDef.Builder function :
                  graph.getLibraryBuilder().getFunctionBuilderList()) {
                String name = function.getSignature().getName();
                NodeDef.Builder again = function.addNodeDefBuilder().setName("again").setOp(name);
                function
                    .getSignature()
                    .getInputArgList()
                    .forEach(argument -> again.addInput(argument.getName()));
              }
            });
      }
    };

    private final String word;

    Damage(String word) {
      this.word = word;
    }

    abstract byte[] applied(byte[] whole) throws IOException;
  }

  private static byte[] changed(byte[] whole, Consumer<GraphDef.Builder> change)
      throws IOException {
    SavedModel.Builder saved = SavedModel.parseFrom(whole).toBuilder();
    change.accept(saved.getMetaGraphsBuilder(0).getGraphDefBuilder());
    return saved.build().toByteArray();
  }

  private static NodeDef claim(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setSize(1 << 13);
    shape.addDimBuilder().setSize(1 << 14);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape).addFloatVal(1);
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void damageIsOneLineAndExitCode3(Damage damage) throws IOException {
    Path graph = model.resolve("saved_model/1/saved_model.pb");
    Files.write(graph, damage.applied(Files.readAllBytes(graph)));
    capture().failed(ExitCode.UNUSABLE, damage.word);
    assertFalse(Files.exists(output));
  }

  @Test
  void missingAndCutVariablesAreOneLineAndExitCode3() throws IOException {
    Path data = model.resolve("saved_model/1/variables/variables.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, whole.length / 2));
    capture().failed(ExitCode.UNUSABLE, "Restoring the variables");
    Files.delete(data);
    capture().failed(ExitCode.UNUSABLE, "variables.data");
  }
}
