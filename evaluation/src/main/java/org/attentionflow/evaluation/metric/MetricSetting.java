package org.attentionflow.evaluation.metric;

/** What a metric may read beside scores and model, by the key of an experiment that sets it. */
public enum MetricSetting {
  /** The shares of curves. */
  GRID("evaluation.grid"),
  /** The shares of comprehensiveness and sufficiency. */
  BINS("evaluation.bins"),
  /** How a share becomes a count. */
  ROUNDING("evaluation.rounding"),
  /** Whether equal counts are used once. */
  DISTINCT("evaluation.distinct"),
  /** The order of equal scores where the lowest are removed first. */
  REVERSED_TIES("evaluation.reversed-ties"),
  /** Whether drops lose their sign. */
  ABSOLUTE("evaluation.absolute"),
  /** Up to how many features bounds are exact. */
  EXACT_LIMIT("evaluation.exact-limit"),
  /** The beam of the search above that. */
  BEAM_WIDTH("evaluation.beam-width"),
  /** The number of random perturbations. */
  SAMPLES("evaluation.samples"),
  /** The number of random inputs. */
  DRAWS("evaluation.draws"),
  /** How far random inputs are from the input. */
  RADIUS("evaluation.radius"),
  /** The share of features that count as marked. */
  RATIONALE_SHARE("evaluation.rationale-share"),
  /** The intersection over union from which spans match. */
  OVERLAP("evaluation.overlap"),
  /** What random choices start from. */
  SEED("seed");

  private final String key;

  MetricSetting(String key) {
    this.key = key;
  }

  /** The key as an experiment has it. */
  public String key() {
    return key;
  }
}
