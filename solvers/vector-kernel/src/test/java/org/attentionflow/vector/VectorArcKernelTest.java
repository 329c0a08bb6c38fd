package org.attentionflow.vector;

import org.attentionflow.dual.ArcKernel;
import org.attentionflow.testkit.ArcKernelContract;

class VectorArcKernelTest extends ArcKernelContract {
  @Override
  protected ArcKernel plugin() {
    return new VectorArcKernel();
  }
}
