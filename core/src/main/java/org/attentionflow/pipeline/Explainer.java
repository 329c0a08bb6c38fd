package org.attentionflow.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.ReducingAttributor;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.provenance.Provenance;
import org.attentionflow.tensor.Precision;
import org.attentionflow.token.TokenSequence;

/**
 * Explains what one model predicts: text → tokens → attention and gradients → information tensor →
 * flow network → flow → attribution. Thread-safe. Inputs are captured one by one, never padded, so
 * the scores of a text have the same bits whatever else is explained with it.
 */
public final class Explainer implements AutoCloseable {
  private final ModelSession session;
  private final String engine;
  private final Settings settings;
  private final Attributor attributor;

  /** For a text that nothing else runs beside. */
  private final Attributor attributorAlone;

  private final CaptureRequest request;
  private final StageListener listener;
  private final int workers;

  /** Computed in the background from the opening on: reading a model again takes its time. */
  private final CompletableFuture<Provenance> provenance;

  private Explainer(
      ModelSession session,
      String engine,
      Settings settings,
      Attributor attributor,
      Attributor attributorAlone,
      StageListener listener,
      int workers) {
    this.session = session;
    this.engine = engine;
    this.settings = settings;
    this.attributor = attributor;
    this.attributorAlone = attributorAlone;
    this.request = new CaptureRequest(settings.target(), attributor.needs());
    this.listener = listener;
    this.workers = workers;
    this.provenance =
        CompletableFuture.supplyAsync(
            () -> Provenance.here(session.digests(), decisive(settings, attributor)));
  }

  /**
   * Opens a model and resolves every part that the settings name.
   *
   * @throws UnusableInputException if something cannot be used; nothing stays open then
   */
  public static Explainer open(Path model, Settings settings) {
    return open(model, settings, (stage, nanoseconds) -> {});
  }

  /**
   * Opens a model, with a listener that hears how long the stages of every explanation take; see
   * {@link #open(Path, Settings)}.
   */
  public static Explainer open(Path model, Settings settings, StageListener listener) {
    int workers = SettingsReader.workers(settings);
    AttributionMethods methods = AttributionMethods.load();
    String method = settings.get(SettingsKey.METHOD);
    Attributor attributor = methods.prepare(method, settings.method());
    Attributor attributorAlone = methods.prepare(method, settings.alone().method());
    ModelEngine engine = Engines.choose(settings.get(SettingsKey.ENGINE), model);
    Engines.require(engine, model, attributor);
    ModelSession session = engine.open(model, settings.engine());
    try {
      Engines.require(session, attributor);
    } catch (UnusableInputException refused) {
      session.close();
      throw refused;
    }
    return new Explainer(
        session, engine.name(), settings, attributor, attributorAlone, listener, workers);
  }

  /**
   * Explains a text.
   *
   * @throws UnusableInputException if the text cannot be explained
   * @throws InsufficientMemoryException if it would not fit in memory
   */
  public Explanation explain(String text) {
    return explain(text, 1);
  }

  private Explanation explain(String text, int atOnce) {
    long begin = System.nanoTime();
    TokenSequence tokens = session.tokenize(text);
    listener.took(StageListener.Stage.TOKENIZE, System.nanoTime() - begin);
    return explain(tokens, atOnce);
  }

  /** Explains an input that is already tokenized; see {@link #explain(String)}. */
  public Explanation explain(TokenSequence tokens) {
    return explain(tokens, 1);
  }

  /** The same, if it fits in memory as often as it may run at once. */
  private Explanation explain(TokenSequence tokens, int atOnce) {
    Attributor chosen = atOnce == 1 ? attributorAlone : attributor;
    return chosen instanceof ReducingAttributor reducing
        ? explainReduced(reducing, tokens, atOnce)
        : explainWhole(chosen, tokens, atOnce);
  }

  /** Captures every head of every layer. */
  private Explanation explainWhole(Attributor chosen, TokenSequence tokens, int atOnce) {
    MemoryForecast.of(session, tokens.size(), request)
        .with(chosen.memory(session.model(), tokens.size()))
        .check(tokens.size(), atOnce);
    long begin = System.nanoTime();
    Capture capture = session.capture(List.of(tokens), request).get(0);
    long captured = System.nanoTime();
    Attribution attribution = chosen.attribute(capture, session);
    tookSince(begin, captured);
    return explanation(tokens, capture.logits(), capture.target(), attribution);
  }

  /** Reduces the heads of every layer as it comes. */
  private Explanation explainReduced(
      ReducingAttributor reducing, TokenSequence tokens, int atOnce) {
    MemoryForecast rounded = reducedForecast(tokens, Precision.FLOAT);
    reducedForecast(tokens, settings.method().network().precision())
        .check(tokens.size(), atOnce, rounded);
    long begin = System.nanoTime();
    ReducedCapture capture =
        session.captureReduced(List.of(tokens), request, reducing.reduction()).get(0);
    long captured = System.nanoTime();
    Attribution attribution = reducing.attribute(capture);
    tookSince(begin, captured);
    return explanation(tokens, capture.logits(), capture.target(), attribution);
  }

  private MemoryForecast reducedForecast(TokenSequence tokens, Precision precision) {
    return MemoryForecast.reduced(session, tokens.size(), request, precision);
  }

  private void tookSince(long begin, long captured) {
    listener.took(StageListener.Stage.CAPTURE, captured - begin);
    listener.took(StageListener.Stage.ATTRIBUTE, System.nanoTime() - captured);
  }

  private Explanation explanation(
      TokenSequence tokens, float[] logits, ResolvedTarget target, Attribution attribution) {
    return new Explanation(
        session.model(),
        engine,
        tokens,
        Predictions.of(logits, session.model()),
        target,
        attribution,
        provenance());
  }

  /**
   * Explains many texts, several at a time. A text that cannot be explained is a result with its
   * failure; it does not stop the others. One that would not fit in memory if all texts under way
   * were as long is such a text.
   *
   * @param texts the texts
   * @param results receives one result per text, in the order of the texts, on the calling thread
   */
  public void explainAll(List<String> texts, Consumer<TextResult> results) {
    int threads = Math.min(workers, Math.max(1, texts.size()));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<TextResult>> pending = new ArrayList<>();
      for (int next = 0, done = 0; done < texts.size(); done++) {
        while (next < texts.size() && next < done + 4 * threads) {
          int index = next++;
          pending.add(executor.submit(() -> explainOne(index, texts.get(index), threads)));
        }
        results.accept(pending.set(done, null).get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while explaining.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Explaining failed: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  /** The open model. */
  public ModelSession session() {
    return session;
  }

  /** The settings the explainer was opened with. */
  public Settings settings() {
    return settings;
  }

  @Override
  public void close() {
    // What reads the model in the background ends first, whether it succeeds or not.
    provenance.handle((made, failure) -> made).join();
    session.close();
  }

  private TextResult explainOne(int index, String text, int atOnce) {
    try {
      return new TextResult(index, text, explain(text, atOnce), null);
    } catch (UnusableInputException | InsufficientMemoryException e) {
      return new TextResult(index, text, null, e.getMessage());
    }
  }

  /** What can change a result, the defaults of the method's own options included. */
  private static Map<String, String> decisive(Settings settings, Attributor attributor) {
    TreeMap<String, String> all = new TreeMap<>(settings.decisive());
    attributor.options().forEach((key, value) -> all.put(MethodOption.PREFIX + key, value));
    return all;
  }

  private Provenance provenance() {
    try {
      return provenance.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
