package org.attentionflow.baselines.perturbation;

import java.util.Map;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.BaselineContract;

/** {@link Lime} keeps the contract. */
class LimeTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Lime();
  }

  @Override
  protected MethodSettings settings() {
    return MethodSettings.defaults().withOptions(Map.of("samples", "64"));
  }
}
