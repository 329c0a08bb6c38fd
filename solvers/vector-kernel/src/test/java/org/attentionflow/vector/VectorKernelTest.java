package org.attentionflow.vector;

import org.attentionflow.dual.DenseKernel;
import org.attentionflow.testkit.DenseKernelContract;

class VectorKernelTest extends DenseKernelContract {
  @Override
  protected DenseKernel plugin() {
    return new VectorKernel();
  }
}
