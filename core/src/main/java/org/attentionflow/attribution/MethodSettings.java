package org.attentionflow.attribution;

import java.util.Map;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.network.NetworkSettings;

/**
 * How a method computes its scores; methods without a flow take no notice of most of it.
 *
 * @param heads how the heads of a layer are reduced
 * @param residual whether the residual connection is part of the information tensor
 * @param networkBuilder the name of the network builder
 * @param network how the network is built
 * @param solver the name of the flow solver
 * @param barrier the barrier parameter
 * @param solverSettings tolerance and limits of the solver
 * @param options the values that were set of the method's own options, by key without prefix
 */
public record MethodSettings(
    HeadReduction heads,
    ResidualConnection residual,
    String networkBuilder,
    NetworkSettings network,
    String solver,
    BarrierParameter barrier,
    SolverSettings solverSettings,
    Map<String, String> options) {
  /** Copies the map. */
  public MethodSettings {
    options = Map.copyOf(options);
  }

  /** Settings without options of the method's own. */
  public MethodSettings(
      HeadReduction heads,
      ResidualConnection residual,
      String networkBuilder,
      NetworkSettings network,
      String solver,
      BarrierParameter barrier,
      SolverSettings solverSettings) {
    this(heads, residual, networkBuilder, network, solver, barrier, solverSettings, Map.of());
  }

  /** Mean over heads, no residual, Algorithm 1 with open terminals, barrier solver at μ = 1e-3. */
  public static MethodSettings defaults() {
    return new MethodSettings(
        HeadReduction.MEAN,
        ResidualConnection.NONE,
        "backward",
        NetworkSettings.defaults(),
        "barrier",
        BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE),
        SolverSettings.defaults());
  }

  /** The same with other options of the method's own. */
  public MethodSettings withOptions(Map<String, String> values) {
    return new MethodSettings(
        heads, residual, networkBuilder, network, solver, barrier, solverSettings, values);
  }

  /** The same with another flow solver. */
  public MethodSettings withSolver(String name) {
    return new MethodSettings(
        heads, residual, networkBuilder, network, name, barrier, solverSettings, options);
  }
}
