package org.attentionflow.flow.maximum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.attentionflow.flow.Flow;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.network.PrunedNetwork;

/**
 * How far the score of each token can differ between maximum flows of one network: the smallest and
 * the largest flow on its terminal arc over all of them, exact but for rounding.
 *
 * <p>Let f be a maximum flow and e = (a, b) the arc. A flow g is a maximum flow exactly if g − f is
 * a circulation in the residual network of f (both conserve at every other node and have the same
 * value, and the bounds on g are the residuals of f). What a circulation carries along e must
 * return from b to a along other residual arcs; conversely, whatever can be sent from b to a along
 * other residual arcs, up to u_e − f_e, closes to a circulation along e. Hence
 *
 * <pre>
 *   most_e  = f_e + min(u_e − f_e, maximum flow from b to a in the residual network without e)
 *   least_e = f_e − min(f_e,       maximum flow from a to b in the residual network without e)
 * </pre>
 *
 * <p>The super-source and super-sink are nodes like any other there. In terms of v(S), the maximum
 * flow if only the tokens in S are joined to the terminal, the range is [v(all) − v(all but i),
 * v({i})]: the least is what the flow loses without the token, the most what it gets alone.
 *
 * <p>Two maximum flows per token, each started from f. Memory: two flows per arc.
 */
public final class MaximumFlowRanges {
  private final FlowNetwork network;
  private final NodeIndex index;
  private final ResidualNetwork maximum;
  private final ResidualNetwork work;

  private MaximumFlowRanges(FlowNetwork network) {
    this.network = network;
    this.index = NodeIndex.of(network);
    this.maximum = ResidualNetwork.of(network);
    maximum.send(
        index.first(network.source()),
        index.first(network.sink()),
        Double.POSITIVE_INFINITY,
        Integer.MAX_VALUE);
    this.work = maximum.copy();
  }

  /** An upper estimate of the memory that it takes, in bytes; the network is pruned. */
  public static long bytes(FlowNetwork network) {
    return 2 * MaximumFlow.bytes(network);
  }

  /** The ranges for the network of a flow, whatever solver found it; in the order of the tokens. */
  public static List<TokenRange> of(Flow flow) {
    return of(flow.network());
  }

  /** The ranges for a network, which need not be pruned; in the order of the tokens. */
  public static List<TokenRange> of(FlowNetwork network) {
    return of(PrunedNetwork.of(network));
  }

  private static List<TokenRange> of(PrunedNetwork pruned) {
    FlowNetwork full = pruned.full();
    TokenRange[] ranges = new TokenRange[full.tokenCount()];
    Arrays.fill(ranges, new TokenRange(0, 0)); // also of tokens that were pruned
    if (pruned.hasPath()) {
      MaximumFlowRanges search = new MaximumFlowRanges(pruned.network());
      int first = 0;
      for (int block : full.tokenBlocks()) {
        ArcBlock arcs = full.blocks().get(block);
        int tokens = arcs.tail() == full.source() ? arcs.head() : arcs.tail();
        int[] kept = pruned.kept(tokens);
        for (int member = 0; member < kept.length; member++) {
          ranges[first + kept[member]] = search.range(block, member);
        }
        first += full.groups().get(tokens).size();
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(ranges)));
  }

  /** The range of one terminal arc; its block has one row or one column. */
  private TokenRange range(int block, int member) {
    ArcBlock arcs = network.blocks().get(block);
    double capacity = arcs.capacity().get(member);
    double flow = maximum.flow()[block][member];
    boolean fromSource = arcs.tail() == network.source();
    int tail = index.first(arcs.tail()) + (fromSource ? 0 : member);
    int head = index.first(arcs.head()) + (fromSource ? member : 0);
    double more = rerouted(head, tail, block, member, 0, capacity - flow);
    double less = rerouted(tail, head, block, member, capacity, flow);
    return new TokenRange(flow - less, Math.min(capacity, flow + more));
  }

  /**
   * What can be sent past an arc, from one of its ends to the other, up to a limit. The flow on the
   * arc is set so that it has no residual in the direction of what is sent; its residual in the
   * other direction enters the first node or leaves the last one, and so is of no use.
   */
  private double rerouted(int from, int to, int block, int arc, double blocked, double limit) {
    if (!(limit > 0)) {
      return 0;
    }
    work.copyFlowOf(maximum);
    work.flow()[block][arc] = blocked;
    return work.send(from, to, limit, Integer.MAX_VALUE).amount();
  }
}
