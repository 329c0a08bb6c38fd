package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Constants that claim memory are refused before anything native could take it. */
class ConstantMemoryTest {
  @TempDir Path folder;

  /** A tensor of which only the first number is stored. */
  private static TensorProto claim(DataType type, long... shape) {
    return TensorProto.newBuilder()
        .setDtype(type)
        .setTensorShape(Nodes.shapeOf(shape))
        .addFloatVal(1)
        .build();
  }

  /** 512 MiB. */
  private static NodeDef halfOfWhatIsAllowed(String name) {
    return Nodes.constant(name, claim(DataType.DT_FLOAT, 1 << 13, 1 << 14));
  }

  /** The small graph with more constants, which its output waits for. */
  private Path withConstants(NodeDef... constants) throws IOException {
    GraphDef.Builder graph = SmallGraph.of(SmallGraph.Variant.PLAIN).toBuilder();
    String logits = graph.getNode(graph.getNodeCount() - 1).getName();
    NodeDef.Builder result = Nodes.node("Identity", "result", logits);
    for (NodeDef constant : constants) {
      graph.addNode(constant);
      result.addInput("^" + constant.getName());
    }
    graph.addNode(result.putAttr("T", Nodes.type(DataType.DT_FLOAT)));
    return Files.write(folder.resolve("constants.pb"), graph.build().toByteArray());
  }

  private static StoredModel read(Path model) {
    return StoredModel.read(ModelFiles.of(model));
  }

  private static GraphPlan plan(StoredModel model) {
    OperationRegistry registry =
        new OperationRegistry(
            NativeLibrary.operations(), model.graph().getLibrary().getFunctionList());
    return GraphPlan.of(model, registry, OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "DT_FLOAT, 32768, 32768",
    "DT_DOUBLE, 16384, 16384",
    "DT_COMPLEX128, 8192, 16384",
    "DT_BOOL, 65536, 32768",
    "DT_FLOAT, 1048576, 1048576",
    "DT_FLOAT, 4611686018427387904, 4611686018427387904"
  })
  void refusesASingleNumberForGigabytes(DataType type, long rows, long columns) throws IOException {
    Path file = withConstants(Nodes.constant("huge", claim(type, rows, columns)));
    assertRefused(() -> read(file), "would take", "the largest being huge", "damaged");
  }

  @Test
  void refusesSeveralThatClaimTooMuchTogether() throws IOException {
    read(withConstants(halfOfWhatIsAllowed("a"), halfOfWhatIsAllowed("b")));
    Path file =
        withConstants(halfOfWhatIsAllowed("a"), halfOfWhatIsAllowed("b"), halfOfWhatIsAllowed("c"));
    assertRefused(() -> read(file), "would take 1536 MiB");
  }

  @Test
  void refusesThoseInsideFunctions() {
    ModelCopy copy =
        new ModelCopy(
                ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json"),
                folder.resolve("model"))
            .graph(
                graph -> {
                  GraphDef.Builder changed = graph.toBuilder();
                  for (FunctionDef.Builder function :
                      changed.getLibraryBuilder().getFunctionBuilderList()) {
                    function.addNodeDef(halfOfWhatIsAllowed("claim"));
                  }
                  return changed.build();
                });
    assertRefused(() -> read(copy.folder()), "would take 1536 MiB", "the largest being claim");
  }

  /** The bytes of a string that is repeated count, and those of numbers that are stored do not. */
  @Test
  void countsWhatTheNativeLibraryWouldExpand() {
    TensorProto texts =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(Nodes.shapeOf(1000))
            .addStringVal(ByteString.copyFromUtf8("12345"))
            .addStringVal(ByteString.copyFromUtf8("123"))
            .build();
    assertEquals(24 * 1000 + 5 + 3 + 998 * 3, ConstantMemory.bytes(Nodes.constant("texts", texts)));
    TensorProto none = claim(DataType.DT_FLOAT, 1L << 50, 0, 1L << 50);
    assertEquals(0, ConstantMemory.bytes(Nodes.constant("none", none)));
  }

  @Test
  void refusesConstantsThatAreCut() throws IOException {
    TensorProto cut =
        claim(DataType.DT_INT64, 6, 4).toBuilder()
            .clearFloatVal()
            .setTensorContent(ByteString.copyFrom(new byte[96]))
            .build();
    Path file = withConstants(Nodes.constant("cut", cut));
    assertRefused(() -> read(file), "constant cut", "96 bytes instead of 192");
    Path negative = withConstants(Nodes.constant("open", claim(DataType.DT_FLOAT, -1, 4)));
    assertRefused(() -> read(negative), "constant open", "claims the size -1");
  }

  /** A constant of 64 MiB in a function that is called twenty times. */
  @Test
  void countsAFunctionsConstantsForEveryCall() {
    GraphDef.Builder graph = SmallGraph.of(SmallGraph.Variant.PLAIN).toBuilder();
    NodeDef constant = Nodes.constant("claim", claim(DataType.DT_FLOAT, 1 << 12, 1 << 12));
    graph.getLibraryBuilder().addFunction(calling("f", List.of(constant)));
    NodeDef.Builder sum =
        Nodes.node("AddN", "sum", graph.getNode(graph.getNodeCount() - 1).getName());
    for (int i = 0; i < 20; i++) {
      graph.addNode(Nodes.node("f", "call_" + i));
      sum.addInput("call_" + i);
    }
    graph.addNode(sum.putAttr("N", Nodes.number(21)).putAttr("T", Nodes.type(DataType.DT_FLOAT)));
    GraphDef built = graph.build();
    StoredModel model = new StoredModel(built, GraphSignature.of(built), null);
    assertRefused(() -> plan(model), "would take 1280 MiB");
  }

  /** What restores is not laid flat by this engine, but by TensorFlow. */
  @Test
  void refusesFunctionsThatExplodeOnRestoring() {
    List<FunctionDef> functions = new ArrayList<>();
    functions.add(calling("f_0", List.of(Nodes.scalar("claim", 1f))));
    IntStream.range(1, 70)
        .mapToObj(
            i ->
                calling(
                    "f_" + i,
                    List.of(
                        Nodes.node("f_" + (i - 1), "claim").build(),
                        Nodes.node("f_" + (i - 1), "again").build())))
        .forEach(functions::add);
    ModelCopy copy =
        new ModelCopy(
                ResourceFolder.of("/org/attentionflow/tensorflow/bert/config.json"),
                folder.resolve("model"))
            .graph(
                graph -> {
                  GraphDef.Builder changed = graph.toBuilder();
                  changed.getLibraryBuilder().getFunctionBuilderList().stream()
                      .filter(f -> f.getSignature().getName().contains("traced_restore"))
                      .forEach(f -> f.addNodeDef(Nodes.node("f_69", "explosion")));
                  changed.getLibraryBuilder().addAllFunction(functions);
                  return changed.build();
                });
    assertRefused(() -> plan(read(copy.folder())), "call each other so often");
  }

  /** A function without arguments that returns the first of its nodes, which is called claim. */
  private static FunctionDef calling(String name, List<NodeDef> nodes) {
    FunctionDef.Builder function = FunctionDef.newBuilder().addAllNodeDef(nodes);
    function
        .getSignatureBuilder()
        .setName(name)
        .addOutputArgBuilder()
        .setName("out")
        .setType(DataType.DT_FLOAT);
    boolean isConstant = nodes.get(0).getOp().equals("Const");
    return function.putRet("out", isConstant ? "claim:output:0" : "claim:out:0").build();
  }
}
