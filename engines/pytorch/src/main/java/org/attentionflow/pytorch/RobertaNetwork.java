package org.attentionflow.pytorch;

import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;

/**
 * RoBERTa (Liu et al., 2019) and its multilingual and French relatives: Hugging Face's
 * RobertaForSequenceClassification. BERT's layers; positions count from padding id + 1, and the
 * head has a layer of its own in place of the pooler.
 */
final class RobertaNetwork {
  private RobertaNetwork() {}

  static EncoderClassifier build(ModelConfig config, Weights weights) {
    Weights roberta = weights.at("roberta");
    int hidden = config.count("hidden_size");
    int maximumTokens = config.maximumTokens(config.count("max_position_embeddings"));
    Linear dense = weights.linear("classifier.dense", hidden, hidden);
    Linear output = weights.linear("classifier.out_proj", hidden, config.labels().size());
    return new EncoderClassifier(
        new InputLimits(
            config.count("vocab_size"),
            config.count("type_vocab_size", 1),
            maximumTokens,
            config.paddingBeforePositions()),
        BertNetwork.embeddings(config, roberta.at("embeddings"), hidden),
        BertNetwork.layers(config, roberta.at("encoder")),
        new ClassifierHead(dense, Activation.TANH, output));
  }
}
