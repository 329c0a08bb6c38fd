package org.attentionflow.evaluation.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** How the flows of one method went. Not thread-safe. */
public final class SolverHealth {
  private final Map<String, Integer> statuses = new TreeMap<>();
  private final Map<String, Integer> cutBlocks = new TreeMap<>();
  private int flows;
  private int recordCount;
  private long iterations;
  private int mostIterations;
  private double worstConservation;
  private double worstStationarity;
  private String solver = "";
  private boolean unique = true;

  /** Takes what a record says of the method. */
  void add(JsonObject method) {
    recordCount++;
    statuses.merge(method.get("status").getAsString(), 1, Integer::sum);
    if (method.get("flow") instanceof JsonObject flow) {
      flows++;
      solver = flow.get("solver").getAsString();
      unique &= !flow.has("unique") || flow.get("unique").getAsBoolean();
      int count = flow.get("iterations").getAsInt();
      iterations += count;
      mostIterations = Math.max(mostIterations, count);
      worstConservation = Math.max(worstConservation, number(flow, "conservationResidual"));
      worstStationarity = Math.max(worstStationarity, number(flow, "stationarity"));
      JsonElement block = flow.get("cutBlock");
      if (block != null && !block.isJsonNull()) {
        cutBlocks.merge(block.getAsString(), 1, Integer::sum);
      }
    }
  }

  private static double number(JsonObject flow, String name) {
    JsonElement value = flow.get(name);
    return value == null || value.isJsonNull() ? 0 : value.getAsDouble();
  }

  /** Whether the method computes flows. */
  public boolean hasFlows() {
    return flows > 0;
  }

  /** The records by status. */
  public Map<String, Integer> statuses() {
    return statuses;
  }

  /** The records without a path. */
  public int withoutPath() {
    return statuses.getOrDefault("NO_PATH", 0);
  }

  /** The records of the method. */
  public int recordCount() {
    return recordCount;
  }

  /** The records by the arc block that most of the cut lies in. */
  public Map<String, Integer> cutBlocks() {
    return cutBlocks;
  }

  /** The mean number of iterations. */
  public double meanIterations() {
    return flows == 0 ? 0 : (double) iterations / flows;
  }

  /** The largest number of iterations. */
  public int mostIterations() {
    return mostIterations;
  }

  /** The largest conservation residual. */
  public double worstConservation() {
    return worstConservation;
  }

  /** The largest distance from the barrier problem's solution. */
  public double worstStationarity() {
    return worstStationarity;
  }

  /**
   * Whether the arc flows, and with them the scores, are the only solution; false for a plain
   * maximum flow, of which there may be many.
   */
  public boolean isUnique() {
    return unique;
  }

  /** The name of the solver. */
  public String solver() {
    return solver;
  }
}
