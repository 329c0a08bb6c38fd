package org.attentionflow.pytorch;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelConfig;

/**
 * An architecture that can be read.
 *
 * @param modelType the {@code model_type} of {@code config.json}
 * @param className the class under {@code architectures} in {@code config.json}
 * @param ignored the beginnings of names of tensors that checkpoints may have in vain
 * @param builder makes the network from configuration and weights
 */
record Architecture(String modelType, String className, Set<String> ignored, Builder builder) {
  private static final List<Architecture> ALL =
      List.of(
          new Architecture(
              "albert", "AlbertForSequenceClassification", Set.of(), AlbertNetwork::build),
          new Architecture("bert", "BertForSequenceClassification", Set.of(), BertNetwork::build),
          roberta("camembert", "CamembertForSequenceClassification"),
          new Architecture(
              "distilbert",
              "DistilBertForSequenceClassification",
              Set.of(),
              DistilbertNetwork::build),
          new Architecture(
              "electra", "ElectraForSequenceClassification", Set.of(), ElectraNetwork::build),
          roberta("roberta", "RobertaForSequenceClassification"),
          roberta("xlm-roberta", "XLMRobertaForSequenceClassification"));

  /** Makes a network. */
  interface Builder {
    EncoderClassifier build(ModelConfig config, Weights weights);
  }

  /** Early versions saved a pooler that RoBERTa's head does not use. */
  private static Architecture roberta(String modelType, String className) {
    return new Architecture(modelType, className, Set.of("roberta.pooler."), RobertaNetwork::build);
  }

  /**
   * The architecture a configuration asks for.
   *
   * @throws UnusableInputException if it is not supported or has no classification head
   */
  static Architecture of(ModelConfig config) {
    String type = config.text("model_type", "");
    Architecture architecture =
        ALL.stream()
            .filter(known -> known.modelType().equals(type))
            .findFirst()
            .orElseThrow(() -> unknown(config, type));
    List<String> classes = config.architectures();
    if (!classes.isEmpty() && !classes.contains(architecture.className())) {
      throw config.wrong(
          "architectures",
          ("is " + String.join(", ", classes) + ", which is no sequence classifier. Maybe use a")
              + (" checkpoint fine-tuned as " + architecture.className()));
    }
    refuseVariants(config);
    return architecture;
  }

  private static UnusableInputException unknown(ModelConfig config, String type) {
    TreeSet<String> names = new TreeSet<>();
    ALL.forEach(known -> names.add(known.modelType()));
    String found = type.isEmpty() ? "is missing" : "is '" + type + "', which is not supported";
    return config.wrong("model_type", found + "; supported are " + String.join(", ", names));
  }

  /** Options that would change the computation without changing the names of the weights. */
  private static void refuseVariants(ModelConfig config) {
    String positions = config.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw config.wrong(
          "position_embedding_type",
          "is '" + positions + "', which is not supported; only absolute positions are");
    }
    if (config.flag("is_decoder") || config.flag("add_cross_attention")) {
      throw config.wrong(
          "is_decoder", "or add_cross_attention is set; only encoders are supported");
    }
  }
}
