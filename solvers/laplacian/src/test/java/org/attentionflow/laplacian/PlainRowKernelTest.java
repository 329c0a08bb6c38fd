package org.attentionflow.laplacian;

import org.attentionflow.dual.RowKernel;
import org.attentionflow.testkit.RowKernelContract;

class PlainRowKernelTest extends RowKernelContract {
  @Override
  protected RowKernel plugin() {
    return new PlainRowKernel();
  }

  @Override
  protected boolean isRegistered() {
    return false; // what the solver computes with where no other kernel is available
  }
}
