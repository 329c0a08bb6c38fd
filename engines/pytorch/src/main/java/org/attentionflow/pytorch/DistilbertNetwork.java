package org.attentionflow.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;

/**
 * DistilBERT (Sanh et al., 2019): Hugging Face's DistilBertForSequenceClassification. BERT's layers
 * under other names, no segments, and a head with ReLU.
 */
final class DistilbertNetwork {
  /** DistilBERT's layer norms have a fixed epsilon that is not in the configuration. */
  private static final double EPSILON = 1e-12;

  private DistilbertNetwork() {}

  static EncoderClassifier build(ModelConfig config, Weights weights) {
    Weights distilbert = weights.at("distilbert");
    int hidden = config.count("dim");
    int positionCount = config.count("max_position_embeddings");
    int vocabularySize = config.count("vocab_size");
    Weights embeddings = distilbert.at("embeddings");
    Linear before = weights.linear("pre_classifier", hidden, hidden);
    Linear classifier = weights.linear("classifier", hidden, config.labels().size());
    return new EncoderClassifier(
        new InputLimits(vocabularySize, 0, positionCount, InputLimits.PLAIN_POSITIONS),
        new Embeddings(
            embeddings.table("word_embeddings", vocabularySize, hidden),
            embeddings.table("position_embeddings", positionCount, hidden),
            null,
            embeddings.layerNorm("LayerNorm", hidden, EPSILON),
            null),
        layers(config, distilbert.at("transformer"), hidden),
        new ClassifierHead(before, Activation.RELU, classifier));
  }

  private static List<EncoderLayer> layers(ModelConfig config, Weights transformer, int hidden) {
    int wide = config.count("hidden_dim");
    int headCount = BertNetwork.headCount(config, "n_heads", hidden);
    Activation activation = Activation.named(config, "activation", Activation.GELU);
    List<EncoderLayer> layers = new ArrayList<>();
    for (int i = 0; i < config.count("n_layers"); i++) {
      Weights part = transformer.at("layer." + i);
      layers.add(
          new EncoderLayer(
              new SelfAttention(
                  part.linear("attention.q_lin", hidden, hidden),
                  part.linear("attention.k_lin", hidden, hidden),
                  part.linear("attention.v_lin", hidden, hidden),
                  part.linear("attention.out_lin", hidden, hidden),
                  headCount),
              part.layerNorm("sa_layer_norm", hidden, EPSILON),
              new FeedForward(
                  part.linear("ffn.lin1", hidden, wide),
                  activation,
                  part.linear("ffn.lin2", wide, hidden)),
              part.layerNorm("output_layer_norm", hidden, EPSILON)));
    }
    return layers;
  }
}
