package org.attentionflow.evaluation.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.bundle.Outcome;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.Reattribution;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.ModelValueFunction;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;

/** One example: captured once, scored by every method, judged by every metric. */
final class ExampleTask {
  private static final double NANOS = 1e9;

  private final PreparedRun run;
  private final PreparedExample example;

  ExampleTask(PreparedRun run, PreparedExample example) {
    this.run = run;
    this.example = example;
  }

  Outcome outcome() {
    TokenSequence tokens = example.tokens();
    if (tokens == null) {
      String kind = example.isSkipped() ? "skipped" : "failed";
      return leftOut(kind, String.valueOf(example.reason()));
    }
    try {
      return outcome(tokens);
    } catch (UnusableInputException e) {
      return leftOut("failed", String.valueOf(e.getMessage()));
    }
  }

  private Outcome leftOut(String kind, String reason) {
    return new Outcome(
        example.index(),
        "",
        List.of(),
        "",
        List.of(RecordJson.failure(example, "", kind, reason)),
        "{}");
  }

  private Outcome outcome(TokenSequence tokens) {
    long begin = System.nanoTime();
    Capture capture = run.session().capture(List.of(tokens), run.request(target())).get(0);
    double captureSeconds = (System.nanoTime() - begin) / NANOS;
    List<ScoredRow> scored = run.rows().stream().map(row -> score(row, capture)).toList();
    long judged = System.nanoTime();
    Features features = run.judges().features(tokens);
    RowJudge judge = judge(tokens, features, capture.target().index());
    Map<String, Object> judgements = judge(judge, scored, tokens);
    double judgeSeconds = (System.nanoTime() - judged) / NANOS;
    return new Outcome(
        example.index(),
        record(tokens, capture, judge, scored),
        judge.values().values().stream()
            .map(values -> RecordJson.perturbations(example, values))
            .toList(),
        JsonTree.compact(JsonTree.of(judgements)),
        failures(scored),
        times(scored, judge, captureSeconds, judgeSeconds));
  }

  private Target target() {
    String target = run.experiment().target();
    if (!target.equals("gold")) {
      return Target.parse(target);
    }
    if (example.gold() == GoldClasses.NONE) {
      throw new UnusableInputException("the example has no label, and the target is gold");
    }
    return new Target.Index(example.gold());
  }

  private ScoredRow score(Row row, Capture capture) {
    long begin = System.nanoTime();
    try {
      Attribution attribution = row.attributor().attribute(capture, run.session());
      String failure =
          attribution
              .flowResult()
              .filter(flow -> !flow.status().isReliable())
              .map(flow -> flow.detail())
              .orElse(null);
      return new ScoredRow(row, attribution, failure, (System.nanoTime() - begin) / NANOS);
    } catch (UnusableInputException e) {
      double seconds = (System.nanoTime() - begin) / NANOS;
      return new ScoredRow(row, null, String.valueOf(e.getMessage()), seconds);
    }
  }

  private RowJudge judge(TokenSequence tokens, Features features, int target) {
    Map<String, ValueFunction> values = new LinkedHashMap<>();
    run.judges()
        .removals()
        .forEach(
            removal ->
                values.put(
                    removal.name(),
                    new ModelValueFunction(run.session(), tokens, features, removal)));
    boolean isMarked = !example.example().rationale().isEmpty();
    return new RowJudge(
        run.judges(),
        example.example().id(),
        features,
        target,
        values,
        isMarked ? run.judges().marks(tokens, example.example().rationale()) : null,
        run.experiment().seed());
  }

  private Map<String, Object> judge(RowJudge judge, List<ScoredRow> scored, TokenSequence tokens) {
    Map<String, Object> rows = new LinkedHashMap<>();
    for (ScoredRow row : scored) {
      Attribution attribution = row.attribution();
      if (attribution != null && row.failure() == null) {
        Reattribution again =
            new Reattribution(
                run.session(), row.row().attributor(), tokens, judge.features(), run.randomised());
        double[] scores = judge.features().scores(attribution.scores());
        rows.put(row.row().id(), judge.judge(scores, again));
      }
    }
    Map<String, Object> json = RecordJson.head(example);
    judge
        .references(rows, run.experiment(), run.boundTexts().contains(example.index()))
        .ifPresent(search -> json.put("bounds", search.label()));
    json.put("rows", rows);
    return json;
  }

  private String record(
      TokenSequence tokens, Capture capture, RowJudge judge, List<ScoredRow> scored) {
    Map<String, Object> methods = new TreeMap<>();
    scored.forEach(row -> methods.put(row.row().id(), RecordJson.method(row)));
    Map<String, Object> json = RecordJson.head(example);
    json.put("tokens", RecordJson.tokens(tokens));
    json.put("gold", example.gold() == GoldClasses.NONE ? null : example.gold());
    json.put("target", capture.target().index());
    json.put("targetLabel", run.session().model().label(capture.target().index()));
    json.put("logits", logits(capture.logits()));
    json.put("truncated", example.isTruncated());
    json.put("methods", methods);
    if (run.judges().removesWords()) {
      json.put("features", judge.features().positions().stream().map(ExampleTask::tokens).toList());
    }
    boolean[] rationale = judge.rationale();
    if (rationale != null) {
      List<Object> marked = new ArrayList<>();
      for (int i = 0; i < rationale.length; i++) {
        if (rationale[i]) {
          marked.add(i);
        }
      }
      json.put("rationale", marked);
    }
    return JsonTree.compact(JsonTree.of(json));
  }

  private static List<Integer> tokens(BitSet positions) {
    return positions.stream().boxed().toList();
  }

  private static List<Object> logits(float[] logits) {
    List<Object> numbers = new ArrayList<>();
    for (float logit : logits) {
      numbers.add((double) logit);
    }
    return numbers;
  }

  private List<String> failures(List<ScoredRow> scored) {
    List<String> lines = new ArrayList<>();
    for (ScoredRow row : scored) {
      String failure = row.failure();
      if (failure != null) {
        lines.add(RecordJson.failure(example, row.row().id(), "failed", failure));
      }
    }
    return lines;
  }

  private String times(
      List<ScoredRow> scored, RowJudge judge, double captureSeconds, double judgeSeconds) {
    Map<String, Object> methods = new TreeMap<>();
    scored.forEach(row -> methods.put(row.row().id(), row.seconds()));
    List<String> flows =
        scored.stream()
            .filter(row -> row.attribution() != null && row.attribution().flow() != null)
            .map(row -> row.row().id())
            .toList();
    int passes = judge.values().values().stream().mapToInt(v -> v.evaluated().size()).sum();
    return line(
        "times",
        Map.of(
            "capture", captureSeconds,
            "methods", methods,
            "flows", flows,
            "perturbations", judgeSeconds,
            "evaluations", passes));
  }

  private String line(String name, Map<String, Object> content) {
    Map<String, Object> json = RecordJson.head(example);
    json.put(name, content);
    return JsonTree.compact(JsonTree.of(json));
  }
}
