package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small random ALBERT against loops in double precision and central differences. */
class AlbertTest {
  private static final long SEED = 20240611;
  private static final int HIDDEN = 12;
  private static final int NARROW = 8;
  private static final int WIDE = 20;
  private static final int HEADS = 3;
  private static final int LAYERS = 3;
  private static final int GROUPS = 2;
  private static final int INNER = 2;
  private static final int CLASSES = 3;
  private static final int[] IDS = {2, 17, 5, 29, 3};

  /** Central differences in double precision: error about 1e-10, far below the tolerance. */
  private static final double STEP = 1e-5;

  @TempDir Path folder;

  @Test
  void agreesWithTheReference() throws IOException {
    Map<String, FloatTensor> weights = write();
    AlbertReference reference =
        new AlbertReference(weights, HEADS, LAYERS, GROUPS, INNER, IDS.length);
    try (PytorchSession session = new ModelCopy(folder).open()) {
      int target = 1;
      Capture capture =
          session
              .capture(
                  List.of(session.sequence(IDS)),
                  RecordedCheckpoint.everything(new Target.Index(target)))
              .get(0);
      double[] logits = reference.logits(IDS);
      assertEquals(LAYERS * INNER, session.model().layerCount());
      assertClose("logits", floats(logits), capture.logits(), 1e-5, 1e-4);
      for (int layer = 0; layer <= LAYERS * INNER; layer++) {
        assertClose(
            "hidden " + layer,
            flat(reference.hidden[layer]),
            capture.hiddenStates().get(layer).values(),
            1e-5,
            1e-4);
      }
      for (int layer = 0; layer < LAYERS * INNER; layer++) {
        AttentionLayer captured = capture.attention(AttentionKind.ENCODER).get(layer);
        float[] attention = flat(reference.attention[layer]);
        float[] gradient = gradient(reference, layer, target);
        assertClose("attention", attention, captured.attention().values(), 1e-5, 1e-4);
        assertClose("gradient", gradient, captured.gradient().get().values(), 1e-5, 1e-4);
      }
    }
  }

  private static float[] gradient(AlbertReference reference, int layer, int target) {
    int n = IDS.length;
    float[] gradient = new float[HEADS * n * n];
    for (int at = 0; at < gradient.length; at++) {
      double[] row = reference.added[layer][at / (n * n)][at / n % n];
      row[at % n] = STEP;
      double above = reference.logits(IDS)[target];
      row[at % n] = -STEP;
      double below = reference.logits(IDS)[target];
      row[at % n] = 0;
      gradient[at] = (float) ((above - below) / (2 * STEP));
    }
    reference.logits(IDS);
    return gradient;
  }

  private Map<String, FloatTensor> write() throws IOException {
    JsonObject config = new JsonObject();
    config.addProperty("model_type", "albert");
    config.addProperty("vocab_size", 30);
    config.addProperty("embedding_size", NARROW);
    config.addProperty("hidden_size", HIDDEN);
    config.addProperty("intermediate_size", WIDE);
    config.addProperty("num_attention_heads", HEADS);
    config.addProperty("num_hidden_layers", LAYERS);
    config.addProperty("num_hidden_groups", GROUPS);
    config.addProperty("inner_group_num", INNER);
    config.addProperty("max_position_embeddings", 16);
    config.addProperty("num_labels", CLASSES);
    Files.writeString(folder.resolve("config.json"), config.toString());
    Map<String, FloatTensor> weights = weights(new Random(SEED));
    new ModelCopy(folder).write(weights);
    return weights;
  }

  private static Map<String, FloatTensor> weights(Random random) {
    Map<String, FloatTensor> weights = new TreeMap<>();
    String embeddings = "albert.embeddings.";
    put(weights, random, embeddings + "word_embeddings.weight", 0, 30, NARROW);
    put(weights, random, embeddings + "position_embeddings.weight", 0, 16, NARROW);
    put(weights, random, embeddings + "token_type_embeddings.weight", 0, 2, NARROW);
    norm(weights, random, embeddings + "LayerNorm", NARROW);
    affine(weights, random, "albert.encoder.embedding_hidden_mapping_in", NARROW, HIDDEN);
    for (int group = 0; group < GROUPS; group++) {
      for (int i = 0; i < INNER; i++) {
        String part = "albert.encoder.albert_layer_groups." + group + ".albert_layers." + i + ".";
        for (String name : new String[] {"query", "key", "value", "dense"}) {
          affine(weights, random, part + "attention." + name, HIDDEN, HIDDEN);
        }
        norm(weights, random, part + "attention.LayerNorm", HIDDEN);
        affine(weights, random, part + "ffn", HIDDEN, WIDE);
        affine(weights, random, part + "ffn_output", WIDE, HIDDEN);
        norm(weights, random, part + "full_layer_layer_norm", HIDDEN);
      }
    }
    affine(weights, random, "albert.pooler", HIDDEN, HIDDEN);
    affine(weights, random, "classifier", HIDDEN, CLASSES);
    return weights;
  }

  private static void affine(
      Map<String, FloatTensor> weights, Random random, String name, int from, int to) {
    put(weights, random, name + ".weight", 0, to, from);
    put(weights, random, name + ".bias", 0, to);
  }

  private static void norm(
      Map<String, FloatTensor> weights, Random random, String name, int width) {
    put(weights, random, name + ".weight", 1, width);
    put(weights, random, name + ".bias", 0, width);
  }

  private static void put(
      Map<String, FloatTensor> weights, Random random, String name, double mean, int... shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean + 0.3 * random.nextGaussian());
    }
    weights.put(name, FloatTensor.of(values, shape));
  }

  private static float[] flat(double[][][] values) {
    float[][] parts = new float[values.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = flat(values[i]);
    }
    return join(parts);
  }

  private static float[] flat(double[][] values) {
    float[][] parts = new float[values.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = floats(values[i]);
    }
    return join(parts);
  }

  private static float[] join(float[][] parts) {
    float[] all = new float[parts.length * parts[0].length];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, all, i * parts[0].length, parts[0].length);
    }
    return all;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
