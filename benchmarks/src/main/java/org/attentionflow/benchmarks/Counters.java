package org.attentionflow.benchmarks;

import org.attentionflow.flow.Flow;
import org.attentionflow.network.FlowNetwork;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is reported beside the time. JMH resets the fields before every iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Counters {
  /** The arcs of the network before pruning. */
  public long arcs;

  /** The layers of the network. */
  public long layers;

  /** The tokens of the network. */
  public long tokens;

  /** The iterations of the solver. */
  public long iterations;

  /** The largest imbalance of a node relative to the largest capacity, at set-up. */
  public double conservationResidual;

  void set(FlowNetwork network, long arcCount) {
    arcs = arcCount;
    layers = Networks.layers(network);
    tokens = network.tokenCount();
  }

  void set(Flow flow, long arcCount) {
    set(flow.network().full(), arcCount);
    iterations = flow.iterations();
    conservationResidual = flow.certificate().conservationResidual();
  }
}
