package org.attentionflow.evaluation.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.attentionflow.evaluation.dataset.Dataset;

/**
 * Every key of an experiment file but those of methods, with its default and what it means: the one
 * table behind reading, defaults, schema and template.
 */
enum ExperimentKey {
  SCHEMA(ValueKind.INTEGER, "schema", "1", "version of the schema of this file"),
  NAME(ValueKind.TEXT, "name", "", "name of the experiment: lower-case words with hyphens"),
  TITLE(ValueKind.TEXT, "title", "", "what the report is called; empty: the name"),
  QUESTION(ValueKind.TEXT, "question", "", "what the experiment shows, in a sentence or two"),
  SEED(ValueKind.INTEGER, "seed", "0", "what every random choice starts from"),
  TARGET(
      ValueKind.TEXT, "target", "predicted", "class explained: predicted, gold, a label, an index"),

  MODEL_PATH(
      ValueKind.TEXT, "model.path", "sst2-tiny", "folder, relative to this file or to ${models}"),
  MODEL_ROOT(ValueKind.TEXT, "model.root", "", "the folder that ${models} stands for"),
  MODEL_DIGEST(
      ValueKind.TEXT, "model.digest", "", "SHA-256 that the model must have (see lock.json)"),
  MODEL_ENGINE(ValueKind.TEXT, "model.engine", "auto", "engine by name; auto: the one that fits"),

  DATA_PATH(ValueKind.TEXT, "data.path", "", "file or folder, relative to this file or ${data}"),
  DATA_ROOT(ValueKind.TEXT, "data.root", "", "the folder that ${data} stands for"),
  DATA_FORMAT(
      ValueKind.TEXT,
      "data.format",
      "tsv",
      "how the data lie in files",
      Dataset.formats().keySet().toArray(String[]::new)),
  DATA_DOCUMENTS(
      ValueKind.TEXT, "data.documents", "", "documents of ERASER; empty: docs.jsonl beside it"),
  DATA_DIGEST(ValueKind.TEXT, "data.digest", "", "SHA-256 that the data must have"),
  DATA_TEXT(ValueKind.TEXTS, "data.text", "[]", "columns of the text, joined by a space"),
  DATA_LABEL(ValueKind.TEXT, "data.label", "", "column of the label"),
  DATA_ID(ValueKind.TEXT, "data.id", "", "column of the identifier; empty: the line number"),
  DATA_LABELS(
      ValueKind.TEXT_MAP, "data.labels", "{}", "class (index or name) by label of the file"),
  DATA_DROP(ValueKind.TEXTS, "data.drop", "[]", "labels whose examples are left out"),
  DATA_UNESCAPE(ValueKind.TRUTH, "data.unescape", "false", "whether \\n means a line break"),
  DATA_COUNT(ValueKind.INTEGER, "data.count", "0", "most examples taken; 0: all"),
  DATA_SELECTION(
      ValueKind.TEXT,
      "data.selection",
      "first",
      "which are taken: the first, or a sample by the seed",
      "first",
      "sample"),
  DATA_LONG(
      ValueKind.TEXT,
      "data.long",
      "skip",
      "what happens to a text with too many tokens",
      "skip",
      "truncate",
      "fail"),
  DATA_MAX_TOKENS(
      ValueKind.INTEGER, "data.max-tokens", "0", "most tokens of a text; 0: the model's limit"),

