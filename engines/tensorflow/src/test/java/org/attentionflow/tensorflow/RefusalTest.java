package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Damaged, incomplete and hostile models: one line, and the process goes on. */
class RefusalTest {
  @TempDir Path folder;

  private ModelCopy copy() {
    return new ModelCopy(
        ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json"),
        folder.resolve("model"));
  }

  private static void assertNotOpened(Path model, String... parts) {
    UnusableInputException refusal = assertRefused(() -> Goldens.open(model).close(), parts);
    Assertions.assertFalse(
        refusal.getMessage().contains("{{"), "a place in the graph: " + refusal.getMessage());
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    assertNotOpened(folder.resolve("missing"), "missing", "does not exist");
    assertNotOpened(folder, "holds no TensorFlow graph");
    Files.createFile(folder.resolve("tf_model.h5"));
    assertNotOpened(folder, "tf_model.h5 has weights alone");
  }

  @Test
  void refusesWhatIsNoGraph() throws IOException {
    ModelCopy copy = copy();
    byte[] noise = new byte[5000];
    new Random(3).nextBytes(noise);
    Files.write(copy.savedModel(), noise);
    assertNotOpened(copy.folder(), "saved_model.pb", "Maybe");
    Files.write(copy.savedModel(), new byte[0]);
    assertNotOpened(copy.folder(), "has no graph");
    Path frozen = Files.write(folder.resolve("empty.pb"), new byte[0]);
    assertNotOpened(frozen, "has no node");
  }

  /** Every length a download can stop at, in steps. */
  @Test
  void refusesATruncatedGraph() throws IOException {
    ModelCopy copy = copy();
    byte[] whole = Files.readAllBytes(copy.savedModel());
    for (int length = 1; length < whole.length; length += 4999) {
      Files.write(copy.savedModel(), Arrays.copyOf(whole, length));
      assertNotOpened(copy.folder());
    }
  }

