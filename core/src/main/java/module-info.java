/** The stages from text to attribution, and the interfaces of every part that can be replaced. */
module org.attentionflow.core {
  requires jdk.management;
  requires static transitive org.jspecify;

  exports org.attentionflow;
  exports org.attentionflow.attribution;
  exports org.attentionflow.dual;
  exports org.attentionflow.engine;
  exports org.attentionflow.failure;
  exports org.attentionflow.flow;
  exports org.attentionflow.flow.maximum;
  exports org.attentionflow.information;
  exports org.attentionflow.network;
  exports org.attentionflow.pipeline;
  exports org.attentionflow.plugin;
  exports org.attentionflow.provenance;
  exports org.attentionflow.tensor;
  exports org.attentionflow.token;

  uses org.attentionflow.attribution.AttributionMethod;
  uses org.attentionflow.dual.ArcKernel;
  uses org.attentionflow.dual.DenseKernel;
  uses org.attentionflow.dual.RowKernel;
  uses org.attentionflow.engine.ModelEngine;
  uses org.attentionflow.engine.ModelInstrumenter;
  uses org.attentionflow.flow.FlowSolver;
  uses org.attentionflow.information.Aggregator;
  uses org.attentionflow.network.NetworkBuilder;

  provides org.attentionflow.information.Aggregator with
      org.attentionflow.information.AttentionAggregator,
      org.attentionflow.information.AttentionGradientAggregator,
      org.attentionflow.information.GradientAggregator;
  provides org.attentionflow.network.NetworkBuilder with
      org.attentionflow.network.BackwardNetworkBuilder,
      org.attentionflow.network.ForwardNetworkBuilder;
}
