package org.attentionflow.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;

/** BERT (Devlin et al., 2019): Hugging Face's BertForSequenceClassification. */
final class BertNetwork {
  private BertNetwork() {}

  static EncoderClassifier build(ModelConfig config, Weights weights) {
    Weights bert = weights.at("bert");
    int hidden = config.count("hidden_size");
    Linear pooler = bert.linear("pooler.dense", hidden, hidden);
    Linear classifier = weights.linear("classifier", hidden, config.labels().size());
    return new EncoderClassifier(
        new InputLimits(
            config.count("vocab_size"),
            config.count("type_vocab_size", 2),
            config.count("max_position_embeddings"),
            InputLimits.PLAIN_POSITIONS),
        embeddings(config, bert.at("embeddings"), hidden),
        layers(config, bert.at("encoder")),
        new ClassifierHead(pooler, Activation.TANH, classifier));
  }

  /** Embeddings as BERT, RoBERTa, ELECTRA and ALBERT name them, without a projection. */
  static Embeddings embeddings(ModelConfig config, Weights part, int width) {
    return new Embeddings(
        part.table("word_embeddings", config.count("vocab_size"), width),
        part.table("position_embeddings", config.count("max_position_embeddings"), width),
        part.table("token_type_embeddings", config.count("type_vocab_size", 2), width),
        part.layerNorm("LayerNorm", width, epsilon(config)),
        null);
  }

  /** The layers as BERT, RoBERTa and ELECTRA name them. */
  static List<EncoderLayer> layers(ModelConfig config, Weights encoder) {
    List<EncoderLayer> layers = new ArrayList<>();
    for (int i = 0; i < config.count("num_hidden_layers"); i++) {
      layers.add(layer(config, encoder.at("layer." + i)));
    }
    return layers;
  }

  private static EncoderLayer layer(ModelConfig config, Weights part) {
    int hidden = config.count("hidden_size");
    int wide = config.count("intermediate_size");
    return new EncoderLayer(
        new SelfAttention(
            part.linear("attention.self.query", hidden, hidden),
            part.linear("attention.self.key", hidden, hidden),
            part.linear("attention.self.value", hidden, hidden),
            part.linear("attention.output.dense", hidden, hidden),
            headCount(config, "num_attention_heads", hidden)),
        part.layerNorm("attention.output.LayerNorm", hidden, epsilon(config)),
        new FeedForward(
            part.linear("intermediate.dense", hidden, wide),
            Activation.named(config, "hidden_act", Activation.GELU),
            part.linear("output.dense", wide, hidden)),
        part.layerNorm("output.LayerNorm", hidden, epsilon(config)));
  }

  static double epsilon(ModelConfig config) {
    return config.number("layer_norm_eps", 1e-12);
  }

  /** The number of heads, which must divide the width of the hidden states. */
  static int headCount(ModelConfig config, String key, int hidden) {
    int count = config.count(key);
    if (hidden % count != 0) {
      throw config.wrong(key, "is " + count + ", which does not divide the hidden size " + hidden);
    }
    return count;
  }
}
