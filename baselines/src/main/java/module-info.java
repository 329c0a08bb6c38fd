/** Attribution methods beside flow, on the same capture. */
module org.attentionflow.baselines {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;

  exports org.attentionflow.baselines;
  exports org.attentionflow.baselines.attention;
  exports org.attentionflow.baselines.decomposition;
  exports org.attentionflow.baselines.encoder;
  exports org.attentionflow.baselines.gradient;
  exports org.attentionflow.baselines.perturbation;
  exports org.attentionflow.baselines.relevance;
  exports org.attentionflow.baselines.tensor;

  provides org.attentionflow.attribution.AttributionMethod with
      org.attentionflow.baselines.attention.RawAttention,
      org.attentionflow.baselines.attention.Rollout,
      org.attentionflow.baselines.attention.Grads,
      org.attentionflow.baselines.attention.AttGrads,
      org.attentionflow.baselines.attention.Chefer,
      org.attentionflow.baselines.gradient.Cat,
      org.attentionflow.baselines.gradient.AttCat,
      org.attentionflow.baselines.gradient.Saliency,
      org.attentionflow.baselines.gradient.InputGradient,
      org.attentionflow.baselines.gradient.IntegratedGradients,
      org.attentionflow.baselines.gradient.SmoothGrad,
      org.attentionflow.baselines.relevance.TransAtt,
      org.attentionflow.baselines.relevance.PartialLrp,
      org.attentionflow.baselines.decomposition.Alti,
      org.attentionflow.baselines.decomposition.ValueZeroing,
      org.attentionflow.baselines.perturbation.LeaveOneOut,
      org.attentionflow.baselines.perturbation.Lime,
      org.attentionflow.baselines.perturbation.KernelShap,
      org.attentionflow.baselines.perturbation.RandomScores,
      org.attentionflow.baselines.tensor.AbnarAttentionFlow,
      org.attentionflow.baselines.tensor.WidestPath,
      org.attentionflow.baselines.tensor.RandomWalk,
      org.attentionflow.baselines.tensor.ColumnSums,
      org.attentionflow.baselines.tensor.PlainMaximumFlow,
      org.attentionflow.baselines.tensor.TensorRollout,
      org.attentionflow.baselines.tensor.TensorChefer;
}
