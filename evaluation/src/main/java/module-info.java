/** Perturbations, metrics and statistics: how good attributions are, and how sure that is. */
module org.attentionflow.evaluation {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;
  requires transitive com.google.gson;
  requires de.siegmar.fastcsv;
  requires org.attentionflow.formats;
  requires org.snakeyaml.engine.v2;

  exports org.attentionflow.evaluation.bundle;
  exports org.attentionflow.evaluation.dataset;
  exports org.attentionflow.evaluation.experiment;
  exports org.attentionflow.evaluation.json;
  exports org.attentionflow.evaluation.metric;
  exports org.attentionflow.evaluation.metric.faithfulness;
  exports org.attentionflow.evaluation.metric.sanity;
  exports org.attentionflow.evaluation.perturbation;
  exports org.attentionflow.evaluation.preset;
  exports org.attentionflow.evaluation.report;
  exports org.attentionflow.evaluation.run;
  exports org.attentionflow.evaluation.statistics;

  uses org.attentionflow.evaluation.metric.Metric;
  uses org.attentionflow.evaluation.perturbation.Removal;

  provides org.attentionflow.evaluation.metric.Metric with
      org.attentionflow.evaluation.metric.faithfulness.AopcLerfMetric,
      org.attentionflow.evaluation.metric.faithfulness.AopcMetric,
      org.attentionflow.evaluation.metric.faithfulness.ComprehensivenessMetric,
      org.attentionflow.evaluation.metric.faithfulness.DeletionMetric,
      org.attentionflow.evaluation.metric.faithfulness.InfidelityMetric,
      org.attentionflow.evaluation.metric.faithfulness.InfidelityR2Metric,
      org.attentionflow.evaluation.metric.faithfulness.InsertionMetric,
      org.attentionflow.evaluation.metric.faithfulness.LoddsMetric,
      org.attentionflow.evaluation.metric.faithfulness.LogitOddsMetric,
      org.attentionflow.evaluation.metric.faithfulness.MorfLerfGapMetric,
      org.attentionflow.evaluation.metric.faithfulness.NaopcMetric,
      org.attentionflow.evaluation.metric.faithfulness.SufficiencyMetric,
      org.attentionflow.evaluation.metric.faithfulness.TauLooMetric,
      org.attentionflow.evaluation.metric.plausibility.AuprcMetric,
      org.attentionflow.evaluation.metric.plausibility.AveragePrecisionMetric,
      org.attentionflow.evaluation.metric.plausibility.IouF1Metric,
      org.attentionflow.evaluation.metric.plausibility.RocAucMetric,
      org.attentionflow.evaluation.metric.plausibility.TokenF1Metric,
      org.attentionflow.evaluation.metric.sanity.DeterminismMetric,
      org.attentionflow.evaluation.metric.sanity.MaxSensitivityMetric,
      org.attentionflow.evaluation.metric.sanity.ParameterRandomisationMetric,
      org.attentionflow.evaluation.metric.sanity.RandomLogitMetric,
      org.attentionflow.evaluation.metric.sanity.ShapleyMetric;
  provides org.attentionflow.evaluation.perturbation.Removal with
      org.attentionflow.evaluation.perturbation.AttentionMaskRemoval,
      org.attentionflow.evaluation.perturbation.DeleteRemoval,
      org.attentionflow.evaluation.perturbation.MaskRemoval,
      org.attentionflow.evaluation.perturbation.PadRemoval,
      org.attentionflow.evaluation.perturbation.UnkRemoval;
}
