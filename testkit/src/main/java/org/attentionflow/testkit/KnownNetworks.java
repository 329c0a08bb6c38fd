package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/** Networks small enough to be worked out by hand. */
public final class KnownNetworks {
  private KnownNetworks() {}

  /**
   * A network with its maximum flow.
   *
   * @param instance the network
   * @param maximumFlow the maximum flow
   */
  public record WithValue(NetworkInstance instance, double maximumFlow) {
    @Override
    public String toString() {
      return instance.name();
    }
  }

  /**
   * A network whose barrier problem reduces to one scalar equation.
   *
   * @param instance the network
   * @param tokenOutflow for an absolute barrier parameter the exact scores
   */
  public record WithSolution(NetworkInstance instance, DoubleFunction<double[]> tokenOutflow) {
    @Override
    public String toString() {
      return instance.name();
    }
  }

  /** The networks with a known maximum flow. */
  public static List<WithValue> withValue() {
    return List.of(
        valued("one arc", 0.25, new double[][] {{0.25}}),
        valued("chain of three arcs", 0.3, new double[][] {{0.7}}, new double[][] {{0.3}}, one()),
        // Query 0 offers 0.5 + 0.5, query 1 offers 0.25: everything fits through layer 0.
        valued(
            "cut in the upper layer",
            1.25,
            new double[][] {{1, 1}, {1, 1}},
            new double[][] {{0.5, 0.5}, {0, 0.25}}),
        // The upper layer offers 1 to each token, layer 0 passes on 0.25 and 0.125 of it.
        valued(
            "cut in the lower layer",
            0.375,
            new double[][] {{0.25, 0}, {0, 0.125}},
            new double[][] {{0.5, 0.5}, {0.5, 0.5}}),
        // Token 0 of layer 1 receives 0.5 and passes on 2; token 1 receives 2 and passes on 0.25.
        valued(
            "cut across both layers",
            0.75,
            new double[][] {{1, 1}, {0.25, 0}},
            new double[][] {{0.25, 1}, {0.25, 1}}),
        valued("no path", 0, new double[][] {{0, 0}, {1, 1}}, new double[][] {{1, 0}, {1, 0}}),
        valued("all zero", 0, new double[][] {{0, 0}, {0, 0}}),
        new WithValue(
            new NetworkInstance(
                "one source position",
                Networks.stack(
                    List.of(Matrix.ofRows(new double[][] {{1, 2}, {4, 8}})), Sources.position(-1))),
            12),
        residual());
  }

  /** The networks with a known solution of the barrier problem. */
  public static List<WithSolution> withSolution() {
    return List.of(
        chain("one token, one layer", 0.4),
        chain("one token, three layers", 0.7, 0.3, 1),
        chain("one token, capacities over twelve decades", 1, 1e-6, 1e-12, 1e-3),
        uniform(3, 5),
        uniform(2, 1),
        uniform(6, 9),
        fan("two paths", new double[][] {{0.5}, {0.25}}),
        fan("two paths of different length", new double[][] {{0.5, 0.75, 1}, {0.25}}),
        fan("five paths", new double[][] {{1}, {0.1}, {0.01}, {1e-3}, {1e-6}}));
  }

  private static double[][] one() {
    return new double[][] {{1}};
  }

  private static WithValue valued(String name, double value, double[][]... layers) {
    return new WithValue(new NetworkInstance(name, Networks.stack(layers)), value);
  }

  /** A dense and a diagonal block between the same groups: 1 + 2 by the dense, 4 by the other. */
  private static WithValue residual() {
    List<NodeGroup> groups =
        List.of(
            new NodeGroup("input", 2),
            new NodeGroup("layer 1", 2),
            new NodeGroup("super-sink", 1),
            new NodeGroup("super-source", 1));
    List<ArcBlock> blocks =
        List.of(
            ArcBlock.uniform(3, 1, 1, 2, 100),
            ArcBlock.dense(1, 0, Matrix.ofRows(new double[][] {{0, 1}, {2, 0}})),
            ArcBlock.diagonal(1, 0, new double[] {4, 0}),
            ArcBlock.uniform(0, 2, 2, 1, 100));
    FlowNetwork network = FlowNetwork.of(groups, blocks, 3, 2, List.of(3));
    return new WithValue(new NetworkInstance("residual connection", network), 7);
  }

