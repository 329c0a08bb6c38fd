package org.attentionflow.formats.explanation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;

/**
 * A flow through a stack of layers as the sum of paths from output to input, widest first, and a
 * rest.
 *
 * <p>Every flow without cycles is a sum of paths (Ford and Fulkerson). Here each path is the one
 * whose narrowest arc is widest; its amount is taken from its arcs, and so on. A path costs
 * O(arcs), and there are at most as many as arcs. In the barrier's solution every arc carries some
 * flow, so the first paths are what is worth a look and the rest is a haze.
 */
public final class FlowPaths {
  /**
   * One path.
   *
   * @param tokens the token it visits at each level, from the top layer to the input
   * @param amount the flow along it, positive
   */
  public record Path(List<Integer> tokens, double amount) {
    /** Copies the list. */
    public Path {
      tokens = List.copyOf(tokens);
    }

    /** The input token it ends in. */
    public int inputToken() {
      return tokens.get(tokens.size() - 1);
    }
  }

  /** A network with more places for arcs is not taken apart: it would take seconds. */
  private static final long MOST_ARCS = 4_000_000;

  private final List<Path> paths = new ArrayList<>();
  private final double total;
  private final List<Integer> groups;
  private final List<Integer> blocks;
  private final List<Matrix> arcs;

  private FlowPaths(double total, List<Integer> groups, List<Integer> blocks, List<Matrix> arcs) {
    this.total = total;
    this.groups = groups;
    this.blocks = blocks;
    this.arcs = arcs;
  }

  /**
   * Takes a flow apart.
   *
   * @param limit the most paths
   * @return empty if the network is not one chain of dense layers, or has more than four million
   *     arcs
   */
  public static Optional<FlowPaths> of(Flow flow, int limit) {
    FlowNetwork network = flow.network().full();
    List<Integer> chain = chain(network);
    long size = 0;
    for (int block : chain) {
      size += network.blocks().get(block).capacity().size();
    }
    if (chain.size() < 3 || size > MOST_ARCS || network.tokenBlocks().size() != 1) {
      return Optional.empty();
    }
    boolean backward = chain.get(chain.size() - 1).equals(network.tokenBlocks().get(0));
    List<Integer> groups = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    List<Matrix> arcs = new ArrayList<>();
    int layers = chain.size() - 2;
    for (int layer = 0; layer < layers; layer++) {
      int block = chain.get(backward ? layer + 1 : layers - layer);
      ArcBlock full = network.blocks().get(block);
      Matrix amounts = flow.blockFlow(block);
      groups.add(backward ? full.tail() : full.head());
      blocks.add(block);
      arcs.add(backward ? amounts : amounts.transposed());
      if (layer == layers - 1) {
        groups.add(backward ? full.head() : full.tail());
      }
    }
    FlowPaths result = new FlowPaths(flow.value(), groups, blocks, arcs);
    result.decompose(limit);
    return Optional.of(result);
  }

  /** The paths, widest first. */
  public List<Path> paths() {
    return List.copyOf(paths);
  }

  /** The flow value: what all paths and the rest add up to. */
  public double total() {
    return total;
  }

  /** The flow that none of the paths carries, at least 0. */
  public double rest() {
    double shown = 0;
    for (Path path : paths) {
      shown += path.amount();
    }
    return Math.max(0, total - shown);
  }

  /** The groups of the network that the levels are, from the top layer to the input. */
  public List<Integer> groups() {
    return List.copyOf(groups);
  }

  /** The arc blocks of the network between one level and the next. */
  public List<Integer> blocks() {
    return List.copyOf(blocks);
  }

  /** The flow through every token of a level, in a new array: paths and rest. */
  public double[] through(int level) {
    boolean last = level == arcs.size();
    Matrix matrix = arcs.get(last ? level - 1 : level);
    double[] sums = new double[last ? matrix.columnCount() : matrix.rowCount()];
    for (int row = 0; row < matrix.rowCount(); row++) {
      for (int column = 0; column < matrix.columnCount(); column++) {
        sums[last ? column : row] += matrix.get(row, column);
      }
    }
    return sums;
  }

  /** The blocks from super-source to super-sink; empty if they are not one chain. */
  private static List<Integer> chain(FlowNetwork network) {
    if (!network.isAcyclic()) {
      return List.of(); // a walk along the blocks could go round for ever
    }
    List<Integer> chain = new ArrayList<>();
    for (int group = network.source(); group != network.sink(); ) {
      int next = -1;
      for (int i = 0; i < network.blocks().size(); i++) {
        if (network.blocks().get(i).tail() == group) {
          if (next >= 0 || network.blocks().get(i).shape() != ArcBlock.Shape.DENSE) {
            return List.of();
          }
          next = i;
        }
      }
      if (next < 0) {
        return List.of();
      }
      chain.add(next);
      group = network.blocks().get(next).head();
    }
    return chain.size() == network.blocks().size() ? chain : List.of();
  }

  private void decompose(int limit) {
    List<double[]> left = arcs.stream().map(matrix -> matrix.values().clone()).toList();
    while (paths.size() < limit) {
      Path path = widest(left);
      if (!(path.amount() > 0)) {
        return;
      }
      paths.add(path);
      for (int level = 0; level < left.size(); level++) {
        int at = path.tokens().get(level) * arcs.get(level).columnCount();
        // The narrowest arc becomes exactly 0, so that the loop ends.
        left.get(level)[at + path.tokens().get(level + 1)] -= path.amount();
      }
    }
  }

  private Path widest(List<double[]> left) {
    double[] width = new double[arcs.get(0).rowCount()];
    Arrays.fill(width, Double.POSITIVE_INFINITY);
    int[][] from = new int[left.size()][];
    for (int level = 0; level < left.size(); level++) {
      int columns = arcs.get(level).columnCount();
      double[] next = new double[columns];
      from[level] = new int[columns];
      for (int row = 0; row < width.length; row++) {
        for (int column = 0; column < columns; column++) {
          double through = Math.min(width[row], left.get(level)[row * columns + column]);
          if (through > next[column]) {
            next[column] = through;
            from[level][column] = row;
          }
        }
      }
      width = next;
    }
    return trace(width, from);
  }

  private static Path trace(double[] width, int[][] from) {
    int end = 0;
    for (int token = 1; token < width.length; token++) {
      end = width[token] > width[end] ? token : end;
    }
    List<Integer> tokens = new ArrayList<>(List.of(end));
    for (int level = from.length - 1; level >= 0; level--) {
      tokens.add(0, from[level][tokens.get(0)]);
    }
    return new Path(tokens, width[end]);
  }
}
