package org.attentionflow.evaluation.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.dataset.Columns;
import org.attentionflow.evaluation.dataset.DatasetSettings;
import org.attentionflow.evaluation.dataset.Selection;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Rounding;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.provenance.Digest;

/** An experiment with every choice made: what a file says, and the defaults for the rest. */
public final class Experiment {
  private final String source;
  private final String text;
  private final Path folder;
  private final KeyValues values;
  private final Map<String, String> shared;
  private final List<MethodEntry> written;
  private final List<MethodEntry> methods;
  private final List<Expectation> expectations;

  Experiment(
      String source,
      String text,
      Path folder,
      Map<ExperimentKey, Object> values,
      Map<String, String> shared,
      List<MethodEntry> written,
      List<Expectation> expectations) {
    this.source = source;
    this.text = text;
    this.folder = folder;
    this.values = new KeyValues(source, folder, values);
    this.shared = Collections.unmodifiableMap(new TreeMap<>(shared));
    this.written = List.copyOf(written);
    this.expectations = List.copyOf(expectations);
    this.methods = sweep().variants(written);
  }

  /** What can only be checked when everything is read. */
  void check() {
    settings();
    metricSettings();
    String reference = values.text(ExperimentKey.REFERENCE);
    List<String> ids = methods.stream().map(MethodEntry::id).toList();
    if (!reference.isEmpty() && !ids.contains(reference)) {
      throw new UnusableInputException(
          source
              + ": evaluation.statistics.reference = "
              + reference
              + " is none of the methods "
              + String.join(", ", ids)
              + ".");
    }
    modelPath();
    dataset();
  }

  /** The name of the file it was read from. */
  public String source() {
    return source;
  }

  /** The file as it was given. */
  public String text() {
    return text;
  }

  /** The name of the experiment. */
  public String name() {
    return values.text(ExperimentKey.NAME);
  }

  /** What the report is called. */
  public String title() {
    return values.text(ExperimentKey.TITLE).isEmpty() ? name() : values.text(ExperimentKey.TITLE);
  }

  /** What the experiment shows; may be empty. */
  public String question() {
    return values.text(ExperimentKey.QUESTION);
  }

  /** What every random choice starts from. */
  public long seed() {
    return values.integer(ExperimentKey.SEED);
  }

  /** The class that is explained, as written: predicted, gold, a label or an index. */
  public String target() {
    return values.text(ExperimentKey.TARGET);
  }

  /** The rows of the tables, sweeps unfolded. */
  public List<MethodEntry> methods() {
    return methods;
  }

  /** The settings of the library for each method, in their order. */
  public List<Settings> settings() {
    return methods.stream()
        .map(
            method -> {
              Settings settings = method.settings(shared);
              settings.method();
              return settings;
            })
        .toList();
  }

  /** The numbers that the run must show. */
  public List<Expectation> expectations() {
    return expectations;
  }

  /** The model as written, or the path it stands for; a name without a folder may be built in. */
  public String modelPath() {
    String path = values.text(ExperimentKey.MODEL_PATH);
    boolean isName = !path.contains("/") && !path.contains("$");
    return isName
        ? path
        : values.path(ExperimentKey.MODEL_PATH, "models", ExperimentKey.MODEL_ROOT).toString();
  }

  /** The folder that a relative name of a model may be in. */
  public Path folder() {
    return folder;
  }

  /** The digest the model must have; empty if any will do. */
  public String modelDigest() {
    return values.text(ExperimentKey.MODEL_DIGEST);
  }

  /** The name of the engine, or {@code auto}. */
  public String engine() {
    return values.text(ExperimentKey.MODEL_ENGINE);
  }

  /** Where the data lie and how they are read. */
  public DatasetSettings dataset() {
    String documents = values.text(ExperimentKey.DATA_DOCUMENTS);
    Map<String, String> labels = new LinkedHashMap<>();
    values.map(ExperimentKey.DATA_LABELS).forEach((key, value) -> labels.put(key, (String) value));
    int count = (int) values.integer(ExperimentKey.DATA_COUNT);
    boolean isSampled = values.text(ExperimentKey.DATA_SELECTION).equals("sample");
    return new DatasetSettings(
        values.path(ExperimentKey.DATA_PATH, "data", ExperimentKey.DATA_ROOT),
        documents.isEmpty()
            ? null
            : values.path(ExperimentKey.DATA_DOCUMENTS, "data", ExperimentKey.DATA_ROOT),
        values.text(ExperimentKey.DATA_FORMAT),
        new Columns(
            values.texts(ExperimentKey.DATA_TEXT),
            values.text(ExperimentKey.DATA_LABEL),
            values.text(ExperimentKey.DATA_ID)),
        labels,
        values.texts(ExperimentKey.DATA_DROP),
        values.truth(ExperimentKey.DATA_UNESCAPE),
        values.text(ExperimentKey.DATA_DIGEST),
        new Selection(count, isSampled, seed()));
  }

  /** What happens to texts with too many tokens: skip, truncate or fail. */
  public String longTexts() {
    return values.text(ExperimentKey.DATA_LONG);
  }

  /** The most tokens of a text; 0 for the model's limit. */
  public int maxTokens() {
    return (int) values.integer(ExperimentKey.DATA_MAX_TOKENS);
  }

  /** The names of the removal operators. */
  public List<String> operators() {
    return values.texts(ExperimentKey.OPERATORS);
  }

  /** Whether words are removed, not tokens. */
  public boolean removesWords() {
    return values.text(ExperimentKey.FEATURES).equals("words");
  }

