package org.attentionflow.attribution;

import java.util.Set;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.Aggregator;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;

/**
 * Generalized Attention Flow with its parts chosen: information tensor, network, flow, and as score
 * of a token the flow through its node in the input layer. The scores add up to the flow value.
 *
 * @param method the name of the method
 * @param aggregation from capture to information tensor
 * @param builder from information tensor to network
 * @param network how the network is built
 * @param computation from network to flow
 */
public record FlowAttributor(
    String method,
    Aggregation aggregation,
    NetworkBuilder builder,
    NetworkSettings network,
    FlowComputation computation)
    implements ReducingAttributor {

  /**
   * Looks up the network builder and the solver that settings name.
   *
   * @param method the name the result will carry
   * @throws org.attentionflow.failure.UnusableInputException if one of them is not present
   */
  public static FlowAttributor of(String method, Aggregator aggregator, MethodSettings settings) {
    return new FlowAttributor(
        method,
        new Aggregation(aggregator, settings.heads(), settings.residual()),
        Plugins.load(NetworkBuilder.class).get(settings.networkBuilder()),
        settings.network(),
        new FlowComputation(
            Plugins.load(FlowSolver.class).get(settings.solver()),
            settings.barrier(),
            settings.solverSettings()));
  }

  @Override
  public Set<Quantity> needs() {
    return aggregation.aggregator().needs();
  }

  @Override
  public LayerReduction reduction() {
    // Capacities that are going to be scaled are rounded once, after that.
    Precision kept = network.scale() == CapacityScale.NONE ? network.precision() : Precision.DOUBLE;
    return layer -> aggregation.layer(layer).in(kept);
  }

  @Override
  public Attribution attribute(ReducedCapture capture) {
    return attribute(new InformationTensor(capture.layers()));
  }

  @Override
  public Attribution attribute(Capture capture, ModelSession session) {
    return attribute(ReducedCapture.of(capture, reduction()));
  }

  /** Scores the tokens of an information tensor; no model is needed. */
  public Attribution attribute(InformationTensor information) {
    Flow flow = computation.compute(builder.build(information, network).in(network.precision()));
    double[] scores = flow.tokenOutflow().clone();
    double scale = flow.network().full().scale();
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= scale;
    }
    return new Attribution(method, scores, flow);
  }
}
