package org.attentionflow.evaluation.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.ScoringMemory;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.dataset.Dataset;
import org.attentionflow.evaluation.dataset.Example;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.MethodEntry;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.RandomisedModels;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.pipeline.MemoryForecast;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.provenance.Digest;
import org.attentionflow.provenance.Provenance;

/** An experiment with its model open, its data read and every part found: ready to run. */
public final class PreparedRun implements AutoCloseable {
  private final Experiment experiment;
  private final ModelSession session;
  private final String engine;
  private final UsedParts parts;
  private final List<Row> rows;
  private final Judges judges;
  private final Judges judgesOfData;
  private final RandomisedModels randomised;
  private final Dataset dataset;
  private final List<PreparedExample> examples;
  private final Map<String, String> modelFiles;
  private final Set<Integer> boundTexts;

  private PreparedRun(
      Experiment experiment,
      ModelSession session,
      String engine,
      UsedParts parts,
      List<Row> rows,
      Judges judges,
      Dataset dataset) {
    this.experiment = experiment;
    this.session = session;
    this.engine = engine;
    this.parts = parts;
    this.rows = rows;
    this.dataset = dataset;
    modelFiles = session.digests();
    checkModel();
    randomised = new RandomisedModels(session, experiment.seed());
    this.judges = judges;
    examples = prepare();
    judgesOfData = judges.withRationaleShare(examples);
    boundTexts = experiment.boundOrders().drawn(examples.size());
  }

