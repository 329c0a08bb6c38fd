package org.attentionflow.formats.benchmark;

/**
 * What was solved.
 *
 * @param kind what the capacities are like: {@code attention}, {@code attention-gradient}, or a
 *     recording
 * @param layers the number of layers
 * @param tokens the number of tokens
 * @param arcs the number of arcs before pruning, terminal arcs included
 */
public record Instance(String kind, int layers, int tokens, long arcs) {
  /** What instances of one series, which differ in size alone, have in common. */
  public record Series(String kind, int layers) {
    @Override
    public String toString() {
      return kind + ", " + layers + " layers";
    }
  }

  /** The series the instance belongs to. */
  public Series series() {
    return new Series(kind, layers);
  }
}
