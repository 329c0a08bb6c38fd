package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * Random networks of every kind that occurs, each determined by kind and seed. Small, so that the
 * exact maximum flow is quick: up to 6 layers and 10 tokens.
 */
public final class RandomNetworks {
  private static final int MOST_LAYERS = 6;
  private static final int MOST_TOKENS = 10;

  /** With it the encoder–decoder has all positions as sources. */
  private static final long WIDE_SEED = 1_000_000;

  private RandomNetworks() {}

  /** The kinds of networks. */
  public enum Kind {
    /** Every capacity positive, uniform in (0, 1]. */
    DENSE,
    /** One to five in ten capacities are positive. */
    SPARSE,
    /** Dead query rows and key columns in every layer. */
    DEAD_ENDS,
    /** Capacities from 1e-12 to 1. */
    TWELVE_DECADES,
    /** Lower triangular attention, as of a decoder, with the last position as the only source. */
    CAUSAL,
    /** No path from source to sink, though most layers are full. */
    DISCONNECTED,
    /** Every capacity zero. */
    ZERO,
    /** A single token. */
    ONE_TOKEN,
    /** A single layer. */
    ONE_LAYER,
    /** Tokens 0 and 1 are interchangeable (two tokens at least). */
    TWINS,
    /** One position of the top layer is the only source. */
    SINGLE_SOURCE,
    /** Rows that are softmaxes: the AF variant. */
    ATTENTION,
    /** Clipped products with one live query row in the top layer: the AGF variant. */
    ATTENTION_GRADIENT,
    /** A graph of groups of different sizes with diagonal, parallel and skipping blocks. */
    GROUPS,
    /** Encoder chain, decoder groups, cross blocks, scores for input and prefix. */
    ENCODER_DECODER,
    /** A sparse graph: lists of arcs from groups to later ones. */
    LISTED,
    /** A sparse graph with cycles: lists of arcs from any group to any other. */
    CYCLES,
    /** The same with capacities from 1e-4 to 1. */
    CYCLES_OF_FOUR_DECADES,
    /** Capacities from 1e-20 to 1. */
    TWENTY_DECADES,
    /** Capacities from 1e-40 to 1. */
    FORTY_DECADES,
    /** A graph with cycles and capacities from 1e-12 to 1. */
    CYCLES_OF_TWELVE_DECADES;

    /**
     * Whether capacities span more than numbers of 32 bits, which solvers compute steps in, can
     * hold; or what runs round cycles can be so much more than what flows through that 64 bits do
     * not hold both. A solver has to certify all other kinds; of these it may say that it did not
     * succeed.
     */
    public boolean isExtreme() {
      return EXTREME.contains(this);
    }

    private static final Set<Kind> EXTREME =
        EnumSet.of(TWENTY_DECADES, FORTY_DECADES, CYCLES_OF_TWELVE_DECADES);

    /** The kinds that are extreme, or those that are not, in their order. */
    public static List<Kind> thatAre(boolean extreme) {
      return Stream.of(values()).filter(kind -> kind.isExtreme() == extreme).toList();
    }
  }

  /** The network of a kind with a seed. */
  public static NetworkInstance of(Kind kind, long seed) {
    // Neighbouring seeds of Random give alike numbers; the splittable generator scrambles them.
    Random random = new Random(new SplittableRandom(31 * seed + kind.name().hashCode()).nextLong());
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " seed " + seed;
    return new NetworkInstance(name, network(kind, random));
  }

  /** One network of every kind that is not extreme for each of the seeds first, first + 1, … */
  public static List<NetworkInstance> ofEveryKind(long first, int seeds) {
    List<NetworkInstance> instances = new ArrayList<>();
    for (long seed = first; seed < first + seeds; seed++) {
      for (Kind kind : Kind.thatAre(false)) {
        instances.add(of(kind, seed));
      }
    }
    return instances;
  }

  private static FlowNetwork network(Kind kind, Random random) {
    int layers = kind == Kind.ONE_LAYER ? 1 : 1 + random.nextInt(MOST_LAYERS);
    int least = kind == Kind.TWINS ? 2 : 1;
    int tokens = kind == Kind.ONE_TOKEN ? 1 : least + random.nextInt(MOST_TOKENS + 1 - least);
    RandomLayers stack = new RandomLayers(random, layers, tokens);
    return switch (kind) {
      case DENSE, ONE_TOKEN, ONE_LAYER -> all(stack.dense());
      case SPARSE -> all(stack.sparse());
      case DEAD_ENDS -> all(stack.deadEnds());
      case TWELVE_DECADES -> all(stack.decades(12));
      case TWENTY_DECADES -> all(stack.decades(20));
      case FORTY_DECADES -> all(stack.decades(40));
      case CAUSAL -> Networks.stack(stack.attention(true), Sources.position(-1));
      case DISCONNECTED -> all(stack.disconnected());
      case ZERO -> all(stack.zero());
      case TWINS -> all(stack.twins());
      case SINGLE_SOURCE -> Networks.stack(stack.dense(), Sources.position(random.nextInt(tokens)));
      case ATTENTION -> all(stack.attention(false));
      case ATTENTION_GRADIENT -> all(stack.attentionGradient());
      case GROUPS -> new RandomGraphs(random).groups(layers + 1, tokens);
      case LISTED -> new RandomGraphs(random).listed(layers + 1, tokens, false, 0);
      case CYCLES -> new RandomGraphs(random).listed(layers + 1, tokens, true, 0);
      case CYCLES_OF_FOUR_DECADES -> new RandomGraphs(random).listed(layers + 1, tokens, true, 4);
      case CYCLES_OF_TWELVE_DECADES ->
          new RandomGraphs(random).listed(layers + 1, tokens, true, 12);
      case ENCODER_DECODER ->
          new RandomGraphs(random)
              .encoderDecoder(1 + layers / 2, tokens, 1 + random.nextInt(MOST_TOKENS));
    };
  }

  /**
   * Networks with so many arcs that solvers share their work among threads: chains, even and odd
   * numbers of groups joined to one another, two blocks of arcs between the same groups, and lists
   * of arcs with cycles.
   */
  static List<NetworkInstance> wide() {
    RandomLayers layers = new RandomLayers(new Random(WIDE_SEED), 6, 110);
    return List.of(
        new NetworkInstance("wide chain", Networks.stack(layers.attention(false), Sources.all())),
        new NetworkInstance(
            "wide groups", new RandomGraphs(new Random(WIDE_SEED)).parallel(5, 100)),
        new NetworkInstance(
            "wide encoder-decoder",
            new RandomGraphs(new Random(WIDE_SEED)).encoderDecoder(2, 120, 90)),
        new NetworkInstance(
            "wide lists with cycles",
            new RandomGraphs(new Random(WIDE_SEED)).listed(6, 400, true, 3)));
  }

  private static FlowNetwork all(List<Matrix> layers) {
    return Networks.stack(layers, Sources.all());
  }
}
