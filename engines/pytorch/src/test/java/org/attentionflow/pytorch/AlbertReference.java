package org.attentionflow.pytorch;

import java.util.Map;
import org.attentionflow.tensor.FloatTensor;

/**
 * ALBERT in double precision for one input, written straight from the paper's formulas: vectors,
 * loops and nothing else. It shares no code with the engine.
 */
final class AlbertReference {
  private static final double EPSILON = 1e-12;

  private final Map<String, FloatTensor> weights;
  private final int heads;
  private final int layers;
  private final int groups;
  private final int inner;

  /** What is added to the attention, [layer][head][query][key]. */
  final double[][][][] added;

  /** The attention of the last run. */
  final double[][][][] attention;

  /** The hidden states of the last run, [layer + 1][token][hidden]. */
  final double[][][] hidden;

  AlbertReference(
      Map<String, FloatTensor> weights, int heads, int layers, int groups, int inner, int tokens) {
    this.weights = weights;
    this.heads = heads;
    this.layers = layers;
    this.groups = groups;
    this.inner = inner;
    this.added = new double[layers * inner][heads][tokens][tokens];
    this.attention = new double[layers * inner][heads][tokens][tokens];
    this.hidden = new double[layers * inner + 1][][];
  }

  double[] logits(int[] ids) {
    double[][] x = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      double[] sum = row("albert.embeddings.word_embeddings.weight", ids[t]);
      add(sum, row("albert.embeddings.position_embeddings.weight", t));
      add(sum, row("albert.embeddings.token_type_embeddings.weight", 0));
      double[] normed = norm(sum, "albert.embeddings.LayerNorm");
      x[t] = affine(normed, "albert.encoder.embedding_hidden_mapping_in");
    }
    hidden[0] = x;
    int applied = 0;
    for (int layer = 0; layer < layers; layer++) {
      int group = layer * groups / layers;
      for (int i = 0; i < inner; i++) {
        String name = "albert.encoder.albert_layer_groups." + group + ".albert_layers." + i + ".";
        x = layer(x, name, applied++);
        hidden[applied] = x;
      }
    }
    double[] pooled = affine(x[0], "albert.pooler");
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = Math.tanh(pooled[i]);
    }
    return affine(pooled, "classifier");
  }

  private double[][] layer(double[][] x, String name, int index) {
    double[][] result = new double[x.length][];
    double[][] mixed = attend(x, name + "attention.", index);
    for (int t = 0; t < x.length; t++) {
      double[] y = affine(mixed[t], name + "attention.dense");
      add(y, x[t]);
      y = norm(y, name + "attention.LayerNorm");
      double[] wide = affine(y, name + "ffn");
      for (int i = 0; i < wide.length; i++) {
        double v = wide[i];
        wide[i] = 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
      }
      double[] z = affine(wide, name + "ffn_output");
      add(z, y);
      result[t] = norm(z, name + "full_layer_layer_norm");
    }
    return result;
  }

  private double[][] attend(double[][] x, String name, int layer) {
    int n = x.length;
    int width = x[0].length / heads;
    double[][] mixed = new double[n][x[0].length];
    for (int q = 0; q < n; q++) {
      double[] query = affine(x[q], name + "query");
      for (int h = 0; h < heads; h++) {
        double[] weight = new double[n];
        double total = 0;
        for (int k = 0; k < n; k++) {
          double[] key = affine(x[k], name + "key");
          double score = 0;
          for (int d = h * width; d < (h + 1) * width; d++) {
            score += query[d] * key[d];
          }
          weight[k] = Math.exp(score / Math.sqrt(width));
          total += weight[k];
        }
        for (int k = 0; k < n; k++) {
          double a = weight[k] / total;
          attention[layer][h][q][k] = a;
          double[] value = affine(x[k], name + "value");
          for (int d = h * width; d < (h + 1) * width; d++) {
            mixed[q][d] += (a + added[layer][h][q][k]) * value[d];
          }
        }
      }
    }
    return mixed;
  }

  private double[] affine(double[] x, String name) {
    FloatTensor weight = weights.get(name + ".weight");
    FloatTensor bias = weights.get(name + ".bias");
    double[] y = new double[weight.size(0)];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias.get(i);
      for (int j = 0; j < x.length; j++) {
        y[i] += weight.get(i, j) * x[j];
      }
    }
    return y;
  }

  private double[] norm(double[] x, String name) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double variance = 0;
    for (double v : x) {
      variance += (v - mean) * (v - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double weight = weights.get(name + ".weight").get(i);
      double bias = weights.get(name + ".bias").get(i);
      y[i] = (x[i] - mean) / Math.sqrt(variance + EPSILON) * weight + bias;
    }
    return y;
  }

  private double[] row(String name, int index) {
    FloatTensor table = weights.get(name);
    double[] row = new double[table.size(1)];
    for (int i = 0; i < row.length; i++) {
      row[i] = table.get(index, i);
    }
    return row;
  }

  private static void add(double[] to, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }
}
