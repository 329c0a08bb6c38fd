package org.attentionflow.cli;

import java.util.function.ToLongFunction;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;

/**
 * What it takes to build a random network, and about what it will take to solve it: the arrays of
 * small networks of the kind, which grow with the layers, and with the tokens and their square.
 *
 * @param networks makes networks
 * @param kind what they are like
 * @param solver what they are solved with, while another flow is held
 */
record BuildForecast(BenchSweep.Networks networks, BenchCommand.Kind kind, FlowSolver solver) {
  private static final int LAYERS = 2;

  /** More than what solvers treat as small. */
  private static final int TOKENS = 64;

  /** The forecast of the building; what it says to be enough is enough for the solve, too. */
  HeapForecast of(int layers, int tokens, Precision precision) {
    long arrays = solving(layers, tokens, HeapForecast::arrays);
    long narrow = solving(layers, tokens, HeapForecast::narrow);
    return HeapForecast.ofBuilding(layers, tokens, precision).before(arrays, narrow);
  }

  private long solving(int layers, int tokens, ToLongFunction<HeapForecast> part) {
    double few = ofLayers(LAYERS, tokens, part);
    double more = ofLayers(2 * LAYERS, tokens, part);
    return Math.round(few + (more - few) * (layers - LAYERS) / LAYERS);
  }

  /** a tokens² + b tokens, by the networks of TOKENS and of twice as many. */
  private double ofLayers(int layers, double tokens, ToLongFunction<HeapForecast> part) {
    double few = sample(layers, TOKENS, part);
    double more = sample(layers, 2 * TOKENS, part);
    double a = (more - 2 * few) / (2.0 * TOKENS * TOKENS);
    double b = (few - a * TOKENS * TOKENS) / TOKENS;
    return (a * tokens + b) * tokens;
  }

  private double sample(int layers, int tokens, ToLongFunction<HeapForecast> part) {
    FlowNetwork network = networks.make(kind, layers, tokens);
    return part.applyAsLong(HeapForecast.ofSolves(solver, network, 1));
  }
}
