package org.attentionflow.baselines.tensor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.FlowAttributor;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.attribution.ScoreSign;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;

/**
 * A plain maximum flow, without a barrier, by the exact solver {@code dinic}: scores are the flows
 * through the input tokens. They are those of one of many maximum flows, and labelled so.
 */
public final class PlainMaximumFlow implements AttributionMethod {
  private static final String SOLVER = "dinic";

  /** Makes the method. */
  public PlainMaximumFlow() {}

  @Override
  public String name() {
    return "maximum-flow";
  }

  @Override
  public String summary() {
    return "One plain maximum flow through an information tensor, exact; others may exist.";
  }

  @Override
  public String source() {
    return "Ethayarajh and Jurafsky, Attention Flows are Shapley Value Explanations, ACL 2021";
  }

  @Override
  public MethodGroup group() {
    return MethodGroup.FLOW;
  }

  @Override
  public String formula() {
    return "s_i = f(i, super-sink) of a maximum flow f over T";
  }

  @Override
  public ScoreSign sign() {
    return ScoreSign.NON_NEGATIVE;
  }

  @Override
  public List<MethodOption> options() {
    return List.of(TensorMethod.TENSOR);
  }

  @Override
  public Attributor prepare(MethodSettings settings) {
    MethodOptions options = MethodOptions.of(this, settings);
    return new Resolved(
        FlowAttributor.of(name(), TensorMethod.aggregator(options), settings.withSolver(SOLVER)),
        options.values());
  }

  /** A flow method with an option of its own. */
  private record Resolved(FlowAttributor flow, Map<String, String> options) implements Attributor {
    @Override
    public String method() {
      return flow.method();
    }

    @Override
    public Set<Quantity> needs() {
      return flow.needs();
    }

    @Override
    public Attribution attribute(Capture capture, ModelSession session) {
      return flow.attribute(capture, session);
    }
  }
}
