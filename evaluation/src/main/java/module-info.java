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
  exports org.attentionflow.evaluation.perturbation;
  exports org.attentionflow.evaluation.report;
  exports org.attentionflow.evaluation.run;
  exports org.attentionflow.evaluation.statistics;

  uses org.attentionflow.evaluation.metric.Metric;
  uses org.attentionflow.evaluation.perturbation.Removal;
}
