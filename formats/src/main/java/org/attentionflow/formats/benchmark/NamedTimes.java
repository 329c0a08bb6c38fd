package org.attentionflow.formats.benchmark;

import java.util.Map;

/**
 * Timings of something other than the solve of one network: a kernel, a batch, a path.
 *
 * @param name what was measured
 * @param parameters its parameters
 * @param time the time of one operation
 */
public record NamedTimes(String name, Map<String, String> parameters, Times time) {}
