package org.attentionflow.baselines;

import java.util.Map;
import java.util.Set;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.ScoringMemory;
import org.attentionflow.baselines.encoder.EncoderMemory;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;

/** A baseline with its settings. */
record BaselineAttributor(String method, Map<String, String> options, Plan plan)
    implements Attributor {
  @Override
  public Set<Quantity> needs() {
    return plan.needs();
  }

  @Override
  public Set<Capability> capabilities() {
    return plan.capabilities();
  }

  @Override
  public ScoringMemory memory(ModelDescription model, int tokenCount) {
    return plan.capabilities().contains(Capability.ENCODER_WEIGHTS)
        ? EncoderMemory.of(model, tokenCount)
        : ScoringMemory.NONE;
  }

  @Override
  public Attribution attribute(Capture capture, ModelSession session) {
    Scores scores = plan.scoring().score(capture, session);
    return new Attribution(method, scores.values(), null, scores.diagnostics());
  }
}
