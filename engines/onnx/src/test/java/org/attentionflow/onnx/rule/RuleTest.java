package org.attentionflow.onnx.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.attentionflow.onnx.gradient.Differentiation;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.GraphCheck;
import org.attentionflow.onnx.graph.GraphExtension;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.onnx.graph.ShapeProbe;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.rule.OperatorCase.Operand;
import org.attentionflow.onnx.rule.OperatorCase.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule of every operator against central differences of the operator itself, with shapes known
 * before the graph runs and with shapes unknown.
 */
class RuleTest {
  private static final Path NOWHERE = Path.of("").toAbsolutePath();
  private static final float STEP = 0x1p-5f;

  /**
   * The outputs are of size 1 to 10 and right to about 1e-7 of that. Differences at STEP and STEP /
   * 2 are combined so that their errors of order STEP² cancel: the errors of the outputs grow by 4
   * / (3 STEP) · √2, to about 1e-4 for a sum of some; what remains of order STEP⁴ is smaller.
   */
  private static final double TOLERANCE = 1e-3;

  static List<OperatorCase> cases() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String operator : List.of("Add", "Sub", "Mul", "Div")) {
      cases.add(OperatorCase.of(operator).input(2, 3).input(2, 3));
      cases.add(OperatorCase.of(operator).input(2, 1, 3).input(4, 1));
      cases.add(OperatorCase.of(operator).input(3).input(2, 2, 3));
      cases.add(OperatorCase.of(operator).input().input(3));
    }
    cases.add(OperatorCase.of("Pow").input(2, 3).number(2));
    cases.add(OperatorCase.of("Pow").positive(2, 3).input(3));
    cases.add(OperatorCase.of("Sum").input(2, 3).input(3).input(1, 1));
    for (String operator : List.of("Max", "Min")) {
      cases.add(OperatorCase.of(operator).input(2, 3).input(3));
    }
    // In the middle between two of twelve entries, farther from both than a step.
    float bound = 0.25f + 1.75f * 5.25f / 12;
    cases.add(OperatorCase.of("Clip").input(12).number(-bound).number(bound));
    cases.add(OperatorCase.of("Clip").input(12).none().number(bound));
    for (String operator :
        List.of("Neg", "Abs", "Exp", "Sin", "Cos", "Erf", "Tanh", "Sigmoid", "Softplus", "Relu")) {
      cases.add(OperatorCase.of(operator).input(2, 5));
    }
    for (String operator : List.of("Sqrt", "Log", "Reciprocal")) {
      cases.add(OperatorCase.of(operator).positive(2, 5));
    }
    cases.add(OperatorCase.of("LeakyRelu").input(2, 5).with("alpha", 0.3));
    cases.add(OperatorCase.of("Identity").input(2, 5));
    cases.add(OperatorCase.of("Cast").input(2, 5).with("to", 11L).thenFloat());
    cases.add(OperatorCase.of("Gelu").input(2, 5));
    cases.add(OperatorCase.of("Gelu").input(2, 5).with("approximate", "tanh"));
    cases.add(OperatorCase.of("com.microsoft.Gelu").input(2, 5));
    cases.add(OperatorCase.of("com.microsoft.BiasGelu").input(2, 5).input(5));
    cases.add(OperatorCase.of("com.microsoft.FastGelu").input(2, 5).input(5));
    cases.add(OperatorCase.of("com.microsoft.FastGelu").input(2, 5));
    cases.add(OperatorCase.of("com.microsoft.QuickGelu").input(2, 5).with("alpha", 1.5));
    addReductions(cases);
    addLayout(cases);
    addProducts(cases);
    return cases;
  }

  private static void addReductions(List<OperatorCase> cases) {
    for (String operator : List.of("Softmax", "LogSoftmax")) {
      cases.add(OperatorCase.of(operator).input(2, 3, 4));
      cases.add(OperatorCase.of(operator).input(2, 3, 4).with("axis", 1L));
    }
    for (String operator : List.of("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin")) {
      cases.add(OperatorCase.of(operator).input(2, 3, 4).integers(-1));
      cases.add(OperatorCase.of(operator).input(2, 3, 4).integers(0, 2).with("keepdims", 0L));
      cases.add(OperatorCase.of(operator).input(2, 3));
      cases.add(OperatorCase.of(operator).input(2, 3).with("keepdims", 0L));
    }
    cases.add(OperatorCase.of("LayerNormalization").input(2, 3, 4).input(4).input(4));
    cases.add(OperatorCase.of("LayerNormalization").input(3, 4).positive(4).with("epsilon", 0.1));
    cases.add(OperatorCase.of("LayerNormalization").input(2, 3, 4).input(3, 4).with("axis", 1L));
    cases.add(
        OperatorCase.of("com.microsoft.SkipLayerNormalization")
            .input(2, 3, 4)
            .input(2, 3, 4)
            .input(4)
            .input(4)
            .input(4));
  }

  private static void addLayout(List<OperatorCase> cases) {
    cases.add(OperatorCase.of("Reshape").input(2, 6).integers(3, -1));
    cases.add(OperatorCase.of("Flatten").input(2, 3, 2));
    cases.add(OperatorCase.of("Squeeze").input(2, 1, 3).integers(1));
    cases.add(OperatorCase.of("Unsqueeze").input(2, 3).integers(0, 2));
    cases.add(OperatorCase.of("Transpose").input(2, 3, 4));
    cases.add(OperatorCase.of("Transpose").input(2, 3, 4).with("perm", List.of(1L, 2L, 0L)));
    cases.add(OperatorCase.of("Expand").input(3, 1).integers(2, 3, 4));
    cases.add(OperatorCase.of("Where").input(2, 3).condition().input(3).input(2, 1));
    cases.add(OperatorCase.of("Concat").input(2, 1).input(2, 3).input(2, 2).with("axis", -1L));
    cases.add(OperatorCase.of("Split").input(2, 5).integers(2, 3).with("axis", 1L).outputs(2, 1));
    cases.add(OperatorCase.of("Split").input(4, 2).with("num_outputs", 2L).outputs(2, 0));
    cases.add(OperatorCase.of("Slice").input(3, 5).integers(1).integers(4).integers(1));
    cases.add(
        OperatorCase.of("Slice").input(3, 6).integers(-1).integers(-7).integers(1).integers(-2));
    cases.add(OperatorCase.of("Gather").input(3, 4).indices(new long[] {2, 2}, 2, 0, 2, -1));
    cases.add(OperatorCase.of("Gather").input(2, 3, 2).indices(new long[] {}, 0).with("axis", 1L));
    cases.add(
        OperatorCase.of("GatherElements")
            .input(2, 3)
            .indices(new long[] {2, 2}, 0, 0, 2, 1)
            .with("axis", 1L));
    cases.add(OperatorCase.of("GatherND").input(3, 2, 2).indices(new long[] {2, 2}, 0, 1, 0, 1));
    cases.add(
        OperatorCase.of("GatherND")
            .input(2, 3, 2)
            .indices(new long[] {2, 1}, 2, 0)
            .with("batch_dims", 1L));
  }

  private static void addProducts(List<OperatorCase> cases) {
    cases.add(OperatorCase.of("MatMul").input(2, 3).input(3, 4));
    cases.add(OperatorCase.of("MatMul").input(2, 2, 3).input(3, 2));
    cases.add(OperatorCase.of("MatMul").input(2, 3).input(2, 3, 2));
    cases.add(OperatorCase.of("MatMul").input(2, 1, 2, 3).input(1, 2, 3, 2));
    cases.add(OperatorCase.of("MatMul").input(3).input(2, 3, 2));
    cases.add(OperatorCase.of("MatMul").input(2, 2, 3).input(3));
    cases.add(OperatorCase.of("MatMul").input(3).input(3));
    for (long a = 0; a < 2; a++) {
      for (long b = 0; b < 2; b++) {
        cases.add(
            OperatorCase.of("Gemm")
                .input(a == 0 ? new long[] {2, 3} : new long[] {3, 2})
                .input(b == 0 ? new long[] {3, 4} : new long[] {4, 3})
                .input(4)
                .with("transA", a)
                .with("transB", b)
                .with("alpha", 0.5)
                .with("beta", 2.0));
        cases.add(
            OperatorCase.of("com.microsoft.FusedMatMul")
                .input(a == 0 ? new long[] {2, 2, 3} : new long[] {2, 3, 2})
                .input(b == 0 ? new long[] {2, 3, 4} : new long[] {2, 4, 3})
                .with("transA", a)
                .with("transB", b)
                .with("alpha", 0.5));
      }
    }
    cases.add(
        OperatorCase.of("Einsum").input(2, 3, 2).input(2, 4, 2).with("equation", "bqd,bkd->bqk"));
    cases.add(OperatorCase.of("Einsum").input(2, 3).with("equation", "ab->ba"));
  }

  static Stream<Arguments> casesAndShapes() {
    return cases().stream()
        .flatMap(one -> Arrays.stream(Shapes.values()).map(shapes -> Arguments.of(one, shapes)));
  }

  @Test
  void everyRuleHasACase() {
    Set<String> tested = new TreeSet<>();
    cases().forEach(one -> tested.add(one.operator()));
    assertEquals(GradientRules.load().operators(), tested);
  }

  @ParameterizedTest
  @MethodSource("casesAndShapes")
  void agreesWithCentralDifferences(OperatorCase one, Shapes shapes) throws OrtException {
    ModelProto model = one.model(shapes);
    ModelProto differentiated = differentiated(model, one.operands());
    assertEquals(Optional.empty(), GraphCheck.problem(differentiated));
    try (OrtSession plain = NativeRuntime.open(model, NOWHERE, 1, OptLevel.NO_OPT);
        OrtSession session = NativeRuntime.open(differentiated, NOWHERE, 1, OptLevel.ALL_OPT)) {
      float[] first = run(plain, one.operands(), new float[0], new long[0], "z").values();
      long[] shape = run(plain, one.operands(), new float[0], new long[0], "z").shape();
      float[] cotangent = new float[first.length];
      Random random = new Random(7);
      for (int i = 0; i < cotangent.length; i++) {
        cotangent[i] = random.nextFloat() - 0.5f;
      }
      for (Operand operand : one.operands()) {
        if (one.operator().equals("Where") && operand.name().equals("x0")) {
          continue;
        }
        Tensor gradient = run(session, one.operands(), cotangent, shape, operand.name() + ".grad");
        assertTrue(Arrays.equals(operand.shape(), gradient.shape()), "the operand's shape");
        double largest = 0;
        for (int i = 0; i < operand.values().length; i++) {
          double wide = difference(plain, one.operands(), operand, i, STEP, cotangent);
          double narrow = difference(plain, one.operands(), operand, i, STEP / 2, cotangent);
          double expected = (4 * narrow - wide) / 3;
          largest = Math.max(largest, Math.abs(expected));
          assertEquals(
              expected,
              gradient.values()[i],
              TOLERANCE * Math.max(1, Math.abs(expected)),
              operand.name() + "[" + i + "]");
        }
        assertTrue(largest > 0.01, "a gradient that vanishes tests nothing");
      }
    }
  }

  /** Operands whose squares 16 bits do not hold, or not but for a digit or none. */
  static List<OperatorCase> narrowCases() {
    List<OperatorCase> cases = new ArrayList<>();
    for (double size : new double[] {2, 600, 5000}) {
      cases.add(OperatorCase.of("Gelu").upTo(size, 4, 8));
      cases.add(OperatorCase.of("Gelu").upTo(size, 4, 8).with("approximate", "tanh"));
      cases.add(OperatorCase.of("com.microsoft.Gelu").upTo(size, 4, 8));
      cases.add(OperatorCase.of("com.microsoft.FastGelu").upTo(size, 4, 8));
      cases.add(OperatorCase.of("com.microsoft.QuickGelu").upTo(size, 4, 8));
    }
    for (double size : new double[] {1e-4, 2e-3, 2, 600, 5000}) {
      cases.add(normalisation("LayerNormalization", size));
      cases.add(normalisation("com.microsoft.SkipLayerNormalization", size));
    }
    cases.add(constant("LayerNormalization"));
    cases.add(constant("com.microsoft.SkipLayerNormalization"));
    return cases;
  }

  /** Nothing but the epsilon, which 16 bits round to 0, keeps the deviation from being 0. */
  private static OperatorCase constant(String operator) {
    OperatorCase one = OperatorCase.of(operator).same(0.5f, 3, 8);
    if (operator.contains("Skip")) {
      one.same(0.25f, 3, 8);
    }
    return one.upTo(2, 8).upTo(2, 8).with("epsilon", 1e-9);
  }

  private static OperatorCase normalisation(String operator, double size) {
    OperatorCase one = OperatorCase.of(operator).upTo(size, 3, 8);
    if (operator.contains("Skip")) {
      one.upTo(size, 3, 8);
    }
    return one.upTo(2, 8).upTo(2, 8).with("epsilon", 1e-12);
  }

  /**
   * Against the gradient in 32 bits, which {@link #agreesWithCentralDifferences} tests, at operands
   * that 16 bits hold. The cotangent, the sum of two operands, the gradient of a factor and the
   * result are rounded to 11 binary digits each, relative to the largest of their kind: up to 4 ·
   * 2⁻¹¹ in all. On processors the runtime computes in 32 bits between neighbours by itself.
   */
  @ParameterizedTest
  @MethodSource("narrowCases")
  void sixteenBitsAreTheRounded(OperatorCase one) throws OrtException {
    ModelProto exact = differentiated(one.model(Shapes.KNOWN), one.operands());
    ModelProto narrow = differentiated(one.halfModel(Shapes.KNOWN), one.operands());
    try (OrtSession expected = NativeRuntime.open(exact, NOWHERE, 1, OptLevel.NO_OPT);
        OrtSession found = NativeRuntime.open(narrow, NOWHERE, 1, OptLevel.ALL_OPT)) {
      long[] shape = one.operands().get(0).shape();
      float[] cotangent = new float[(int) (shape[0] * shape[1])];
      Random random = new Random(11);
      for (int i = 0; i < cotangent.length; i++) {
        cotangent[i] = random.nextFloat() - 0.5f;
      }
      List<Operand> wanted = one.differs() ? one.operands() : one.operands().subList(0, 1);
      for (Operand operand : wanted) {
        String name = operand.name() + ".grad";
        float[] values = run(expected, one.operands(), cotangent, shape, name).values();
        float largest = 0;
        for (float value : values) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 1e-5, "a gradient that vanishes tests nothing");
        assertArrayEquals(
            values,
            run(found, one.operands(), cotangent, shape, name).values(),
            4 * 0x1p-11f * largest,
            name);
      }
    }
  }

  private static ModelProto differentiated(ModelProto model, List<Operand> operands) {
    Map<String, Value> values = ShapeProbe.of(model, NOWHERE).values();
    Graph graph = Graph.of(model, values);
    Names names = new Names(model.getGraph());
    List<Value> sources =
        operands.stream()
            .map(operand -> graph.value(operand.name()))
            .filter(
                value ->
                    graph.consumers(value.name()).stream()
                        .noneMatch(node -> Graph.is(node, "Greater")))
            .toList();
    Value target = graph.value("z");
    Differentiation differentiation =
        Differentiation.of(
            graph, target, "cotangent", sources, GradientRules.load(), names, RuleTest::noPlace);
    GraphExtension extension = new GraphExtension(graph, names);
    extension.addInput(new Value("cotangent", ElementType.FLOAT, target.knownShape()));
    differentiation.outputs().forEach(extension::setOutputs);
    extension.addNodes(differentiation.nodes(), differentiation.constants());
    for (Value source : sources) {
      extension.addOutput(
          differentiation.gradients().get(source.name()),
          source,
          names.fresh(source.name() + ".grad"));
    }
    return extension.build();
  }

  /** Finding out where a node stands takes a pass over the graph: only refusals may ask. */
  private static String noPlace(String tensor) {
    throw new AssertionError("the place of " + tensor + " was asked for, and nothing is refused");
  }

  private static double difference(
      OrtSession session,
      List<Operand> operands,
      Operand moved,
      int index,
      float step,
      float[] cotangent)
      throws OrtException {
    float old = moved.values()[index];
    try {
      moved.values()[index] = old + step;
      double above = value(session, operands, cotangent);
      moved.values()[index] = old - step;
      return (above - value(session, operands, cotangent)) / (2 * step);
    } finally {
      moved.values()[index] = old;
    }
  }

  private static double value(OrtSession session, List<Operand> operands, float[] cotangent)
      throws OrtException {
    float[] values = run(session, operands, new float[0], new long[0], "z").values();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * cotangent[i];
    }
    return sum;
  }

  private record Tensor(float[] values, long[] shape) {}

  private static Tensor run(
      OrtSession session, List<Operand> operands, float[] cotangent, long[] shape, String output)
      throws OrtException {
    Map<String, OnnxTensor> feed = new HashMap<>();
    for (Operand operand : operands) {
      feed.put(
          operand.name(),
          OnnxTensor.createTensor(
              NativeRuntime.environment(), FloatBuffer.wrap(operand.values()), operand.shape()));
    }
    if (session.getInputNames().contains("cotangent")) {
      feed.put(
          "cotangent",
          OnnxTensor.createTensor(NativeRuntime.environment(), FloatBuffer.wrap(cotangent), shape));
    }
    try (OrtSession.Result result = session.run(feed, Set.of(output))) {
      OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
      FloatBuffer buffer = tensor.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return new Tensor(values, tensor.getInfo().getShape());
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }
}
