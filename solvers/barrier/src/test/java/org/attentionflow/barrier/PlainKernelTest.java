package org.attentionflow.barrier;

import org.attentionflow.dual.DenseKernel;
import org.attentionflow.testkit.DenseKernelContract;

class PlainKernelTest extends DenseKernelContract {
  @Override
  protected DenseKernel plugin() {
    return new PlainKernel();
  }

  @Override
  protected boolean isRegistered() {
    return false; // what the solver computes with where no other kernel is available
  }
}
