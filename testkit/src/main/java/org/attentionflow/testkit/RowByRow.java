package org.attentionflow.testkit;

import org.attentionflow.dual.Conductances;

/**
 * Hands conductances on row by row, whatever the receiver makes of strips of rows: what it keeps
 * has to be the same.
 *
 * @param receiver what gets the rows
 */
public record RowByRow(Conductances receiver) implements Conductances {
  @Override
  public void clear() {
    receiver.clear();
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    receiver.add(group, member, other, otherMember, conductance);
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    receiver.addRow(group, member, other, count, conductance);
  }
}