  /** The name of the preset; empty if there is none. */
  public String preset() {
    return values.text(ExperimentKey.PRESET);
  }

  /** The fewest features of a text; shorter ones are skipped. */
  public int minimumFeatures() {
    return (int) values.integer(ExperimentKey.MINIMUM_FEATURES);
  }

  /** The names of the metrics. */
  public List<String> metrics() {
    return values.texts(ExperimentKey.METRICS);
  }

  /** The choices that change a metric's numbers. */
  public MetricSettings metricSettings() {
    try {
      double share = values.number(ExperimentKey.RATIONALE_SHARE);
      MetricSettings settings = settingsOfAllData();
      return share == 0 ? settings : settings.withRationaleShare(share);
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(source + ": evaluation: " + e.getMessage(), e);
    }
  }

  /** What does not depend on the data. */
  private MetricSettings settingsOfAllData() {
    return MetricSettings.defaults()
        .withGrid(values.numbers(ExperimentKey.GRID))
        .withBins(values.numbers(ExperimentKey.BINS))
        .withRounding(
            Rounding.valueOf(
                values.text(ExperimentKey.ROUNDING).replace('-', '_').toUpperCase(Locale.ROOT)))
        .withDistinct(values.truth(ExperimentKey.DISTINCT))
        .withReversedTies(values.truth(ExperimentKey.REVERSED_TIES))
        .withAbsolute(values.truth(ExperimentKey.ABSOLUTE))
        .withSearch(
            (int) values.integer(ExperimentKey.EXACT_LIMIT),
            (int) values.integer(ExperimentKey.BEAM_WIDTH))
        .withSamples(
            (int) values.integer(ExperimentKey.SAMPLES), values.number(ExperimentKey.RADIUS))
        .withDraws((int) values.integer(ExperimentKey.DRAWS))
        .withOverlap(values.number(ExperimentKey.OVERLAP));
  }

  /** The number of seeds of the row of random scores. */
  public int randomOrders() {
    return (int) values.integer(ExperimentKey.RANDOM_ORDERS);
  }

  /** Which texts get rows of the best and the worst order, and how these are searched for. */
  public BoundOrders boundOrders() {
    return new BoundOrders(
        values.truth(ExperimentKey.BOUND_ORDERS),
        (int) values.integer(ExperimentKey.BEAM_LIMIT),
        (int) values.integer(ExperimentKey.BOUND_TEXTS),
        seed());
  }

  /** The resamples of an interval. */
  public int resamples() {
    return (int) values.integer(ExperimentKey.RESAMPLES);
  }

  /** The permutations of a paired test. */
  public int permutations() {
    return (int) values.integer(ExperimentKey.PERMUTATIONS);
  }

  /** The coverage of an interval. */
  public double confidence() {
    return values.number(ExperimentKey.CONFIDENCE);
  }

  /** The id of the method that the others are tested against. */
  public String reference() {
    String reference = values.text(ExperimentKey.REFERENCE);
    return reference.isEmpty() ? methods.get(0).id() : reference;
  }

  /** The texts under way at the same time. */
  public int threads() {
    int threads = (int) values.integer(ExperimentKey.THREADS);
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** The most inputs in one native call. */
  public int batch() {
    return (int) Math.max(1, values.integer(ExperimentKey.BATCH));
  }

  /** The most memory in bytes; the largest number if there is no limit. */
  public long memoryLimit() {
    long limit = values.integer(ExperimentKey.MEMORY);
    return limit > 0 ? limit << 20 : Long.MAX_VALUE;
  }

  /** The folder of the bundle, relative to the working directory. */
  public String output() {
    String output = values.text(ExperimentKey.OUTPUT);
    return output.isEmpty() ? "results/" + name() : output;
  }

  /** The number of examples shown in the report. */
  public int shownExamples() {
    return (int) values.integer(ExperimentKey.REPORT_EXAMPLES);
  }

  /**
   * Every choice that can change a number, defaults included, as an experiment file would have it.
   * Where the data and the model lie on this machine, how fast a run goes and where it writes are
   * left out.
   */
  public Map<String, Object> decisive() {
    TreeMap<String, Object> tree = new TreeMap<>();
    values.each(
        (key, value) -> {
          if (key.isDecisive()) {
            SettingsTree.put(tree, key.path(), value);
          }
        });
    shared.forEach((key, value) -> SettingsTree.put(tree, key, value));
    tree.put("methods", written.stream().map(SettingsTree::of).toList());
    tree.put("expect", expectations.stream().map(Expectation::plain).toList());
    return tree;
  }

  /** Every choice, as an experiment file would have it. */
  public Map<String, Object> all() {
    Map<String, Object> tree = decisive();
    values.each((key, value) -> SettingsTree.put(tree, key.path(), value));
    return tree;
  }

  /** The SHA-256 of the canonical form of {@link #decisive}, expectations left out. */
  public String hash() {
    Map<String, Object> tree = decisive();
    tree.remove("expect");
    return Digest.of(JsonTree.compact(JsonTree.of(tree)).getBytes(StandardCharsets.UTF_8));
  }

  private Sweep sweep() {
    Map<String, List<String>> over = new LinkedHashMap<>();
    values
        .map(ExperimentKey.SWEEP_OVER)
        .forEach(
            (key, list) -> over.put(key, ((List<?>) list).stream().map(String::valueOf).toList()));
    return new Sweep(values.text(ExperimentKey.SWEEP_MODE).equals("grid"), over);
  }
}
