package org.attentionflow.formats.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.flow.Cut;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Prediction;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.provenance.Provenance;
import org.attentionflow.tensor.Precision;
import org.attentionflow.tensor.Rounding;
import org.attentionflow.token.Token;
import org.attentionflow.token.Word;
import org.jspecify.annotations.Nullable;

/**
 * Results as JSON, each one object on one line without a line break at its end. Scores have the
 * unit of the information tensor; they are null where the explanation is not reliable.
 */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** Writes an explanation. */
  public static void write(Explanation explanation, Appendable out) throws IOException {
    write(explanation, List.of(), out);
  }

  /**
   * Writes an explanation.
   *
   * @param ranges per token the range of its score over all maximum flows; or nothing
   */
  public static void write(Explanation explanation, List<TokenRange> ranges, Appendable out)
      throws IOException {
    JsonOutput json = new JsonOutput(out);
    json.beginObject();
    json.name("model").value(explanation.model().name());
    json.name("engine").value(explanation.engine());
    json.name("method").value(explanation.attribution().method());
    writePrediction(explanation.prediction(), json);
    writeTarget(explanation, json);
    writeTokens(explanation, ranges, json);
    writeWords(explanation, json);
    json.name("flow");
    writeDiagnostics(explanation.attribution().flow(), json);
    if (!explanation.attribution().diagnostics().isEmpty()) {
      json.name("diagnostics").beginObject();
      for (Map.Entry<String, Double> entry : explanation.attribution().diagnostics().entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
    }
    json.name("text").value(explanation.tokens().text());
    writeProvenance(explanation.provenance(), json);
    json.endObject();
  }

  /** Writes why a text has no explanation. */
  public static void writeFailure(TextResult result, Appendable out) throws IOException {
    new JsonOutput(out)
        .beginObject()
        .name("index")
        .value(result.index())
        .name("text")
        .value(result.text())
        .name("error")
        .value(result.failure())
        .endObject();
  }

  /**
   * Writes a flow that was computed without a model.
   *
   * @param seconds the time the computation took, wall clock
   */
  public static void writeFlow(Flow flow, double seconds, Appendable out) throws IOException {
    writeFlow(flow, List.of(), List.of(), "", seconds, out);
  }

  /**
   * Writes a flow that was computed without a model; the outflows are null if it is not reliable.
   *
   * @param nodes per token the number of its node in the file of the network; or nothing
   * @param ranges per token the range of its outflow over all maximum flows; or nothing
   * @param kernel what did the solver's dense arithmetic; empty where there is no choice
   * @param seconds the time the computation took, wall clock
   */
  public static void writeFlow(
      Flow flow,
      List<Integer> nodes,
      List<TokenRange> ranges,
      String kernel,
      double seconds,
      Appendable out)
      throws IOException {
    JsonOutput json = new JsonOutput(out);
    json.beginObject().name("value").value(flow.value()).name("tokenOutflow").beginArray();
    for (double outflow : flow.tokenOutflow()) {
      json.value(flow.status().isReliable() ? outflow : Double.NaN);
    }
    json.endArray();
    if (!nodes.isEmpty()) {
      json.name("nodes").beginArray();
      for (int node : nodes) {
        json.value(node);
      }
      json.endArray();
    }
    if (!ranges.isEmpty()) {
      json.name("tokenRange").beginArray();
      for (TokenRange range : ranges) {
        writeRange(range, json);
      }
      json.endArray();
    }
    json.name("status").value(flow.status().name());
    json.name("detail").value(flow.detail());
    json.name("maximumFlowBound").value(flow.certificate().cut().capacity());
    json.name("conservationResidual").value(flow.certificate().conservationResidual());
    json.name("stationarity").value(flow.certificate().stationarity());
    json.name("iterations").value(flow.iterations());
    json.name("seconds").value(seconds);
    json.name("solver").value(flow.solver());
    if (!kernel.isEmpty()) {
      json.name("kernel").value(kernel);
    }
    json.name("barrierParameter").value(flow.barrierParameter());
    json.name("relativeBarrierParameter").value(flow.relativeBarrierParameter());
    json.name("gapBound").value(flow.certificate().gapBound());
    json.name("unique").value(flow.isUnique());
    writeRounding(flow, json);
    json.endObject();
  }

  /**
   * The arc block that the largest part of a flow's cut lies in, in words such as {@code layer 1 ->
   * input}; null if the cut is empty.
   */
  public static @Nullable String cutBlock(Flow flow) {
    Cut cut = flow.certificate().cut();
    if (!(cut.capacity() > 0)) {
      return null;
    }
    FlowNetwork network = flow.network().full();
    ArcBlock block = network.blocks().get(cut.mainBlock());
    return network.groups().get(block.tail()).name()
        + " -> "
        + network.groups().get(block.head()).name();
  }

  private static void writeRange(TokenRange range, JsonOutput json) throws IOException {
    json.beginArray().value(range.least()).value(range.most()).endArray();
  }

  private static void writePrediction(Prediction prediction, JsonOutput json) throws IOException {
    json.name("prediction").beginObject();
    json.name("label").value(prediction.label());
    json.name("index").value(prediction.index());
    json.name("probability").value(prediction.probability());
    json.endObject();
  }

  private static void writeTarget(Explanation explanation, JsonOutput json) throws IOException {
    ResolvedTarget target = explanation.target();
    json.name("target").beginObject();
    json.name("label").value(explanation.model().label(target.index()));
    json.name("index").value(target.index());
    if (target.isContrast()) {
      json.name("against").beginObject();
      json.name("label").value(explanation.model().label(target.against()));
      json.name("index").value(target.against());
      json.endObject();
    }
    json.endObject();
  }

  private static void writeTokens(Explanation explanation, List<TokenRange> ranges, JsonOutput json)
      throws IOException {
    double[] scores = explanation.attribution().scores();
    json.name("tokens").beginArray();
    for (Token token : explanation.tokens().tokens()) {
      json.beginObject();
      json.name("index").value(token.index());
      json.name("text").value(token.text());
      json.name("start").value(token.start());
      json.name("end").value(token.end());
      json.name("special").value(token.special());
      json.name("score").value(explanation.isReliable() ? scores[token.index()] : Double.NaN);
      if (!ranges.isEmpty()) {
        json.name("range");
        writeRange(ranges.get(token.index()), json);
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void writeWords(Explanation explanation, JsonOutput json) throws IOException {
    List<Word> words = explanation.tokens().words();
    double[] scores =
        Attribution.wordScores(explanation.tokens(), explanation.attribution().scores());
    json.name("words").beginArray();
    for (int i = 0; i < scores.length; i++) {
      Word word = words.get(i);
      json.beginObject();
      json.name("text").value(word.text());
      json.name("start").value(word.start());
      json.name("end").value(word.end());
      json.name("tokens").beginArray();
      for (int token : word.tokens()) {
        json.value(token);
      }
      json.endArray();
      json.name("score").value(explanation.isReliable() ? scores[i] : Double.NaN);
      json.endObject();
    }
    json.endArray();
  }

  private static void writeDiagnostics(@Nullable Flow flow, JsonOutput json) throws IOException {
    if (flow == null) {
      json.value((String) null);
      return;
    }
    Cut cut = flow.certificate().cut();
    json.beginObject();
    json.name("value").value(flow.value());
    json.name("solver").value(flow.solver());
    json.name("status").value(flow.status().name());
    json.name("detail").value(flow.detail());
    json.name("barrierParameter").value(flow.barrierParameter());
    json.name("relativeBarrierParameter").value(flow.relativeBarrierParameter());
    json.name("gapBound").value(flow.certificate().gapBound());
    json.name("conservationResidual").value(flow.certificate().conservationResidual());
    json.name("cutCapacity").value(cut.capacity());
    json.name("cutBlock").value(cutBlock(flow));
    json.name("cutShare").value(cut.mainShare());
    json.name("smallestSlack").value(flow.certificate().smallestSlack());
    json.name("stationarity").value(flow.certificate().stationarity());
    json.name("iterations").value(flow.iterations());
    json.name("unique").value(flow.isUnique());
    writeRounding(flow, json);
    json.endObject();
  }

  /** What the capacities lost, if they are kept in 32 bits. */
  private static void writeRounding(Flow flow, JsonOutput json) throws IOException {
    FlowNetwork network = flow.network().full();
    if (network.precision() == Precision.FLOAT) {
      Rounding rounding = network.rounding();
      json.name("capacityRounding").value(rounding.relative());
      json.name("capacityUnderflow").value(rounding.absolute());
    }
  }

  private static void writeProvenance(Provenance provenance, JsonOutput json) throws IOException {
    json.name("provenance").beginObject();
    json.name("version").value(provenance.version());
    json.name("java").value(provenance.java());
    json.name("platform").value(provenance.platform());
    json.name("model").value(provenance.model());
    json.name("settings").value(provenance.settings());
    json.endObject();
  }
}
