package org.attentionflow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.attentionflow.formats.safetensors.SafetensorsWriter;
import org.attentionflow.tensor.FloatTensor;

/**
 * Writes a BERT classifier with random weights as a Hugging Face folder, in the shape of BERT-base:
 * 12 layers, 12 heads, 768 hidden units, 3072 inner ones, 30522 token ids, 512 positions.
 */
public final class RandomBert {
  /** The number of token ids. */
  static final int VOCABULARY = 30522;

  private static final int LAYERS = 12;
  private static final int HIDDEN = 768;
  private static final int INNER = 3072;
  private static final int POSITIONS = 512;
  private static final double DEVIATION = 0.02;

  private static final String CONFIG =
      """
      {"architectures": ["BertForSequenceClassification"], "model_type": "bert",
       "num_hidden_layers": %d, "num_attention_heads": 12, "hidden_size": %d,
       "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
       "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "pad_token_id": 0,
       "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "initializer_range": 0.02,
       "id2label": {"0": "negative", "1": "positive"},
       "label2id": {"negative": 0, "positive": 1}}
      """;

  private final SafetensorsWriter weights = new SafetensorsWriter();
  private final Random random = new Random(7);

  private RandomBert() {}

  /**
   * Writes the model; the same one every time.
   *
   * @param args the folder to write
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    String config = CONFIG.formatted(LAYERS, HIDDEN, INNER, VOCABULARY, POSITIONS);
    Files.writeString(folder.resolve("config.json"), config);
    new RandomBert().model().write(folder.resolve("model.safetensors"));
  }

  private SafetensorsWriter model() {
    String embeddings = "bert.embeddings.";
    matrix(embeddings + "word_embeddings.weight", VOCABULARY, HIDDEN);
    matrix(embeddings + "position_embeddings.weight", POSITIONS, HIDDEN);
    matrix(embeddings + "token_type_embeddings.weight", 2, HIDDEN);
    norm(embeddings + "LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "bert.encoder.layer." + layer + ".";
      affine(prefix + "attention.self.query", HIDDEN, HIDDEN);
      affine(prefix + "attention.self.key", HIDDEN, HIDDEN);
      affine(prefix + "attention.self.value", HIDDEN, HIDDEN);
      affine(prefix + "attention.output.dense", HIDDEN, HIDDEN);
      norm(prefix + "attention.output.LayerNorm");
      affine(prefix + "intermediate.dense", INNER, HIDDEN);
      affine(prefix + "output.dense", HIDDEN, INNER);
      norm(prefix + "output.LayerNorm");
    }
    affine("bert.pooler.dense", HIDDEN, HIDDEN);
    affine("classifier", 2, HIDDEN);
    return weights;
  }

  private void affine(String name, int out, int in) {
    matrix(name + ".weight", out, in);
    constant(name + ".bias", out, 0);
  }

  private void norm(String name) {
    constant(name + ".weight", HIDDEN, 1);
    constant(name + ".bias", HIDDEN, 0);
  }

  private void matrix(String name, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (DEVIATION * random.nextGaussian());
    }
    weights.floats(name, FloatTensor.of(values, rows, columns));
  }

  private void constant(String name, int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    weights.floats(name, FloatTensor.of(values, size));
  }
}
