package org.attentionflow.pytorch;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelConfig;

/**
 * Weights as they are before training, in the upper parts of a model: matrices are drawn from a
 * normal distribution, biases are 0 and the factors of layer norms 1. Each tensor is drawn from the
 * seed and its name alone.
 *
 * @param depth how many parts are random: 1 is the head, 1 + k also the last k layers, one more the
 *     embeddings
 * @param seed what the weights are drawn from
 * @param layerCount the number of layers that have weights of their own
 * @param deviation the standard deviation of the normal distribution
 */
record RandomWeights(int depth, long seed, int layerCount, double deviation) {
  private static final Pattern LAYER =
      Pattern.compile("\\.(?:layer|albert_layer_groups)\\.(\\d+)\\.");

  private static final Pattern EMBEDDINGS =
      Pattern.compile("\\.embeddings\\.|embeddings_project|embedding_hidden_mapping_in");

  /**
   * Random weights of a model.
   *
   * @throws UnusableInputException if the model is not that deep
   */
  static RandomWeights of(ModelConfig config, int layerCount, int depth, long seed) {
    if (depth < 1 || depth > layerCount + 2) {
      throw new UnusableInputException(
          ("The depth of random weights (" + depth + ") must be between 1, the head alone, and ")
              + ((layerCount + 2) + ", everything with the embeddings."));
    }
    int ownLayers =
        config.text("model_type", "").equals("albert")
            ? config.count("num_hidden_groups", 1)
            : layerCount;
    return new RandomWeights(depth, seed, ownLayers, config.number("initializer_range", 0.02));
  }

  /** Whether a tensor is random. */
  boolean cover(String name) {
    if (EMBEDDINGS.matcher(name).find()) {
      return depth >= layerCount + 2;
    }
    Matcher layer = LAYER.matcher(name);
    return !layer.find() || depth >= 1 + layerCount - Integer.parseInt(layer.group(1));
  }

  /** The numbers of a tensor, row-major. */
  float[] values(String name, int count, int rank) {
    float[] values = new float[count];
    if (rank == 1) {
      Arrays.fill(values, name.endsWith("bias") ? 0 : 1);
      return values;
    }
    Random random = new Random(seed + 0x9E3779B97F4A7C15L * name.hashCode());
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
