package org.attentionflow.baselines.perturbation;

import java.util.Map;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.BaselineContract;

/** {@link KernelShap} keeps the contract. */
class KernelShapTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new KernelShap();
  }

  /** Rounding: the scores are made to add up. */
  @Override
  protected double completenessTolerance() {
    return 1e-12;
  }

  /** A small budget, so that the longest text is sampled and the others are not. */
  @Override
  protected MethodSettings settings() {
    return MethodSettings.defaults().withOptions(Map.of("samples", "64"));
  }
}
