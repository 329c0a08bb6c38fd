package org.attentionflow.baselines.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.attribution.ScoringMemory;
import org.attentionflow.baselines.SmallModel;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.pipeline.MemoryForecast;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forecast against the arrays that are really there. */
class EncoderMemoryTest {
  private static final SmallModel MODEL = new SmallModel();

  /** Biases, norms and the ends of the pass are small. */
  private static final double SMALL = 0.05;

  @Test
  void countsTheArraysOfAPass() {
    Capture capture =
        SmallModel.capture(
            SmallModel.TEXT.repeat(8), Target.predicted(), EnumSet.of(Quantity.HIDDEN_STATES));
    EncoderPass pass = EncoderPass.of(MODEL.encoderWeights(), capture);
    Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (LayerPass layer : pass.layers()) {
      addArrays(layer, arrays);
    }
    for (RelevancePass.LayerRelevance layer : RelevancePass.of(pass, capture.target())) {
      addArrays(layer, arrays);
    }
    double bytes = arrays.stream().mapToDouble(array -> 8.0 * ((double[]) array).length).sum();
    double forecast = EncoderMemory.of(MODEL.model(), capture.tokens().size()).textBytes();
    assertEquals(bytes, forecast, SMALL * bytes);
  }

  @Test
  void countsTheWeightsOfTheLayers() {
    Set<Object> tensors = Collections.newSetFromMap(new IdentityHashMap<>());
    MODEL.encoderWeights().layers().forEach(layer -> addTensors(layer, tensors));
    double bytes = tensors.stream().mapToDouble(t -> 4.0 * ((FloatTensor) t).values().length).sum();
    assertEquals(bytes, EncoderMemory.of(MODEL.model(), 10).sharedBytes(), SMALL * bytes);
  }

  /** As in models that use one layer many times. */
  @Test
  void countsNoMoreWeightsThanThereAre() {
    ModelDescription model = MODEL.model();
    ModelDescription few =
        new ModelDescription(
            "few",
            model.type(),
            model.labels(),
            model.layerCount(),
            model.headCount(),
            model.hiddenSize(),
            model.maximumTokens(),
            1000,
            model.specialTokens());
    assertEquals(4000, EncoderMemory.of(few, 10).sharedBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"alti", "value-zeroing", "transatt", "partial-lrp"})
  void methodsWithWeightsSayWhatTheyTake(String method) {
    assertEquals(EncoderMemory.of(MODEL.model(), 12), memory(method));
  }

  @Test
  void otherMethodsTakeNothing() {
    assertEquals(ScoringMemory.NONE, memory("rollout"));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    CaptureRequest request =
        new CaptureRequest(Target.predicted(), EnumSet.of(Quantity.HIDDEN_STATES));
    MemoryForecast fits = MemoryForecast.of(MODEL, 12, request).with(memory("alti"));
    fits.check(12, 1);
    long heap = Runtime.getRuntime().maxMemory();
    MemoryForecast shared = fits.with(new ScoringMemory(heap, 0));
    MemoryForecast twice = fits.with(new ScoringMemory(0, heap - heap / 4));
    assertThrows(InsufficientMemoryException.class, () -> shared.check(12, 1));
    twice.check(12, 1);
    assertThrows(InsufficientMemoryException.class, () -> twice.check(12, 2));
    assertTrue(twice.totalBytes(2) > 2 * (heap - heap / 4));
  }

  private static ScoringMemory memory(String method) {
    return AttributionMethods.load()
        .prepare(method, MethodSettings.defaults())
        .memory(MODEL.model(), 12);
  }

  private static void addArrays(Record record, Set<Object> arrays) {
    for (Object value : components(record)) {
      if (value instanceof double[]) {
        arrays.add(value);
      }
    }
  }

  private static void addTensors(Record record, Set<Object> tensors) {
    for (Object value : components(record)) {
      if (value instanceof FloatTensor) {
        tensors.add(value);
      } else if (value instanceof Record part) {
        addTensors(part, tensors);
      }
    }
  }

  private static List<Object> components(Record record) {
    List<Object> values = new ArrayList<>();
    try {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        values.add(component.getAccessor().invoke(record));
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return values;
  }
}
