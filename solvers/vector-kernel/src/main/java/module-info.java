/** Kernels on the Vector API. */
module org.attentionflow.vector {
  requires jdk.incubator.vector;
  requires transitive org.attentionflow.core;
  requires static org.jspecify;

  provides org.attentionflow.dual.ArcKernel with
      org.attentionflow.vector.VectorArcKernel;
  provides org.attentionflow.dual.DenseKernel with
      org.attentionflow.vector.VectorKernel;
  provides org.attentionflow.dual.RowKernel with
      org.attentionflow.vector.VectorRowKernel;
}
