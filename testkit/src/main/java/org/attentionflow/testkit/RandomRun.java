package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * A solver on many random and nasty networks, each judged by the exact maximum flow, which shares
 * nothing with the solver: how often each status came out, and every answer that was called
 * reliable and is wrong.
 *
 * @param solver the name of the solver
 * @param statuses how many networks ended in each status
 * @param wrong one line for each answer that is called reliable and is not, or that was an
 *     exception
 */
public record RandomRun(String solver, Map<SolveStatus, Integer> statuses, List<String> wrong) {
  private static final SolverSettings SETTINGS = SolverSettings.defaults();

  /**
   * Solves networks of some kinds in turn, at barrier parameters from 1e-6 to 1e-1 of the largest
   * capacity.
   *
   * @param first the seed of the first network
   * @param count the number of networks
   * @param kinds the kinds
   */
  public static RandomRun of(
      FlowSolver solver, long first, int count, List<RandomNetworks.Kind> kinds) {
    Map<SolveStatus, Integer> statuses = new EnumMap<>(SolveStatus.class);
    List<String> wrong = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      NetworkInstance instance = RandomNetworks.of(kinds.get((int) (seed % kinds.size())), seed);
      double mu = StrictMath.pow(10, -6 + 5 * new SplittableRandom(seed).nextDouble());
      try {
        Flow flow =
            new FlowComputation(solver, BarrierParameter.relative(mu), SETTINGS)
                .compute(instance.network());
        statuses.merge(flow.status(), 1, Integer::sum);
        String fault = flow.status().isReliable() ? fault(instance, flow) : "";
        if (!fault.isEmpty()) {
          wrong.add(instance.name() + ", relative mu " + mu + ": " + fault);
        }
      } catch (RuntimeException e) {
        wrong.add(instance.name() + ", relative mu " + mu + ": " + e);
      }
    }
    return new RandomRun(solver.name(), statuses, wrong);
  }

  /** What is wrong with a flow that is called reliable; empty if nothing is. */
  private static String fault(NetworkInstance instance, Flow flow) {
    FlowNetwork network = instance.network();
    double maximum = ExactMaximumFlow.of(network).value();
    if (flow.status() == SolveStatus.NO_PATH) {
      return maximum == 0 ? "" : "no path, but the maximum flow is " + maximum;
    }
    try {
      FlowChecks.assertCertified(instance, flow, SETTINGS);
    } catch (AssertionError e) {
      return "" + e.getMessage();
    }
    double excess = FlowChecks.excess(network, maximum, SETTINGS);
    double least = maximum - flow.certificate().gapBound() - excess;
    if (!(flow.value() <= maximum + excess && flow.value() >= least)) {
      return "value " + flow.value() + ", maximum flow " + maximum;
    }
    double cut = flow.certificate().cut().capacity();
    return cut >= maximum * (1 - FlowChecks.ROUNDING)
        ? ""
        : "cut " + cut + " below the maximum flow " + maximum;
  }
}