  private static WithSolution chain(String name, double... capacities) {
    double[][][] layers =
        Arrays.stream(capacities)
            .mapToObj(capacity -> new double[][] {{capacity}})
            .toArray(double[][][]::new);
    FlowNetwork network = Networks.stack(layers);
    double terminal = terminalCapacity(network);
    int arcs = capacities.length + 3;
    double[] all = Arrays.copyOf(capacities, arcs);
    all[arcs - 3] = terminal;
    all[arcs - 2] = terminal;
    all[arcs - 1] = network.returnCapacity();
    int[] counts = new int[arcs];
    Arrays.fill(counts, 1);
    return new WithSolution(
        new NetworkInstance(name, network),
        mu -> new double[] {SeriesParallel.stageFlow(mu, counts, all)});
  }

  /** All capacities 1 / tokens: by symmetry the arcs of a layer carry equal flows. */
  private static WithSolution uniform(int layerCount, int tokenCount) {
    double[][] layer = new double[tokenCount][tokenCount];
    for (double[] row : layer) {
      Arrays.fill(row, 1.0 / tokenCount);
    }
    double[][][] layers = new double[layerCount][][];
    Arrays.fill(layers, layer);
    FlowNetwork network = Networks.stack(layers);
    int[] counts = new int[layerCount + 3];
    double[] capacities = new double[layerCount + 3];
    Arrays.fill(counts, tokenCount * tokenCount);
    Arrays.fill(capacities, 1.0 / tokenCount);
    for (int terminal = layerCount; terminal < layerCount + 2; terminal++) {
      counts[terminal] = tokenCount;
      capacities[terminal] = terminalCapacity(network);
    }
    counts[layerCount + 2] = 1;
    capacities[layerCount + 2] = network.returnCapacity();
    return new WithSolution(
        new NetworkInstance(
            "uniform, " + layerCount + " layers, " + tokenCount + " tokens", network),
        mu -> {
          double[] scores = new double[tokenCount];
          double flow = SeriesParallel.stageFlow(mu, counts, capacities);
          Arrays.fill(scores, flow / tokenCount);
          return scores;
        });
  }

  /** One node at the top, from which each token is reached by a path of its own. */
  private static WithSolution fan(String name, double[][] paths) {
    int depth = Arrays.stream(paths).mapToInt(path -> path.length).max().orElseThrow();
    int tokens = paths.length;
    // Group 0 holds the tokens, groups 1 to depth − 1 the inner nodes of the paths.
    ArrayList<NodeGroup> groups = new ArrayList<>();
    for (int group = 0; group < depth; group++) {
      groups.add(new NodeGroup(group == 0 ? "input" : "layer " + group, tokens));
    }
    groups.add(new NodeGroup("layer " + depth, 1));
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    ArrayList<ArcBlock> blocks = new ArrayList<>();
    for (int step = 0; step < depth; step++) {
      double[] direct = new double[tokens];
      double[] onward = new double[tokens];
      for (int path = 0; path < tokens; path++) {
        int length = paths[path].length;
        if (step == length - 1) {
          direct[path] = paths[path][step];
        } else if (step < length - 1) {
          onward[path] = paths[path][step];
        }
      }
      blocks.add(ArcBlock.dense(depth, step, Matrix.of(1, tokens, direct)));
      if (step + 1 < depth) {
        blocks.add(ArcBlock.diagonal(step + 1, step, onward));
      }
    }
    double open = Networks.openTerminal(blocks);
    int sink = depth + 1;
    blocks.add(ArcBlock.uniform(sink + 1, depth, 1, 1, open));
    blocks.add(ArcBlock.uniform(0, sink, tokens, 1, open));
    FlowNetwork network =
        FlowNetwork.of(groups, blocks, sink + 1, sink, List.of(blocks.size() - 1));
    double[][] withTerminal =
        Arrays.stream(paths)
            .map(
                path -> {
                  double[] longer = Arrays.copyOf(path, path.length + 1);
                  longer[path.length] = open;
                  return longer;
                })
            .toArray(double[][]::new);
    double[] shared = {open, network.returnCapacity()};
    return new WithSolution(
        new NetworkInstance(name, network),
        mu -> SeriesParallel.pathFlows(mu, shared, withTerminal));
  }

  private static double terminalCapacity(FlowNetwork network) {
    return network.blocks().get(0).capacity().values()[0];
  }
}
