package org.attentionflow.testkit;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.FlowAttributor;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionGradientAggregator;
import org.attentionflow.network.BackwardNetworkBuilder;

/** The contract holds for attention-gradient flow by the exact maximum flow. */
class FlowAttributionTest extends AttributionMethodContract {
  @Override
  protected AttributionMethod plugin() {
    return new ExactAttentionGradientFlow();
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }

  private static final class ExactAttentionGradientFlow implements AttributionMethod {
    @Override
    public String name() {
      return "exact-agf";
    }

    @Override
    public String summary() {
      return "Attention-gradient flow by the exact maximum flow.";
    }

    @Override
    public Attributor prepare(MethodSettings settings) {
      MethodOptions.of(this, settings);
      return new FlowAttributor(
          name(),
          new Aggregation(new AttentionGradientAggregator(), settings.heads(), settings.residual()),
          new BackwardNetworkBuilder(),
          settings.network(),
          new FlowComputation(
              new ExactFlowSolver(), settings.barrier(), settings.solverSettings()));
    }
  }
}
