package org.attentionflow.evaluation.bundle;

import java.util.List;

/**
 * What a run found on one example, as the lines that its bundle will hold.
 *
 * @param index the position of the example in the run, from 0
 * @param record the line of records.jsonl; empty if the example was left out
 * @param perturbations the lines of perturbations.jsonl
 * @param metrics the line of metrics.jsonl; empty if the example was left out
 * @param failures the lines of failures.jsonl
 * @param times the line of times.jsonl, which is no part of what is reproducible
 */
public record Outcome(
    int index,
    String record,
    List<String> perturbations,
    String metrics,
    List<String> failures,
    String times) {
  /** Copies the lists. */
  public Outcome {
    perturbations = List.copyOf(perturbations);
    failures = List.copyOf(failures);
  }
}
