package org.attentionflow.barrier;

import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.FlowNetwork;

/** The block Cholesky factorisation of a network's Laplacian, as the solver does it. */
public final class Factorisation {
  private final DualEvaluation dual;
  private final double[][] potential;
  private final double mu;
  private final BlockCholesky laplacian;

  /**
   * Prepares for a pruned network.
   *
   * @param relativeMu the barrier parameter relative to the largest capacity
   * @param kernel multiplies blocks
   */
  public Factorisation(FlowNetwork network, double relativeMu, DenseKernel kernel) {
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    mu = relativeMu;
    dual = new DualEvaluation(arcs);
    potential = StartingPoint.of(network, arcs, scale, mu);
    laplacian = new BlockCholesky(network, Elimination.of(network), kernel, new WorkerThreads(1));
  }

  /** The solver's kernel in plain Java. */
  public static DenseKernel plainKernel() {
    return new PlainKernel();
  }

  /** The bytes of the factor. */
  public static long bytes(FlowNetwork network) {
    return BlockCholesky.bytes(network);
  }

  /** Fills the Laplacian anew; a factorisation overwrites it. */
  public void fill() {
    dual.evaluate(potential, mu, laplacian);
  }

  /**
   * Factors what {@link #fill} made.
   *
   * @return whether every node is joined to the super-sink
   */
  public boolean factor() {
    return laplacian.prepare();
  }
}
