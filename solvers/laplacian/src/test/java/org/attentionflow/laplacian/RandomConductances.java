package org.attentionflow.laplacian;

import java.util.SplittableRandom;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.Conductances;
import org.attentionflow.network.FlowNetwork;

/** Conductances whatever the capacities are, so that rounding plays no part. */
final class RandomConductances {
  private RandomConductances() {}

  /** Sets all conductances to numbers between 0.5 and 1.5, the same at each call. */
  static void fill(FlowNetwork network, ArcRows arcs, Conductances laplacian) {
    SplittableRandom random = new SplittableRandom(5);
    laplacian.clear();
    double[] row = new double[arcs.widest()];
    for (int block = 0; block < arcs.blockCount(); block++) {
      for (int i = 0; i < arcs.rowCount(block); i++) {
        arcs.capacities(block, i, row);
        for (int j = 0; j < arcs.width(block); j++) {
          row[j] = row[j] > 0 ? random.nextDouble(0.5, 1.5) : 0;
        }
        if (arcs.isListed(block)) {
          laplacian.addListed(block, network.blocks().get(block), i, row);
        } else {
          add(arcs, block, i, row, laplacian);
        }
      }
    }
  }

  private static void add(ArcRows arcs, int block, int i, double[] row, Conductances laplacian) {
    if (arcs.isDiagonal(block)) {
      for (int j = 0; j < arcs.width(block); j++) {
        laplacian.add(arcs.tail(block), j, arcs.head(block), j, row[j]);
      }
    } else {
      laplacian.addRow(arcs.tail(block), i, arcs.head(block), arcs.width(block), row);
    }
  }
}
