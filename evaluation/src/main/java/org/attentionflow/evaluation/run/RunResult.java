package org.attentionflow.evaluation.run;

import java.nio.file.Path;
import org.attentionflow.evaluation.report.Summary;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param folder where its bundle, or the journal of its shard, is
 * @param summary what it found; null for a shard
 * @param failed the examples and single records that failed
 * @param times where the time went
 */
public record RunResult(Path folder, @Nullable Summary summary, int failed, Times times) {}
