package org.attentionflow.pytorch;

import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;

/**
 * ELECTRA's discriminator (Clark et al., 2020): Hugging Face's ElectraForSequenceClassification.
 * BERT's layers; embeddings of another width go through an affine map, and the head has GELU.
 */
final class ElectraNetwork {
  private ElectraNetwork() {}

  static EncoderClassifier build(ModelConfig config, Weights weights) {
    Weights electra = weights.at("electra");
    int hidden = config.count("hidden_size");
    int width = config.count("embedding_size", hidden);
    Embeddings plain = BertNetwork.embeddings(config, electra.at("embeddings"), width);
    Embeddings embeddings =
        width == hidden
            ? plain
            : plain.projectedBy(electra.linear("embeddings_project", width, hidden));
    Linear dense = weights.linear("classifier.dense", hidden, hidden);
    Linear output = weights.linear("classifier.out_proj", hidden, config.labels().size());
    return new EncoderClassifier(
        new InputLimits(
            config.count("vocab_size"),
            config.count("type_vocab_size", 2),
            config.count("max_position_embeddings"),
            InputLimits.PLAIN_POSITIONS),
        embeddings,
        BertNetwork.layers(config, electra.at("encoder")),
        new ClassifierHead(dense, Activation.GELU, output));
  }
}
