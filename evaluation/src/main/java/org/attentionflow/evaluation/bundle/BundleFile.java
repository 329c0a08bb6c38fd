package org.attentionflow.evaluation.bundle;

/** The files of a bundle. */
public final class BundleFile {
  /** The experiment as it was given. */
  public static final String EXPERIMENT = "experiment.yaml";

  /** Every choice that can change a number, defaults included; itself an experiment file. */
  public static final String SETTINGS = "settings.json";

  /** Digests of model, tokenizer and data; versions and digests of the parts used. */
  public static final String LOCK = "lock.json";

  /** Which program, Java and system made the numbers. */
  public static final String PROVENANCE = "provenance.json";

  /** One line per example: tokens, target, scores and certificates of every method. */
  public static final String RECORDS = "records.jsonl.gz";

  /** One line per example and operator: every removed set with the log-probabilities. */
  public static final String PERTURBATIONS = "perturbations.jsonl.gz";

  /** One line per example: the value of every metric for every row. */
  public static final String METRICS = "metrics.jsonl.gz";

  /** One line per example or record that was skipped or failed, with the reason. */
  public static final String FAILURES = "failures.jsonl";

  /** Means, intervals, tests, curves and solver health. */
  public static final String SUMMARY = "summary.json";

  /** What to cite. */
  public static final String CITATION = "CITATION.bib";

  /** The SHA-256 of every file that is the same on every run. */
  public static final String MANIFEST = "MANIFEST.sha256";

  /** The report, one page. */
  public static final String REPORT = "report.html";

  /** What differs from run to run: times, machine, command line. Not in the manifest. */
  public static final String RUNTIME = "runtime";

  /** Where a run keeps what it has until it ends. */
  public static final String JOURNAL = "journal.log";

  private BundleFile() {}
}
