package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.EngineSettings;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.types.TFloat32;

/** Calls are replaced by bodies so that TensorFlow computes the same with either. */
class FunctionInlinerTest {
  private static final AttrValue FLOAT = Nodes.type(DataType.DT_FLOAT);

  /** A function from floats to floats. */
  private static FunctionDef.Builder function(String name, List<String> in, List<String> out) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    OpDef.Builder signature = function.getSignatureBuilder().setName(name);
    in.forEach(
        a ->
            signature.addInputArg(OpDef.ArgDef.newBuilder().setName(a).setType(DataType.DT_FLOAT)));
    out.forEach(
        a ->
            signature.addOutputArg(
                OpDef.ArgDef.newBuilder().setName(a).setType(DataType.DT_FLOAT)));
    return function;
  }

  private static NodeDef node(String operation, String name, String... inputs) {
    return Nodes.node(operation, name, inputs).putAttr("T", FLOAT).build();
  }

  private static NodeDef call(
      String operation, String name, String function, int outputs, String... inputs) {
    AttrValue.Builder in = AttrValue.newBuilder();
    in.getListBuilder();
    for (String input : inputs) {
      if (!TensorName.isControl(input)) {
        in.getListBuilder().addType(DataType.DT_FLOAT);
      }
    }
    AttrValue.Builder out = AttrValue.newBuilder();
    out.getListBuilder();
    for (int i = 0; i < outputs; i++) {
      out.getListBuilder().addType(DataType.DT_FLOAT);
    }
    NameAttrList f = NameAttrList.newBuilder().setName(function).build();
    return Nodes.node(operation, name, inputs)
        .putAttr("Tin", in.build())
        .putAttr("Tout", out.build())
        .putAttr("f", AttrValue.newBuilder().setFunc(f).build())
        .build();
  }

  private static NodeDef placeholder(String name) {
    return Nodes.node("Placeholder", name)
        .putAttr("dtype", FLOAT)
        .putAttr("shape", Nodes.shape())
        .build();
  }

  private static GraphDef graph(List<FunctionDef> functions, NodeDef... nodes) {
    GraphDef.Builder graph = GraphDef.newBuilder().addAllNode(List.of(nodes));
    graph.getLibraryBuilder().addAllFunction(functions);
    return graph.build();
  }

  private static FlatGraph inline(GraphDef graph) {
    OperationRegistry registry =
        new OperationRegistry(NativeLibrary.operations(), graph.getLibrary().getFunctionList());
    return FunctionInliner.inline(graph, registry);
  }

  private static float run(GraphDef graph, String output, float a, float b) {
    try (Graph loaded = new Graph()) {
      loaded.importGraphDef(graph);
      TensorName name = TensorName.parse(output);
      try (Session session =
              new Session(loaded, false, NativeGraph.configuration(EngineSettings.defaults()));
          TFloat32 first = TFloat32.scalarOf(a);
          TFloat32 second = TFloat32.scalarOf(b);
          Result result =
              session
                  .runner()
                  .feed("a", first)
                  .feed("b", second)
                  .fetch(name.node(), name.index())
                  .run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** Both graphs, run by TensorFlow. */
  private static void assertSameValue(GraphDef graph, String output, float expected) {
    FlatGraph flat = inline(graph);
    TensorName result = flat.tensor(TensorName.parse(output));
    List<TensorName> kept = List.of(TensorName.of("a"), TensorName.of("b"), result);
    FlatGraph pruned = flat.prunedTo(kept);
    assertTrue(pruned.nodes().stream().noneMatch(node -> node.getOp().contains("Call")));
    GraphDef laidFlat = GraphDef.newBuilder().addAllNode(pruned.nodes()).build();
    assertEquals(expected, run(graph, output, 3, 5));
    assertEquals(expected, run(laidFlat, result.toString(), 3, 5));
  }

  /** f(x, y) = (x·y, x − y), with the results in another order than the nodes. */
  private static FunctionDef twoResults() {
    return function("two", List.of("x", "y"), List.of("product", "difference"))
        .addNodeDef(node("Sub", "minus", "x", "y"))
        .addNodeDef(node("Mul", "times", "x", "y"))
        .putRet("product", "times:z:0")
        .putRet("difference", "minus:z:0")
        .build();
  }

  @Test
  void severalResultsKeepTheirOrder() {
    GraphDef graph =
        graph(
            List.of(twoResults()),
            placeholder("a"),
            placeholder("b"),
            call("PartitionedCall", "call", "two", 2, "a", "b"),
            node("Neg", "out", "call:1"));
    assertSameValue(graph, "call", 15);
    assertSameValue(graph, "out", 2);
  }

  @Test
  void nestedCallsHaveNamesInTheScopeOfTheirCalls() {
    FunctionDef outer =
        function("outer", List.of("u", "v"), List.of("result"))
            .addNodeDef(call("StatefulPartitionedCall", "inner", "two", 2, "v", "u"))
            .addNodeDef(node("AddV2", "sum", "inner:output:0", "inner:output:1"))
            .putRet("result", "sum:z:0")
            .build();
    GraphDef graph =
        graph(
            List.of(twoResults(), outer),
            placeholder("a"),
            placeholder("b"),
            call("StatefulPartitionedCall", "call", "outer", 1, "a", "b"),
            call("StatefulPartitionedCall", "again", "outer", 1, "call", "b"));
    // outer(u, v) = u·v + (v − u): outer(3, 5) = 17, outer(17, 5) = 73.
    assertSameValue(graph, "again", 73);
    assertTrue(inline(graph).contains("call/inner/times"));
    assertTrue(inline(graph).contains("again/inner/times"));
  }

  @Test
  void aFunctionCanReturnItsArgumentsAndBeCalledByItsName() {
    FunctionDef swap =
        function("swap", List.of("x", "y"), List.of("p", "q"))
            .putRet("p", "y")
            .putRet("q", "x")
            .build();
    GraphDef graph =
        graph(
            List.of(swap),
            placeholder("a"),
            placeholder("b"),
            Nodes.node("swap", "call", "a", "b").build(),
            node("Sub", "out", "call:0", "call:1"));
    assertSameValue(graph, "out", 2);
  }

  @Test
  void openAttributesAreThoseOfTheCall() {
    FunctionDef generic =
        function("generic", List.of("x"), List.of("y"))
            .addNodeDef(
                Nodes.node("Neg", "minus", "x")
                    .putAttr("T", AttrValue.newBuilder().setPlaceholder("T").build()))
            .putRet("y", "minus:y:0")
            .build();
    GraphDef graph =
        graph(
            List.of(generic),
            placeholder("a"),
            Nodes.node("generic", "call", "a").putAttr("T", FLOAT).build());
    NodeDef minus = inline(graph).node("call/minus");
    assertEquals(DataType.DT_FLOAT, minus.getAttrMap().get("T").getType());
    GraphDef open =
        graph(List.of(generic), placeholder("a"), Nodes.node("generic", "c", "a").build());
    assertRefused(() -> inline(open), "generic", "attribute T");
  }

  /** A split in three: the outputs of an operation with a counted output are told apart. */
  @Test
  void countsTheOutputsOfAnOperation() {
    FunctionDef cut =
        function("cut", List.of("x", "y"), List.of("last"))
            .addNodeDef(
                Nodes.node("Pack", "both", "x", "y", "x")
                    .putAttr("T", FLOAT)
                    .putAttr("N", Nodes.number(3))
                    .putAttr("axis", Nodes.number(0)))
            .addNodeDef(
                Nodes.node("Unpack", "parts", "both:output:0")
                    .putAttr("T", FLOAT)
                    .putAttr("num", Nodes.number(3))
                    .putAttr("axis", Nodes.number(0)))
            .putRet("last", "parts:output:1")
            .build();
    GraphDef graph =
        graph(
            List.of(cut),
            placeholder("a"),
            placeholder("b"),
            call("PartitionedCall", "call", "cut", 1, "a", "b"));
    assertSameValue(graph, "call", 5);
  }

  @Test
  void whateverWaitsForACallWaitsForItsBodyAndTheBodyForTheCall() {
    FunctionDef constant =
        function("constant", List.of(), List.of("y"))
            .addNodeDef(Nodes.scalar("one", 1f))
            .addNodeDef(Nodes.node("NoOp", "effect"))
            .putRet("y", "one:output:0")
            .putControlRet("effect", "effect")
            .build();
    GraphDef graph =
        graph(
            List.of(constant),
            placeholder("a"),
            call("StatefulPartitionedCall", "call", "constant", 1, "^a"),
            node("Neg", "out", "a", "^call"));
    FlatGraph flat = inline(graph);
    NodeDef end = flat.node(TensorName.controlled(flat.node("out").getInput(1)));
    assertEquals(List.of("^call/one", "^call/effect"), new ArrayList<>(end.getInputList()));
    assertEquals("^call/start", flat.node("call/one").getInput(0));
    assertEquals("^a", flat.node("call/start").getInput(0));
    assertTrue(flat.prunedTo(List.of(TensorName.of("out"))).contains("call/effect"));
  }

  @Test
  void identitiesOfManyTensorsAreAliases() {
    AttrValue.Builder types = AttrValue.newBuilder();
    types.getListBuilder().addType(DataType.DT_FLOAT).addType(DataType.DT_FLOAT);
    GraphDef graph =
        graph(
            List.of(),
            placeholder("a"),
            placeholder("b"),
            Nodes.node("IdentityN", "both", "a", "b").putAttr("T", types.build()).build(),
            node("Sub", "out", "both:1", "both"));
    assertSameValue(graph, "out", 2);
    assertFalse(inline(graph).contains("both"));
  }

  @Test
  void namesThatAreTakenStayApart() {
    GraphDef graph =
        graph(
            List.of(twoResults()),
            placeholder("a"),
            placeholder("b"),
            node("AddV2", "call/times", "a", "b"),
            call("PartitionedCall", "call", "two", 2, "a", "b"),
            node("AddV2", "out", "call", "call/times"));
    assertSameValue(graph, "out", 23);
  }

  @Test
  void refusesRecursion() {
    FunctionDef self =
        function("self", List.of("x"), List.of("y"))
            .addNodeDef(call("PartitionedCall", "again", "other", 1, "x"))
            .putRet("y", "again:output:0")
            .build();
    FunctionDef other =
        function("other", List.of("x"), List.of("y"))
            .addNodeDef(call("PartitionedCall", "back", "self", 1, "x"))
            .putRet("y", "back:output:0")
            .build();
    GraphDef graph =
        graph(List.of(self, other), placeholder("a"), call("PartitionedCall", "c", "self", 1, "a"));
    assertRefused(() -> inline(graph), "self", "calls itself");
    assertRefused(
        () -> FunctionClosure.of(graph.getNodeList(), graph.getLibrary()), "calls itself");
  }

  /** Each function calls the one before it twice: 2⁴⁰ copies of the first. */
  @Test
  void refusesGraphsThatExplode() {
    List<FunctionDef> functions = new ArrayList<>();
    functions.add(
        function("f0", List.of("x"), List.of("y"))
            .addNodeDef(node("Neg", "n", "x"))
            .putRet("y", "n:y:0")
            .build());
    for (int i = 1; i <= 40; i++) {
      functions.add(
          function("f" + i, List.of("x"), List.of("y"))
              .addNodeDef(call("PartitionedCall", "p", "f" + (i - 1), 1, "x"))
              .addNodeDef(call("PartitionedCall", "q", "f" + (i - 1), 1, "p:output:0"))
              .putRet("y", "q:output:0")
              .build());
    }
    GraphDef graph =
        graph(functions, placeholder("a"), call("PartitionedCall", "c", "f40", 1, "a"));
    assertRefused(() -> inline(graph), "nodes would come of it");
  }

  @Test
  void refusesWhatCannotBeResolved() {
    GraphDef missing = graph(List.of(), call("PartitionedCall", "c", "nowhere", 1, "a"));
    assertRefused(() -> inline(missing), "nowhere", "does not have");
    GraphDef few =
        graph(List.of(twoResults()), placeholder("a"), call("PartitionedCall", "c", "two", 2, "a"));
    assertRefused(() -> inline(few), "two", "1 inputs");
    GraphDef cycle = graph(List.of(), node("Neg", "p", "q"), node("Neg", "q", "p"));
    assertRefused(() -> inline(cycle).prunedTo(List.of(TensorName.of("p"))), "cycle");
    FunctionDef echo = function("echo", List.of("x"), List.of("y")).putRet("y", "x").build();
    GraphDef mirror = graph(List.of(echo), call("PartitionedCall", "c", "echo", 1, "c"));
    assertRefused(() -> inline(mirror).tensor(TensorName.of("c")), "cycle");
    Map<String, String> wrong = Map.of("y", "nothing:y:0");
    FunctionDef broken = function("broken", List.of("x"), List.of("y")).putAllRet(wrong).build();
    GraphDef bad =
        graph(List.of(broken), placeholder("a"), call("PartitionedCall", "c", "broken", 1, "a"));
    assertRefused(() -> inline(bad), "broken", "nothing");
  }
}
