package org.attentionflow.flow;

import java.util.List;

/**
 * A cut between super-source and super-sink. Its capacity is an upper bound on every flow.
 *
 * @param capacity the total capacity of the arcs that leave the source's side
 * @param blockCapacity the part of it in each arc block; which layers the cut lies in
 */
public record Cut(double capacity, List<Double> blockCapacity) {
  /** Copies the list. */
  public Cut {
    blockCapacity = List.copyOf(blockCapacity);
  }

  /** The arc block with the largest part of the cut. */
  public int mainBlock() {
    int main = 0;
    for (int block = 1; block < blockCapacity.size(); block++) {
      main = blockCapacity.get(block) > blockCapacity.get(main) ? block : main;
    }
    return main;
  }

  /** The part of the cut that lies in its main block, from 0 to 1. */
  public double mainShare() {
    return capacity > 0 ? blockCapacity.get(mainBlock()) / capacity : 0;
  }
}
