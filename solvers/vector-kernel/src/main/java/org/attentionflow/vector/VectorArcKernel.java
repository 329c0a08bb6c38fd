package org.attentionflow.vector;

import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.ArcLoops;

/**
 * {@link ArcKernel} on the incubating Vector API. Available where {@link VectorKernel} is and
 * vectors hold eight doubles, as many as {@link org.attentionflow.dual.Sums} has chains.
 */
public final class VectorArcKernel implements ArcKernel {
  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String summary() {
    return "Fused loops over arcs on the Vector API.";
  }

  @Override
  public boolean isAvailable() {
    return new VectorKernel().isAvailable() && VectorRows.isWide();
  }

  @Override
  public ArcLoops loops(int widest) {
    return new VectorLoops(widest);
  }
}
