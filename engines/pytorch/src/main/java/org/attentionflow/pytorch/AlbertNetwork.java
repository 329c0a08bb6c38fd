package org.attentionflow.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;

/**
 * ALBERT (Lan et al., 2020): Hugging Face's AlbertForSequenceClassification. Narrow embeddings go
 * through an affine map; few groups of layers are applied many times.
 */
final class AlbertNetwork {
  private AlbertNetwork() {}

  static EncoderClassifier build(ModelConfig config, Weights weights) {
    Weights albert = weights.at("albert");
    int hidden = config.count("hidden_size");
    int width = config.count("embedding_size");
    Linear pooler = albert.linear("pooler", hidden, hidden);
    Linear classifier = weights.linear("classifier", hidden, config.labels().size());
    return new EncoderClassifier(
        new InputLimits(
            config.count("vocab_size"),
            config.count("type_vocab_size", 2),
            config.count("max_position_embeddings"),
            InputLimits.PLAIN_POSITIONS),
        BertNetwork.embeddings(config, albert.at("embeddings"), width)
            .projectedBy(albert.linear("encoder.embedding_hidden_mapping_in", width, hidden)),
        layers(config, albert.at("encoder"), hidden),
        new ClassifierHead(pooler, Activation.TANH, classifier));
  }

  /** Layer i of L uses group ⌊i / (L / groups)⌋; every use applies all layers of the group. */
  private static List<EncoderLayer> layers(ModelConfig config, Weights encoder, int hidden) {
    int layerCount = config.count("num_hidden_layers");
    int groupCount = config.count("num_hidden_groups", 1);
    int innerCount = config.count("inner_group_num", 1);
    if (groupCount > layerCount) {
      throw config.wrong(
          "num_hidden_groups", "is " + groupCount + ", more than the " + layerCount + " layers");
    }
    List<List<EncoderLayer>> groups = new ArrayList<>();
    for (int group = 0; group < groupCount; group++) {
      List<EncoderLayer> inner = new ArrayList<>();
      for (int i = 0; i < innerCount; i++) {
        String name = "albert_layer_groups." + group + ".albert_layers." + i;
        inner.add(layer(config, encoder.at(name), hidden));
      }
      groups.add(inner);
    }
    List<EncoderLayer> layers = new ArrayList<>();
    for (int i = 0; i < layerCount; i++) {
      layers.addAll(groups.get((int) (i / ((double) layerCount / groupCount))));
    }
    return layers;
  }

  private static EncoderLayer layer(ModelConfig config, Weights part, int hidden) {
    int wide = config.count("intermediate_size");
    double epsilon = BertNetwork.epsilon(config);
    Weights attention = part.at("attention");
    return new EncoderLayer(
        new SelfAttention(
            attention.linear("query", hidden, hidden),
            attention.linear("key", hidden, hidden),
            attention.linear("value", hidden, hidden),
            attention.linear("dense", hidden, hidden),
            BertNetwork.headCount(config, "num_attention_heads", hidden)),
        attention.layerNorm("LayerNorm", hidden, epsilon),
        new FeedForward(
            part.linear("ffn", hidden, wide),
            Activation.named(config, "hidden_act", Activation.GELU_TANH),
            part.linear("ffn_output", wide, hidden)),
        part.layerNorm("full_layer_layer_norm", hidden, epsilon));
  }
}
