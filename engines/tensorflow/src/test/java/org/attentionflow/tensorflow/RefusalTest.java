package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;

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
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;

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

  /** What a loop or a branch would do is looked into as well. */
  @Test
  void refusesBranchesThatReadFiles() throws IOException {
    GraphDef.Builder graph = SmallGraph.of(SmallGraph.Variant.PLAIN).toBuilder();
    String logits = graph.getNode(graph.getNodeCount() - 1).getName();
    FunctionDef.Builder branch = FunctionDef.newBuilder();
    branch.getSignatureBuilder().setName("branch");
    branch.getSignatureBuilder().addOutputArgBuilder().setName("out").setType(DataType.DT_FLOAT);
    branch.addNodeDef(
        Nodes.node("ImmutableConst", "secret")
            .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
            .putAttr("shape", Nodes.shape())
            .putAttr("memory_region_name", Nodes.text("any")));
    graph.getLibraryBuilder().addFunction(branch.putRet("out", "secret:tensor:0"));
    NameAttrList called = NameAttrList.newBuilder().setName("branch").build();
    AttrValue function = AttrValue.newBuilder().setFunc(called).build();
    graph.addNode(Nodes.scalar("condition", 1f));
    AttrValue.Builder none = AttrValue.newBuilder();
    none.getListBuilder();
    AttrValue.Builder one = AttrValue.newBuilder();
    one.getListBuilder().addType(DataType.DT_FLOAT);
    graph.addNode(
        Nodes.node("StatelessIf", "choice", "condition")
            .putAttr("Tcond", Nodes.type(DataType.DT_FLOAT))
            .putAttr("Tin", none.build())
            .putAttr("Tout", one.build())
            .putAttr("then_branch", function)
            .putAttr("else_branch", function));
    graph.addNode(
        Nodes.node("AddV2", "result", logits, "choice")
            .putAttr("T", Nodes.type(DataType.DT_FLOAT)));
    Path file = Files.write(folder.resolve("reads.pb"), graph.build().toByteArray());
    assertNotOpened(file, "ImmutableConst", "secret", "outside of the model");
  }

  /**
   * Single bits of the graph turned: it is refused, when it is opened or when it runs, or gives
   * numbers; anything else would be thrown here or end the process.
   */
  @Test
  void survivesTurnedBits() throws IOException {
    ModelCopy copy = copy();
    byte[] whole = Files.readAllBytes(copy.savedModel());
    Random random = new Random(11);
    int refusals = 0;
    int answers = 0;
    for (int i = 0; i < 60; i++) {
      byte[] turned = whole.clone();
      turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(copy.savedModel(), turned);
      try (TensorflowSession session = Goldens.open(copy.folder())) {
        float[] logits = session.logits(List.of(session.sequence(new int[] {2, 5, 3}))).get(0);
        Assertions.assertEquals(3, logits.length);
        for (float logit : logits) {
          Assertions.assertTrue(Float.isFinite(logit), "seed 11, damage " + i);
        }
        answers++;
      } catch (UnusableInputException refused) {
        String message = refused.getMessage();
        Assertions.assertEquals(1, message.lines().count(), message);
        Assertions.assertFalse(message.contains("{{"), message);
        refusals++;
      }
    }
    // Most of the file are names and references, few of which can change without harm.
    Assertions.assertTrue(refusals >= 30, refusals + " refusals");
    Assertions.assertTrue(answers >= 1, answers + " answers");
  }
}
