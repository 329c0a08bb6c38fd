package org.attentionflow.formats.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.KernelChoice;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The two sweeps over all arcs that every solver of the barrier problem is made of, on one thread:
 * a solve counted in them is a number that means the same on every machine. Not thread-safe.
 */
public final class Yardstick {
  private static final double NANOS = 1e9;

  /** Long enough for the compiler to be done. */
  private static final double WARM_UP_SECONDS = 0.2;

  private static final double TIMING_SECONDS = 2e-3;

  private final DualEvaluation dual;
  private final double mu;
  private final double[][] potential;
  private final double[][] product;
  private final double[] buffer;
  private final Rows rows = new Rows();

  /** The conductances from one node to all of a group. */
  private static final class Row {
    private final int group;
    private final int member;
    private final int other;
    private final double[] conductance;

    Row(int group, int member, int other, double[] conductance) {
      this.group = group;
      this.member = member;
      this.other = other;
      this.conductance = conductance;
    }
  }

  /** The conductances of arcs of a list, from one of them on. */
  private record ListedRow(ArcBlock arcs, int first, double[] conductance) {}

  /** The Laplacian as rows of conductances. */
  private static final class Rows implements Conductances {
    private final List<Row> rows = new ArrayList<>();
    private final List<ListedRow> listed = new ArrayList<>();

    @Override
    public void clear() {
      rows.clear();
      listed.clear();
    }

    @Override
    public void add(int group, int member, int other, int otherMember, double conductance) {
      double[] row = new double[otherMember + 1];
      row[otherMember] = conductance;
      rows.add(new Row(group, member, other, row));
    }

    @Override
    public void addListed(int block, ArcBlock arcs, int row, double[] conductance) {
      int first = row * arcs.ends().rowLength();
      int count = Math.min(arcs.ends().rowLength(), arcs.ends().count() - first);
      listed.add(new ListedRow(arcs, first, Arrays.copyOf(conductance, count)));
    }

    @Override
    public void addRow(int group, int member, int other, int count, double[] conductance) {
      rows.add(new Row(group, member, other, Arrays.copyOf(conductance, count)));
    }
  }

  /**
   * Prepares for a network; keeps one number per arc.
   *
   * @param network a pruned network with a path
   * @param relativeMu the barrier parameter relative to the largest capacity
   */
  public Yardstick(FlowNetwork network, double relativeMu) {
    this(network, relativeMu, KernelChoice.plainArcs());
  }

  /**
   * Prepares for a network; keeps one number per arc.
   *
   * @param network a pruned network with a path
   * @param relativeMu the barrier parameter relative to the largest capacity
   * @param kernel computes the closed form; the yardstick itself is the one in plain Java
   */
  public Yardstick(FlowNetwork network, double relativeMu, ArcKernel kernel) {
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    mu = relativeMu;
    dual = new DualEvaluation(arcs, new WorkerThreads(1), kernel);
    potential = StartingPoint.of(network, arcs, scale, mu);
    product = arcs.zeros();
    buffer = new double[arcs.widest()];
    dual.evaluate(potential, mu, rows);
  }

  /** The bytes it keeps for a network. */
  public static long bytes(FlowNetwork network) {
    return network.blocks().stream().mapToLong(b -> b.capacity().size()).sum() * Double.BYTES;
  }

  /**
   * Flow and conductance of every arc by the closed form, and the imbalance of every node.
   *
   * @return the imbalance [group][member]; the array is used again
   */
  public double[][] sweep() {
    return dual.imbalanceAt(potential, mu);
  }

  /**
   * The product of the Laplacian of the conductances with the potentials, each conductance read
   * once.
   *
   * @return the product [group][member]; the array is used again
   */
  public double[][] product() {
    for (double[] group : product) {
      Arrays.fill(group, 0);
    }
    for (Row row : rows.rows) {
      double[] conductance = row.conductance;
      double[] x = potential[row.other];
      double[] y = product[row.other];
      double own = potential[row.group][row.member];
      for (int j = 0; j < conductance.length; j++) {
        double current = conductance[j] * (x[j] - own);
        buffer[j] = current;
        y[j] += current;
      }
      product[row.group][row.member] -= Sums.sum(buffer, 0, conductance.length);
    }
    rows.listed.forEach(this::multiply);
    return product;
  }

  private void multiply(ListedRow row) {
    double[] tails = potential[row.arcs.tail()];
    double[] heads = potential[row.arcs.head()];
    double[] atTails = product[row.arcs.tail()];
    double[] atHeads = product[row.arcs.head()];
    for (int j = 0; j < row.conductance.length; j++) {
      int tail = row.arcs.tailNode(row.first + j);
      int head = row.arcs.headNode(row.first + j);
      double current = row.conductance[j] * (heads[head] - tails[tail]);
      atHeads[head] += current;
      atTails[tail] -= current;
    }
  }

  /**
   * Times both sweeps: the median of timings, each of as many repetitions as make it long enough to
   * be read off the clock, after a warm-up.
   *
   * @param instance what the network is
   * @param runs the timings
   */
  public SweepTimes measure(Instance instance, int runs) {
    return new SweepTimes(instance, median(this::sweep, runs), median(this::product, runs));
  }

  private static double median(Runnable work, int runs) {
    long begin = System.nanoTime();
    double warmUp;
    int count = 0;
    do {
      work.run();
      count++;
      warmUp = seconds(begin);
    } while (warmUp < WARM_UP_SECONDS);
    int repetitions = (int) Math.max(1, Math.ceil(TIMING_SECONDS * count / warmUp));
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      begin = System.nanoTime();
      for (int j = 0; j < repetitions; j++) {
        work.run();
      }
      seconds[i] = seconds(begin) / repetitions;
    }
    return Times.of(seconds).median();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / NANOS;
  }
}