  OPERATORS(ValueKind.TEXTS, "evaluation.operators", "[mask]", "how tokens are removed"),
  FEATURES(ValueKind.TEXT, "evaluation.features", "tokens", "what is removed", "tokens", "words"),
  MINIMUM_FEATURES(
      ValueKind.INTEGER,
      "evaluation.minimum-features",
      "1",
      "fewest features of a text; shorter ones are skipped"),
  PRESET(ValueKind.TEXT, "evaluation.preset", "", "conventions of others by name; empty: none"),
  METRICS(ValueKind.TEXTS, "evaluation.metrics", "[aopc, lodds]", "metrics by name"),
  GRID(
      ValueKind.NUMBERS,
      "evaluation.grid",
      "[0.1, 0.2, 0.3, 0.4, 0.5]",
      "shares removed along a curve"),
  BINS(
      ValueKind.NUMBERS,
      "evaluation.bins",
      "[0.01, 0.05, 0.1, 0.2, 0.5]",
      "shares of comprehensiveness and sufficiency"),
  ROUNDING(
      ValueKind.TEXT,
      "evaluation.rounding",
      "ceiling",
      "how a share becomes a count",
      "ceiling",
      "floor",
      "half-up",
      "half-even"),
  DISTINCT(ValueKind.TRUTH, "evaluation.distinct", "false", "whether equal counts are used once"),
  REVERSED_TIES(
      ValueKind.TRUTH, "evaluation.reversed-ties", "false", "whether the last of equals is first"),
  ABSOLUTE(ValueKind.TRUTH, "evaluation.absolute", "false", "whether drops lose their sign"),
  EXACT_LIMIT(
      ValueKind.INTEGER, "evaluation.exact-limit", "8", "features up to which bounds are exact"),
  BEAM_WIDTH(ValueKind.INTEGER, "evaluation.beam-width", "3", "beam of the search above that"),
  BEAM_LIMIT(
      ValueKind.INTEGER,
      "evaluation.beam-limit",
      "32",
      "features up to which best and worst orders are searched for one by one; above in blocks"),
  SAMPLES(ValueKind.INTEGER, "evaluation.samples", "200", "random perturbations of infidelity"),
  DRAWS(ValueKind.INTEGER, "evaluation.draws", "10", "random inputs of max-sensitivity"),
  RADIUS(ValueKind.NUMBER, "evaluation.radius", "0.02", "how far max-sensitivity moves"),
  RATIONALE_SHARE(
      ValueKind.NUMBER,
      "evaluation.rationale-share",
      "0",
      "share of features that count as marked; 0: the mean share of the data"),
  OVERLAP(ValueKind.NUMBER, "evaluation.overlap", "0.5", "IOU from which spans match"),
  RANDOM_ORDERS(
      ValueKind.INTEGER, "evaluation.random-orders", "10", "seeds of the row of random scores"),
  BOUND_ORDERS(
      ValueKind.TRUTH, "evaluation.bound-orders", "true", "rows of the best and worst order found"),
  BOUND_TEXTS(
      ValueKind.INTEGER,
      "evaluation.bound-texts",
      "100",
      "most texts whose best and worst orders are searched for, drawn by the seed; 0: all"),
  RESAMPLES(
      ValueKind.INTEGER, "evaluation.statistics.resamples", "10000", "resamples of an interval"),
  PERMUTATIONS(
      ValueKind.INTEGER,
      "evaluation.statistics.permutations",
      "10000",
      "permutations of a paired test"),
  CONFIDENCE(
      ValueKind.NUMBER, "evaluation.statistics.confidence", "0.95", "coverage of an interval"),
  REFERENCE(
      ValueKind.TEXT,
      "evaluation.statistics.reference",
      "",
      "method that the others are tested against; empty: the first"),

  SWEEP_MODE(
      ValueKind.TEXT,
      "sweep.mode",
      "grid",
      "every combination, or one key at a time",
      "grid",
      "one-at-a-time"),
  SWEEP_OVER(
      ValueKind.LIST_MAP, "sweep.over", "{}", "values by key of methods; each makes a variant"),

  THREADS(
      ValueKind.INTEGER, "runtime.threads", "0", "texts at the same time; 0: one per processor"),
  BATCH(ValueKind.INTEGER, "runtime.batch", "16", "most inputs in one native call"),
  MEMORY(ValueKind.INTEGER, "runtime.memory", "0", "most memory in MB; 0: what there is"),
  OUTPUT(ValueKind.TEXT, "output.folder", "", "folder of the bundle; empty: results/NAME"),
  REPORT_EXAMPLES(ValueKind.INTEGER, "output.examples", "6", "examples shown in the report");

  private final ValueKind kind;
  private final String path;
  private final String defaultText;
  private final String meaning;
  private final List<String> choices;

  ExperimentKey(
      ValueKind kind, String path, String defaultText, String meaning, String... choices) {
    this.kind = kind;
    this.path = path;
    this.defaultText = defaultText;
    this.meaning = meaning;
    this.choices = List.of(choices);
  }

  ValueKind kind() {
    return kind;
  }

  /** The key as it is written, with dots between sections. */
  String path() {
    return path;
  }

  String meaning() {
    return meaning;
  }

  List<String> choices() {
    return choices;
  }

  /** The default as it would stand in a file. */
  String defaultText() {
    return defaultText;
  }

  Object defaultValue() {
    SettingNode node =
        kind == ValueKind.TEXT
            ? SettingNode.scalar(0, defaultText)
            : YamlTree.read(defaultText, path);
    return kind.read(node, path, choices);
  }

  /** Whether the value can change results; where and how fast a run goes cannot. */
  boolean isDecisive() {
    return !path.startsWith("runtime.") && !path.startsWith("output.") && !path.endsWith(".root");
  }

  static Optional<ExperimentKey> find(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }
}