  /** A field of 2 GiB in a file of a few bytes. */
  @Test
  void refusesAClaimOfTwoGigabytes() throws IOException {
    byte[] claim = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2, 3};
    assertNotOpened(Files.write(folder.resolve("claim.pb"), claim), "claim.pb", "Maybe");
    TensorProto huge =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(Nodes.shapeOf(1L << 20, 1L << 20))
            .addFloatVal(1)
            .build();
    GraphDef graph =
        SmallGraph.of(SmallGraph.Variant.PLAIN).toBuilder()
            .addNode(Nodes.constant("huge", huge))
            .build();
    Path file = Files.write(folder.resolve("huge.pb"), graph.toByteArray());
    assertNotOpened(file, "no single output");
    GraphDef used = withTable(graph, huge);
    assertNotOpened(Files.write(file, used.toByteArray()), "claims the size");
    TensorProto tiny =
        huge.toBuilder()
            .clearFloatVal()
            .setTensorShape(Nodes.shapeOf(6, 4))
            .setTensorContent(ByteString.copyFrom(new byte[8]))
            .build();
    GraphDef cut = withTable(graph, tiny);
    assertNotOpened(Files.write(file, cut.toByteArray()), "8 bytes instead of");
  }

  /** The small graph with another table of embeddings. */
  private static GraphDef withTable(GraphDef graph, TensorProto table) {
    GraphDef.Builder changed = GraphDef.newBuilder();
    for (NodeDef node : SmallGraph.of(SmallGraph.Variant.PLAIN).getNodeList()) {
      changed.addNode(node.getName().equals("Const") ? Nodes.constant("Const", table) : node);
    }
    Assertions.assertTrue(graph.getNodeCount() > 0);
    return changed.build();
  }

  @Test
  void refusesAModelWithoutItsVariables() throws IOException {
    ModelCopy copy = copy();
    Path variables = copy.folder().resolve("saved_model/1/variables");
    Path data = variables.resolve("variables.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, whole.length / 2));
    assertNotOpened(copy.folder(), "Restoring the variables of the SavedModel failed: ");
    Files.delete(data);
    assertNotOpened(copy.folder(), "lacks", "variables.data", "incomplete");
    Files.write(data, whole);
    Path index = variables.resolve("variables.index");
    byte[] names = Files.readAllBytes(index);
    Files.write(index, Arrays.copyOf(names, names.length / 2));
    assertNotOpened(copy.folder(), "Restoring the variables");
    byte[] noise = new byte[names.length];
    new Random(5).nextBytes(noise);
    Files.write(index, noise);
    assertNotOpened(copy.folder(), "Restoring the variables");
    Files.delete(index);
    assertNotOpened(copy.folder(), "lacks", "variables.index", "incomplete");
  }

  @Test
  void refusesRecursionWhereverItStands() {
    ModelCopy called = copy().graph(graph -> recursive(graph, "__inference_call"));
    assertNotOpened(called.folder(), "calls itself");
  }

  @Test
  void refusesRecursionInWhatRestores() {
    ModelCopy restoring = copy().graph(graph -> recursive(graph, "__inference__traced_restore"));
    assertNotOpened(restoring.folder(), "calls itself");
  }

  /** Lets a function call itself. */
  private static GraphDef recursive(GraphDef graph, String prefix) {
    GraphDef.Builder changed = graph.toBuilder();
    for (FunctionDef.Builder function : changed.getLibraryBuilder().getFunctionBuilderList()) {
      if (function.getSignature().getName().startsWith(prefix)) {
        List<String> arguments =
            function.getSignature().getInputArgList().stream().map(arg -> arg.getName()).toList();
        function.addNodeDef(FunctionWriter.call("again", function.build(), arguments));
      }
    }
    return changed.build();
  }

  @Test
  void refusesACycle() {
    ModelCopy copy =
        copy()
            .graph(
                graph -> {
                  GraphDef.Builder changed = graph.toBuilder();
                  changed.getLibraryBuilder().getFunctionBuilderList().stream()
                      .filter(f -> f.getSignature().getName().startsWith("__inference_call"))
                      .findFirst()
                      .orElseThrow()
                      .getNodeDefBuilderList()
                      .stream()
                      .filter(node -> node.getOp().equals("Softmax"))
                      .forEach(node -> node.setInput(0, "classifier/BiasAdd_1:output:0"));
                  return changed.build();
                });
    assertNotOpened(copy.folder(), "cycle");
  }

  @Test
  void refusesOperationsThatAreUnknown() {
    ModelCopy copy =
        copy()
            .graph(
                graph -> {
                  GraphDef.Builder changed = graph.toBuilder();
                  changed
                      .getLibraryBuilder()
                      .getFunctionBuilderList()
                      .forEach(
                          function ->
                              function.getNodeDefBuilderList().stream()
                                  .filter(node -> node.getOp().equals("Erf"))
                                  .forEach(node -> node.setOp("ErfOfTomorrow")));
                  return changed.build();
                });
    assertNotOpened(copy.folder(), "ErfOfTomorrow");
  }

  @Test
  void refusesConfigurationsThatContradictTheGraph() {
    assertNotOpened(
        copy().replaceConfig("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4").folder(),
        "config.json says 4 layers");
  }

  @Test
  void refusesLabelsThatAreNotAsManyAsLogits() {
    assertNotOpened(
        copy().replaceConfig(",\n    \"2\": \"LABEL_2\"", "").folder(), "2 classes", "3 logits");
  }

  @Test
  void refusesDecoders() {
    assertNotOpened(
        copy().replaceConfig("\"is_decoder\": false", "\"is_decoder\": true").folder(),
        "is_decoder",
        "only encoders");
  }

  /** Single bits of the graph turned: it opens or is refused, but the process goes on. */
  @Test
  void survivesTurnedBits() throws IOException {
    ModelCopy copy = copy();
    byte[] whole = Files.readAllBytes(copy.savedModel());
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] turned = whole.clone();
      turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(copy.savedModel(), turned);
      try {
        Goldens.open(copy.folder()).close();
      } catch (UnusableInputException refused) {
        Assertions.assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
      }
    }
  }
}
