package org.attentionflow.pipeline;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.attentionflow.attribution.ScoringMemory;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.tensor.Precision;

/**
 * How much memory one explanation needs, said before the run.
 *
 * @param captureBytes what the engine needs, mostly native
 * @param heapBytes what lives on the Java heap: captured tensors, information tensor, network,
 *     solver
 * @param sharedBytes what lives on the Java heap once, however many explanations run
 */
public record MemoryForecast(long captureBytes, long heapBytes, long sharedBytes) {

  /**
   * Forecasts the memory for one input.
   *
   * @param session the model
   * @param tokenCount the tokens of the input
   * @param request what is captured
   */
  public static MemoryForecast of(ModelSession session, int tokenCount, CaptureRequest request) {
    long layers = session.model().layerCount();
    long captured = layers * layerBytes(session, tokenCount);
    return new MemoryForecast(
        session.captureBytes(tokenCount, 1, request),
        captured + arcBytes(session, tokenCount, Precision.DOUBLE),
        0);
  }

  /**
   * Forecasts the memory for one input whose heads are reduced while it is captured.
   *
   * @param precision in how many bits information tensor and network are kept
   */
  public static MemoryForecast reduced(
      ModelSession session, int tokenCount, CaptureRequest request, Precision precision) {
    return new MemoryForecast(
        session.captureReducedBytes(tokenCount, 1, request),
        layerBytes(session, tokenCount) + arcBytes(session, tokenCount, precision),
        0);
  }

  /** The same for a method that takes memory of its own. */
  public MemoryForecast with(ScoringMemory scoring) {
    return new MemoryForecast(
        captureBytes, heapBytes + scoring.textBytes(), sharedBytes + scoring.sharedBytes());
  }

  /** All bytes of several explanations at a time, native and on the heap. */
  public long totalBytes(int atOnce) {
    return (captureBytes + heapBytes) * atOnce + sharedBytes;
  }

  /** Attention and gradient of one layer. */
  private static long layerBytes(ModelSession session, int tokenCount) {
    return 2L * Float.BYTES * session.model().headCount() * tokenCount * tokenCount;
  }

  /**
   * Information tensor, network, pruned network; the factor of {@code barrier}, two numbers an arc.
   */
  private static long arcBytes(ModelSession session, int tokenCount, Precision precision) {
    long perArc = 3L * precision.bytes() + 2L * Float.BYTES;
    return perArc * session.model().layerCount() * tokenCount * tokenCount;
  }

  /**
   * Checks that the forecast fits, several explanations at a time.
   *
   * @throws InsufficientMemoryException if it does not; the message names need, limit and a cure
   */
  public void check(int tokenCount, int atOnce) {
    check(tokenCount, atOnce, this);
  }

  /**
   * The same where capacities could be kept in 32 bits, which a refusal proposes if it helps.
   *
   * @param rounded the forecast with them
   */
  void check(int tokenCount, int atOnce, MemoryForecast rounded) {
    check(tokenCount, atOnce, rounded, Runtime.getRuntime().maxMemory(), physicalMemory());
  }

  void check(int tokenCount, int atOnce, MemoryForecast rounded, long heap, long machine) {
    boolean roundedFits =
        rounded.heapBytes(atOnce) <= heap && rounded.totalBytes(atOnce) <= machine;
    String cure = roundedFits ? "network.precision=float, " : "";
    String larger = cure + JavaHeap.option(heapBytes(atOnce)) + ", ";
    require(heapBytes(atOnce), heap, "the Java heap", larger, tokenCount);
    require(totalBytes(atOnce), machine, "this machine", cure, tokenCount);
  }

  private long heapBytes(int atOnce) {
    return heapBytes * atOnce + sharedBytes;
  }

  private static void require(long need, long limit, String where, String cure, int tokenCount) {
    if (need > limit) {
      throw new InsufficientMemoryException(
          String.format(
              Locale.ROOT,
              "needs about %s for %d tokens; the limit of %s is %s. Maybe %sfewer workers, or a"
                  + " shorter text.",
              size(need),
              tokenCount,
              where,
              size(limit),
              cure));
    }
  }

  /** A number of bytes, in gigabytes with a decimal or, below one, in megabytes. */
  private static String size(long bytes) {
    return bytes >= 1e9
        ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
