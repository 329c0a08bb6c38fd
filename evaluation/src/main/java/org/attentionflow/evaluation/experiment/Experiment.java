package org.attentionflow.evaluation.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
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
  private final Map<ExperimentKey, Object> values;
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
    this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    this.shared = Collections.unmodifiableMap(new TreeMap<>(shared));
    this.written = List.copyOf(written);
    this.expectations = List.copyOf(expectations);
    this.methods = sweep().variants(written);
  }

  /** What can only be checked when everything is read. */
  void check() {
    settings();
    metricSettings();
    String reference = text(ExperimentKey.REFERENCE);
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
    return text(ExperimentKey.NAME);
  }

  /** What the report is called. */
  public String title() {
    return text(ExperimentKey.TITLE).isEmpty() ? name() : text(ExperimentKey.TITLE);
  }

  /** What the experiment shows; may be empty. */
  public String question() {
    return text(ExperimentKey.QUESTION);
  }

  /** What every random choice starts from. */
  public long seed() {
    return integer(ExperimentKey.SEED);
  }

  /** The class that is explained, as written: predicted, gold, a label or an index. */
  public String target() {
    return text(ExperimentKey.TARGET);
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
    String path = text(ExperimentKey.MODEL_PATH);
    boolean isName = !path.contains("/") && !path.contains("$");
    return isName
        ? path
        : path(ExperimentKey.MODEL_PATH, "models", ExperimentKey.MODEL_ROOT).toString();
  }

  /** The folder that a relative name of a model may be in. */
  public Path folder() {
    return folder;
  }

  /** The digest the model must have; empty if any will do. */
  public String modelDigest() {
    return text(ExperimentKey.MODEL_DIGEST);
  }

  /** The name of the engine, or {@code auto}. */
  public String engine() {
    return text(ExperimentKey.MODEL_ENGINE);
  }

  /** Where the data lie and how they are read. */
  public DatasetSettings dataset() {
    String documents = text(ExperimentKey.DATA_DOCUMENTS);
    Map<String, String> labels = new LinkedHashMap<>();
    map(ExperimentKey.DATA_LABELS).forEach((key, value) -> labels.put(key, (String) value));
    int count = (int) integer(ExperimentKey.DATA_COUNT);
    boolean isSampled = text(ExperimentKey.DATA_SELECTION).equals("sample");
    return new DatasetSettings(
        path(ExperimentKey.DATA_PATH, "data", ExperimentKey.DATA_ROOT),
        documents.isEmpty()
            ? null
            : path(ExperimentKey.DATA_DOCUMENTS, "data", ExperimentKey.DATA_ROOT),
        text(ExperimentKey.DATA_FORMAT),
        new Columns(
            texts(ExperimentKey.DATA_TEXT),
            text(ExperimentKey.DATA_LABEL),
            text(ExperimentKey.DATA_ID)),
        labels,
        texts(ExperimentKey.DATA_DROP),
        truth(ExperimentKey.DATA_UNESCAPE),
        text(ExperimentKey.DATA_DIGEST),
        new Selection(count, isSampled, seed()));
  }

  /** What happens to texts with too many tokens: skip, truncate or fail. */
  public String longTexts() {
    return text(ExperimentKey.DATA_LONG);
  }

  /** The most tokens of a text; 0 for the model's limit. */
  public int maxTokens() {
    return (int) integer(ExperimentKey.DATA_MAX_TOKENS);
  }

  /** The names of the removal operators. */
  public List<String> operators() {
    return texts(ExperimentKey.OPERATORS);
  }

  /** Whether words are removed, not tokens. */
  public boolean removesWords() {
    return text(ExperimentKey.FEATURES).equals("words");
  }

  /** The name of the preset; empty if there is none. */
  public String preset() {
    return text(ExperimentKey.PRESET);
  }

  /** The fewest features of a text; shorter ones are skipped. */
  public int minimumFeatures() {
    return (int) integer(ExperimentKey.MINIMUM_FEATURES);
  }

  /** The names of the metrics. */
  public List<String> metrics() {
    return texts(ExperimentKey.METRICS);
  }

  /** The choices that change a metric's numbers. */
  public MetricSettings metricSettings() {
    try {
      return MetricSettings.defaults()
          .withGrid(numbers(ExperimentKey.GRID))
          .withBins(numbers(ExperimentKey.BINS))
          .withRounding(
              Rounding.valueOf(
                  text(ExperimentKey.ROUNDING).replace('-', '_').toUpperCase(Locale.ROOT)))
          .withDistinct(truth(ExperimentKey.DISTINCT))
          .withReversedTies(truth(ExperimentKey.REVERSED_TIES))
          .withAbsolute(truth(ExperimentKey.ABSOLUTE))
          .withSearch(
              (int) integer(ExperimentKey.EXACT_LIMIT), (int) integer(ExperimentKey.BEAM_WIDTH))
          .withSamples((int) integer(ExperimentKey.SAMPLES), number(ExperimentKey.RADIUS))
          .withOverlap(number(ExperimentKey.OVERLAP));
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(source + ": evaluation: " + e.getMessage(), e);
    }
  }

  /** The number of seeds of the row of random scores. */
  public int randomOrders() {
    return (int) integer(ExperimentKey.RANDOM_ORDERS);
  }

  /** The most features of a text whose best and worst order are searched for; 0 for none. */
  public int boundLimit() {
    return truth(ExperimentKey.BOUND_ORDERS) ? (int) integer(ExperimentKey.BOUND_LIMIT) : 0;
  }

  /** The resamples of an interval. */
  public int resamples() {
    return (int) integer(ExperimentKey.RESAMPLES);
  }

  /** The permutations of a paired test. */
  public int permutations() {
    return (int) integer(ExperimentKey.PERMUTATIONS);
  }

  /** The coverage of an interval. */
  public double confidence() {
    return number(ExperimentKey.CONFIDENCE);
  }

  /** The id of the method that the others are tested against. */
  public String reference() {
    String reference = text(ExperimentKey.REFERENCE);
    return reference.isEmpty() ? methods.get(0).id() : reference;
  }

  /** The texts under way at the same time. */
  public int threads() {
    int threads = (int) integer(ExperimentKey.THREADS);
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** The most inputs in one native call. */
  public int batch() {
    return (int) Math.max(1, integer(ExperimentKey.BATCH));
  }

  /** The most memory in bytes; the largest number if there is no limit. */
  public long memoryLimit() {
    long limit = integer(ExperimentKey.MEMORY);
    return limit > 0 ? limit << 20 : Long.MAX_VALUE;
  }

  /** The folder of the bundle, relative to the working directory. */
  public String output() {
    String output = text(ExperimentKey.OUTPUT);
    return output.isEmpty() ? "results/" + name() : output;
  }

  /** The number of examples shown in the report. */
  public int shownExamples() {
    return (int) integer(ExperimentKey.REPORT_EXAMPLES);
  }

  /**
   * Every choice that can change a number, defaults included, as an experiment file would have it.
   * Where the data and the model lie on this machine, how fast a run goes and where it writes are
   * left out.
   */
  public Map<String, Object> decisive() {
    TreeMap<String, Object> tree = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.isDecisive()) {
            put(tree, key.path(), value);
          }
        });
    shared.forEach((key, value) -> put(tree, key, value));
    tree.put("methods", written.stream().map(Experiment::plain).toList());
    tree.put("expect", expectations.stream().map(Expectation::plain).toList());
    return tree;
  }

  /** Every choice, as an experiment file would have it. */
  public Map<String, Object> all() {
    Map<String, Object> tree = decisive();
    values.forEach((key, value) -> put(tree, key.path(), value));
    return tree;
  }

  /** The SHA-256 of the canonical form of {@link #decisive}, expectations left out. */
  public String hash() {
    Map<String, Object> tree = decisive();
    tree.remove("expect");
    return Digest.of(JsonTree.compact(JsonTree.of(tree)).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> plain(MethodEntry entry) {
    TreeMap<String, Object> map = new TreeMap<>();
    map.put("id", entry.id());
    map.put("method", entry.method());
    entry.overrides().forEach((key, value) -> put(map, written(key), value));
    return map;
  }

  private static String written(String key) {
    return key.startsWith(MethodKeys.OPTION)
        ? MethodKeys.OPTIONS + key.substring(MethodKeys.OPTION.length())
        : key;
  }

  private static void put(Map<String, Object> tree, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      tree.put(path, value);
      return;
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> section =
        (Map<String, Object>)
            tree.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<String, Object>());
    put(section, path.substring(dot + 1), value);
  }

  private Sweep sweep() {
    Map<String, List<String>> over = new LinkedHashMap<>();
    map(ExperimentKey.SWEEP_OVER)
        .forEach(
            (key, list) -> over.put(key, ((List<?>) list).stream().map(String::valueOf).toList()));
    return new Sweep(text(ExperimentKey.SWEEP_MODE).equals("grid"), over);
  }

  /** A path relative to the file's folder, or to what a variable stands for; never absolute. */
  private Path path(ExperimentKey key, String variable, ExperimentKey root) {
    String written = text(key);
    String marker = "${" + variable + "}";
    if (written.startsWith(marker)) {
      String base = text(root);
      if (base.isEmpty()) {
        throw new UnusableInputException(
            source
                + ": "
                + key.path()
                + " = "
                + written
                + ": nothing says where that is. Maybe --set "
                + root.path()
                + "=FOLDER.");
      }
      return Path.of(base + written.substring(marker.length()));
    }
    if (Path.of(written).isAbsolute()) {
      throw new UnusableInputException(
          source
              + ": "
              + key.path()
              + " = "
              + written
              + ": an experiment holds no absolute path. Maybe write "
              + marker
              + "/… and --set "
              + root.path()
              + "=FOLDER.");
    }
    return folder.resolve(written);
  }

  private String text(ExperimentKey key) {
    return (String) value(key);
  }

  private long integer(ExperimentKey key) {
    return (Long) value(key);
  }

  private double number(ExperimentKey key) {
    return (Double) value(key);
  }

  private boolean truth(ExperimentKey key) {
    return (Boolean) value(key);
  }

  private List<String> texts(ExperimentKey key) {
    return ((List<?>) value(key)).stream().map(String.class::cast).toList();
  }

  private List<Double> numbers(ExperimentKey key) {
    return ((List<?>) value(key)).stream().map(Double.class::cast).toList();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(ExperimentKey key) {
    return (Map<String, Object>) value(key);
  }

  private Object value(ExperimentKey key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key.path() + " has no value.");
    }
    return value;
  }
}
