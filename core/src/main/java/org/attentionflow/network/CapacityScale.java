package org.attentionflow.network;

/** Whether capacities are multiplied by a power of ten before the flow is computed. */
public enum CapacityScale {
  /** They stay as they are. */
  NONE,
  /** γ = 10^β with β = −⌊log₁₀ of the smallest positive capacity⌋, as in the paper. */
  PAPER
}