  /**
   * Opens a model, reads the data and resolves every name.
   *
   * @throws UnusableInputException if something cannot be used; nothing stays open then
   * @throws org.attentionflow.failure.InsufficientMemoryException if the longest text does not fit
   *     in memory as often as texts are under way
   */
  public static PreparedRun of(Experiment experiment, ModelLocator locator) throws IOException {
    List<Row> rows = rows(experiment);
    Judges judges = Judges.of(experiment);
    ExpectedRows.check(experiment, judges);
    Dataset dataset = Dataset.read(experiment.dataset());
    Path model = locator.locate(experiment.modelPath(), experiment.folder());
    ModelEngine engine = Engines.choose(experiment.engine(), model);
    rows.forEach(row -> Engines.require(engine, model, row.attributor()));
    judges.check(engine, model);
    UsedParts parts = UsedParts.of(engine, rows, judges);
    ModelSession session = engine.open(model, new EngineSettings(1, experiment.batch()));
    try {
      rows.forEach(row -> Engines.require(session, row.attributor()));
      judges.check(session);
      PreparedRun run =
          new PreparedRun(experiment, session, engine.name(), parts, rows, judges, dataset);
      run.checkMemory();
      return run;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static List<Row> rows(Experiment experiment) {
    AttributionMethods methods = AttributionMethods.load();
    List<Row> rows = new ArrayList<>();
    List<Settings> settings = experiment.settings();
    for (int i = 0; i < settings.size(); i++) {
      MethodEntry entry = experiment.methods().get(i);
      rows.add(new Row(entry, methods.prepare(entry.method(), settings.get(i).method())));
    }
    return rows;
  }

  private List<PreparedExample> prepare() {
    LongTexts texts = new LongTexts(session, experiment.longTexts(), experiment.maxTokens());
    GoldClasses classes = new GoldClasses(session.model(), experiment.dataset().labels());
    List<PreparedExample> prepared = new ArrayList<>();
    for (Example example : dataset.examples()) {
      prepared.add(
          longEnough(texts.prepare(prepared.size(), example, classes.of(example.label()))));
    }
    return prepared;
  }

  /** The same, or left out if it has fewer features than asked for. */
  private PreparedExample longEnough(PreparedExample example) {
    int least = experiment.minimumFeatures();
    if (example.tokens() == null || judges.features(example.tokens()).size() >= least) {
      return example;
    }
    String reason = "fewer than " + least + " features";
    return new PreparedExample(
        example.index(), example.example(), example.gold(), null, false, reason, true);
  }

  private void checkModel() {
    String digest = modelDigest();
    if (!experiment.modelDigest().isEmpty() && !experiment.modelDigest().equals(digest)) {
      throw new UnusableInputException(
          "The model has changed: its SHA-256 is "
              + digest
              + ", not the "
              + experiment.modelDigest()
              + " of model.digest.");
    }
  }

  private void checkMemory() {
    forecast().check(longest(), experiment.threads());
    long need = forecast().totalBytes(experiment.threads());
    if (need > experiment.memoryLimit()) {
      throw new InsufficientMemoryException(
          "needs about "
              + (need >> 20)
              + " MB for "
              + longest()
              + " tokens; runtime.memory is "
              + (experiment.memoryLimit() >> 20)
              + " MB. Maybe a smaller data.max-tokens or fewer runtime.threads.");
    }
  }

  /** The memory that the longest text takes. */
  MemoryForecast forecast() {
    ScoringMemory scoring =
        rows.stream()
            .map(row -> row.attributor().memory(session.model(), longest()))
            .reduce(ScoringMemory.NONE, ScoringMemory::or);
    return MemoryForecast.of(session, longest(), request(Target.predicted())).with(scoring);
  }

  /** The tokens of the longest text; 1 if all are left out. */
  int longest() {
    return examples.stream()
        .mapToInt(example -> example.tokens() == null ? 1 : example.tokens().size())
        .max()
        .orElse(1);
  }

  /** One request for what all methods need together. */
  CaptureRequest request(Target target) {
    Set<Quantity> needs = EnumSet.noneOf(Quantity.class);
    rows.forEach(row -> needs.addAll(row.needs()));
    return new CaptureRequest(target, needs);
  }

  /** The experiment. */
  public Experiment experiment() {
    return experiment;
  }

  ModelSession session() {
    return session;
  }

  List<Row> rows() {
    return rows;
  }

  /** What scores are judged by, with what follows from the data. */
  Judges judges() {
    return judgesOfData;
  }

  /** The indices of the texts whose best and worst orders are searched for. */
  Set<Integer> boundTexts() {
    return boundTexts;
  }

  /** The model with random weights, for sanity checks; opened when asked for. */
  RandomisedModels randomised() {
    return randomised;
  }

  Dataset dataset() {
    return dataset;
  }

  List<PreparedExample> examples() {
    return examples;
  }

  /** One digest of all files of the model. */
  String modelDigest() {
    return Digest.of(JsonTree.compact(JsonTree.of(modelFiles)).getBytes(StandardCharsets.UTF_8));
  }

  /** What the numbers depend on beside the settings. */
  Map<String, Object> lock() {
    Map<String, Object> model = new TreeMap<>();
    model.put("name", session.model().name());
    model.put("type", session.model().type());
    model.put("labels", session.model().labels());
    model.put("files", modelFiles);
    model.put("digest", modelDigest());
    Map<String, Object> data = new TreeMap<>();
    data.put("files", dataset.digests());
    data.put("rows", dataset.rowCount());
    data.put("dropped", dataset.droppedCount());
    data.put("taken", dataset.examples().size());
    data.put("digest", dataDigest());
    Map<String, Object> lock = new TreeMap<>();
    lock.put("settings", experiment.hash());
    lock.put("model", model);
    lock.put("data", data);
    lock.put("engine", engine);
    lock.put("metrics", judges.metricIds());
    lock.put("operators", experiment.operators());
    lock.put("methods", parts.methods());
    lock.put("parts", parts.parts());
    judgesOfData.settings().rationaleShare().ifPresent(share -> lock.put("rationaleShare", share));
    lock.put("version", Provenance.programVersion());
    return lock;
  }

  /** The digest of the examples taken: their identifiers, texts and labels. */
  private String dataDigest() {
    StringBuilder lines = new StringBuilder();
    for (Example example : dataset.examples()) {
      String text = JsonTree.compact(JsonTree.of(List.of(example.id(), example.label())));
      lines.append(text).append(Digest.of(example.text().getBytes(StandardCharsets.UTF_8)));
    }
    return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What a journal of this run begins with. */
  String header() {
    Map<String, Object> header = lock();
    header.put("commit", commit());
    return JsonTree.compact(JsonTree.of(header));
  }

  /** The commit the program was built from, if whoever started it knows. */
  static String commit() {
    return System.getProperty("attnflow.commit", "unknown");
  }

  @Override
  public void close() {
    randomised.close();
    session.close();
  }
}
