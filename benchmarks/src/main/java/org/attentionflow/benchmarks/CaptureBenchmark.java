package org.attentionflow.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.ReducingAttributor;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Forward and backward pass of a model of the shape of BERT-base, until attention and its gradient
 * lie in Java arrays. The script {@code benchmarks/capture} makes the models.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CaptureBenchmark {
  /** The folder that holds the model in each form, in folders of the names of {@link #engine}. */
  static final String MODELS = "capture.models";

  private static final String TORCHSCRIPT = "torchscript";

  /** What the rows of attention may lack of 1, summed in 32 bits over at most 512 tokens. */
  private static final double ROW_TOLERANCE = 1e-4;

  /** The part of the machine's memory that a capture may take by the engine's own estimate. */
  private static final double MEMORY_SHARE = 0.7;

  private static final CaptureRequest REQUEST =
      CaptureRequest.attentionAndGradient(Target.predicted());

  /** The name of an engine, or {@code torchscript}: pytorch on such an archive. */
  @Param({"pytorch", TORCHSCRIPT, "onnx-runtime", "tensorflow"})
  public String engine = "";

  @Param({"32", "128", "512"})
  public int tokens;

  @Param({"1", "8"})
  public int batch;

  @Param({"1", "2"})
  public int threads;

  private ModelSession session;
  private ReducingAttributor reducing;
  private List<TokenSequence> inputs;

  /** Opens the model and checks one capture. */
  @Setup(Level.Trial)
  public void setUp() {
    Plugins<ModelEngine> engines = Plugins.load(ModelEngine.class);
    String models = System.getProperty(MODELS);
    String name = engine.equals(TORCHSCRIPT) ? "pytorch" : engine;
    if (models == null || !engines.has(name)) {
      throw new SkippedException("no engine " + name + " or no models; see benchmarks/capture");
    }
    Path model = Path.of(models).resolve(engine);
    session = engines.get(name).open(model, new EngineSettings(threads, batch));
    refuseWhatDoesNotFit();
    reducing =
        (ReducingAttributor) AttributionMethods.load().prepare("agf", Settings.defaults().method());
    inputs = new ArrayList<>();
    Random random = new Random(tokens);
    for (int text = 0; text < batch; text++) {
      inputs.add(session.sequence(random.ints(tokens, 1000, RandomBert.VOCABULARY).toArray()));
    }
    session.capture(inputs, REQUEST).forEach(CaptureBenchmark::check);
  }

  private void refuseWhatDoesNotFit() {
    long needed = session.captureBytes(tokens, batch, REQUEST);
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    if (needed > MEMORY_SHARE * system.getTotalMemorySize()) {
      session.close();
      throw new SkippedException("needs " + needed / 1_000_000 + " MB");
    }
  }

  /** Attention is a distribution over the keys, and the target depends on it. */
  private static void check(Capture capture) {
    for (AttentionLayer layer : capture.attention(AttentionKind.ENCODER)) {
      FloatTensor attention = layer.attention();
      int keys = attention.size(2);
      for (int row = 0; row < attention.values().length / keys; row++) {
        double sum = 0;
        for (int key = 0; key < keys; key++) {
          sum += attention.values()[row * keys + key];
        }
        if (Math.abs(sum - 1) > ROW_TOLERANCE) {
          throw new IllegalStateException("A row of attention sums to " + sum + ".");
        }
      }
      double largest = 0;
      for (float slope : layer.gradient().orElseThrow().values()) {
        largest = Math.max(largest, Math.abs(slope));
      }
      if (!(largest > 0)) {
        throw new IllegalStateException("The gradient is zero or not a number.");
      }
    }
  }

  /** Every head of every layer. */
  @Benchmark
  public Object whole() {
    return session.capture(inputs, REQUEST);
  }

  /** One matrix per layer, as the method agf needs it. */
  @Benchmark
  public Object reduced() {
    return session.captureReduced(inputs, REQUEST, reducing.reduction());
  }

  /** Says how much memory the process had at most, and frees the model. */
  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    if (session != null) {
      session.close();
    }
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      try (Stream<String> lines = Files.lines(status)) {
        lines
            .filter(line -> line.startsWith("VmHWM:"))
            .forEach(
                line -> System.out.println("peak resident memory " + line.substring(6).strip()));
      }
    }
  }
}
