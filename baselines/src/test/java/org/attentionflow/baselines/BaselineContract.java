package org.attentionflow.baselines;

import org.attentionflow.engine.ModelSession;
import org.attentionflow.testkit.AttributionMethodContract;
import org.attentionflow.testkit.CheckedModelSession;

/** The contract of attribution methods on the small classifier. */
public abstract class BaselineContract extends AttributionMethodContract {
  @Override
  protected ModelSession session() {
    return new CheckedModelSession(new SmallModel());
  }
}
