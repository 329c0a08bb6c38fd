package org.attentionflow.vector;

import org.attentionflow.dual.RowKernel;
import org.attentionflow.testkit.RowKernelContract;

class VectorRowKernelTest extends RowKernelContract {
  @Override
  protected RowKernel plugin() {
    return new VectorRowKernel();
  }
}
