package org.attentionflow.attribution;

/** What kind of evidence an attribution method goes by. */
public enum MethodGroup {
  /** Flow through an information tensor: every aggregator is such a method. */
  FLOW("flow"),
  /** Another way to read an information tensor. */
  INFORMATION_TENSOR("information tensor"),
  /** Attention and its gradient. */
  ATTENTION("attention"),
  /** Gradients of hidden states or embeddings. */
  GRADIENT("gradient"),
  /** Relevance propagated backwards through the network. */
  RELEVANCE("relevance"),
  /** Hidden states taken apart into contributions of tokens. */
  DECOMPOSITION("decomposition"),
  /** Inputs with tokens removed. */
  PERTURBATION("perturbation"),
  /** Nothing: the floor that every method has to beat. */
  CONTROL("control"),
  /** None of these. */
  OTHER("other");

  private final String words;

  MethodGroup(String words) {
    this.words = words;
  }

  /** The name of the group in words. */
  public String words() {
    return words;
  }
}
