package org.attentionflow.evaluation.run;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.attentionflow.flow.Cut;
import org.attentionflow.flow.Flow;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** The lines of a bundle as JSON. */
final class RecordJson {
  private RecordJson() {}

  /** What all lines of an example begin with. */
  static Map<String, Object> head(PreparedExample example) {
    Map<String, Object> head = new TreeMap<>();
    head.put("index", example.index());
    head.put("id", example.example().id());
    return head;
  }

  /** The tokens with the characters they stand for. */
  static Map<String, Object> tokens(TokenSequence tokens) {
    List<Object> texts = new ArrayList<>();
    List<Object> starts = new ArrayList<>();
    List<Object> ends = new ArrayList<>();
    List<Object> special = new ArrayList<>();
    for (Token token : tokens.tokens()) {
      texts.add(token.text());
      starts.add(token.start());
      ends.add(token.end());
      if (token.special()) {
        special.add(token.index());
      }
    }
    Map<String, Object> json = new TreeMap<>();
    json.put("text", texts);
    json.put("start", starts);
    json.put("end", ends);
    json.put("special", special);
    return json;
  }

  /** Scores, status and certificate of one method. */
  static Map<String, Object> method(ScoredRow scored) {
    Map<String, Object> json = new TreeMap<>();
    Attribution attribution = scored.attribution();
    json.put("status", status(scored));
    json.put(
        "scores",
        scored.failure() == null && attribution != null
            ? JsonTree.numbers(attribution.scores())
            : null);
    if (attribution != null && attribution.flow() != null) {
      json.put("flow", flow(attribution.flow()));
    }
    return json;
  }

  /** SCORED for a method without a flow; FAILED if it threw. */
  static String status(ScoredRow scored) {
    Attribution attribution = scored.attribution();
    if (attribution == null) {
      return "FAILED";
    }
    return attribution.flowResult().map(flow -> flow.status().name()).orElse("SCORED");
  }

  private static Map<String, Object> flow(Flow flow) {
    Cut cut = flow.certificate().cut();
    Map<String, Object> json = new TreeMap<>();
    json.put("value", flow.value());
    json.put("solver", flow.solver());
    json.put("unique", flow.isUnique());
    json.put("iterations", flow.iterations());
    json.put("mu", flow.barrierParameter());
    json.put("relativeMu", flow.relativeBarrierParameter());
    json.put("gapBound", flow.certificate().gapBound());
    json.put("conservationResidual", flow.certificate().conservationResidual());
    json.put("stationarity", flow.certificate().stationarity());
    json.put("smallestSlack", flow.certificate().smallestSlack());
    json.put("cut", cut.capacity());
    json.put("cutShare", cut.mainShare());
    json.put("cutBlock", cut.capacity() > 0 ? block(flow) : null);
    FlowNetwork network = flow.network().full();
    if (network.precision() == Precision.FLOAT) {
      json.put("capacityRounding", network.rounding().relative());
      json.put("capacityUnderflow", network.rounding().absolute());
    }
    return json;
  }

  private static String block(Flow flow) {
    FlowNetwork network = flow.network().full();
    ArcBlock block = network.blocks().get(flow.certificate().cut().mainBlock());
    return network.groups().get(block.tail()).name()
        + " -> "
        + network.groups().get(block.head()).name();
  }

  /** Every evaluated set, as hexadecimal bits (little endian), with its log-probabilities. */
  static String perturbations(PreparedExample example, ValueFunction values) {
    SortedMap<BitSet, double[]> evaluated = values.evaluated();
    List<Object> sets = new ArrayList<>();
    List<Object> logProbabilities = new ArrayList<>();
    evaluated.forEach(
        (set, numbers) -> {
          sets.add(HexFormat.of().formatHex(set.toByteArray()));
          logProbabilities.add(numbers);
        });
    Map<String, Object> json = head(example);
    json.put("operator", values.removal());
    json.put("size", values.size());
    json.put("sets", sets);
    json.put("logProbabilities", logProbabilities);
    return JsonTree.compact(JsonTree.of(json));
  }

  /** What a metric said. */
  static JsonElement result(MetricResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", result.value().isPresent() ? result.value().getAsDouble() : null);
    result.reason().ifPresent(reason -> json.put("undefined", reason));
    if (!result.details().isEmpty()) {
      json.put("details", result.details());
    }
    if (!result.curves().isEmpty()) {
      Map<String, Object> curves = new TreeMap<>();
      result
          .curves()
          .forEach((name, curve) -> curves.put(name, Map.of("x", curve.x(), "y", curve.y())));
      json.put("curves", curves);
    }
    return JsonTree.of(json);
  }

  /** Why an example, or one method of it, has no numbers. */
  static String failure(PreparedExample example, String method, String kind, String reason) {
    Map<String, Object> json = head(example);
    json.put("method", method.isEmpty() ? null : method);
    json.put("kind", kind);
    json.put("reason", reason);
    return JsonTree.compact(JsonTree.of(json));
  }
}
