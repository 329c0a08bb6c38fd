package org.attentionflow.network;

/** The capacity u∞ of the terminal arcs. */
public enum TerminalCapacity {
  /** The sum of all capacities of the information tensor plus the largest: it never binds. */
  OPEN,
  /** The number of tokens, as in the paper's program; it can bind for gradients. */
  TOKENS
}
