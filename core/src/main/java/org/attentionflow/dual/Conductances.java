package org.attentionflow.dual;

import org.attentionflow.network.ArcBlock;

/**
 * Receives the conductances of a network: the entries of its Laplacian, in the form it is kept.
 * Conductances of different pairs of nodes may be added by different threads at once; so what is
 * summed over them, as a diagonal, is left until all are there.
 */
public interface Conductances {
  /** Sets all conductances to zero. */
  public void clear();

  /** Joins two nodes of different groups by a conductance ≥ 0, beside what already joins them. */
  public void add(int group, int member, int other, int otherMember, double conductance);

  /**
   * Joins a node to each of the first {@code count} nodes of another group.
   *
   * @param conductance the conductances, from index 0; not kept
   */
  public void addRow(int group, int member, int other, int count, double[] conductance);

  /**
   * Joins consecutive nodes of a group to each of the first nodes of another.
   *
   * @param first the node of the strip's first row
   * @param strip the conductances; not kept
   * @param row a buffer that a row of the strip fits into
   */
  default void addRows(int group, int first, int other, ArcLoops strip, double[] row) {
    for (int i = 0; i < strip.rows(); i++) {
      strip.copyConductances(i, row);
      addRow(group, first + i, other, strip.width(), row);
    }
  }

  /**
   * Joins the nodes that the arcs in a row of a listed block join.
   *
   * @param block the number of the block in the network
   * @param conductance the conductances, from index 0; not kept
   */
  default void addListed(int block, ArcBlock arcs, int row, double[] conductance) {
    int first = row * arcs.ends().rowLength();
    int count = Math.min(arcs.ends().rowLength(), arcs.ends().count() - first);
    for (int j = 0; j < count; j++) {
      int tail = arcs.tailNode(first + j);
      add(arcs.tail(), tail, arcs.head(), arcs.headNode(first + j), conductance[j]);
    }
  }
}
