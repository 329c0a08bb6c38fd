package org.attentionflow.information;

/** Whether the residual connection around attention becomes part of the information tensor. */
public enum ResidualConnection {
  /** It does not; as in Generalized Attention Flow. */
  NONE,
  /** ½Ā + ½I with every row scaled to the sum 1; as in attention rollout (Abnar and Zuidema). */
  HALF
}
