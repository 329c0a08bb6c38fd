package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.util.OptionalDouble;
import org.attentionflow.formats.json.JsonOutput;

/** A run and what follows from it, as JSON. */
final class ReportJson {
  private ReportJson() {}

  static void write(Analysis analysis, Appendable out) throws IOException {
    JsonOutput json = new JsonOutput(out);
    BenchmarkRun run = analysis.run();
    json.beginObject();
    writeMachine(run.machine(), json);
    json.name("method").value(run.method());
    json.name("memory").value(run.memory());
    json.name("problem").value(run.problem());
    json.name("measurements").beginArray();
    for (Measurement measurement : run.measurements()) {
      writeMeasurement(measurement, analysis, json);
    }
    json.endArray().name("sweeps").beginArray();
    for (SweepTimes sweep : run.sweeps()) {
      json.beginObject();
      writeInstance(sweep.instance(), json);
      json.name("sweep").value(sweep.sweep());
      json.name("product").value(sweep.product());
      json.endObject();
    }
    json.endArray().name("others").beginArray();
    for (NamedTimes other : run.others()) {
      json.beginObject();
      json.name("name").value(other.name());
      json.name("parameters").value(other.parameters());
      writeTimes(other.time(), json);
      json.endObject();
    }
    json.endArray().name("skipped").beginArray();
    for (String line : run.skipped()) {
      json.value(line);
    }
    json.endArray();
    writeAnalysis(analysis, json);
    json.endObject();
    out.append('\n');
  }

  private static void writeAnalysis(Analysis analysis, JsonOutput json) throws IOException {
    json.name("baseline").value(analysis.baseline());
    json.name("fitFromTokens").value(analysis.fitFromTokens());
    json.name("growths").beginArray();
    for (Analysis.Growth growth : analysis.growths()) {
      json.beginObject();
      writeSeries(growth.series(), json);
      json.name("solver").value(growth.solver());
      json.name("exponent").value(growth.fit().exponent());
      json.name("low").value(growth.fit().low());
      json.name("high").value(growth.fit().high());
      json.name("factor").value(growth.fit().factor());
      json.name("points").value(growth.fit().points());
      json.endObject();
    }
    json.endArray().name("crossovers").beginArray();
    for (Analysis.Crossover crossover : analysis.crossovers()) {
      json.beginObject();
      writeSeries(crossover.series(), json);
      json.name("arcs").value(crossover.arcs());
      json.name("slowerBelow").value(crossover.slowerBelow());
      json.name("fasterBelow").value(crossover.fasterBelow());
      json.endObject();
    }
    json.endArray();
  }

  private static void writeMachine(Machine machine, JsonOutput json) throws IOException {
    json.name("machine").beginObject();
    json.name("processor").value(machine.processor());
    json.name("processors").value(machine.processors());
    json.name("java").value(machine.java());
    json.name("platform").value(machine.platform());
    json.name("options").value(machine.options());
    json.name("date").value(machine.date());
    json.name("commit").value(machine.commit());
    json.endObject();
  }

  private static void writeMeasurement(Measurement measurement, Analysis analysis, JsonOutput json)
      throws IOException {
    json.beginObject();
    writeInstance(measurement.instance(), json);
    json.name("solver").value(measurement.solver());
    writeTimes(measurement.time(), json);
    json.name("iterations").value(measurement.iterations());
    json.name("status").value(measurement.status());
    json.name("conservationResidual").value(measurement.conservationResidual());
    json.name("bytes").value(measurement.bytes());
    writeRatio("speedUp", analysis.speedUp(measurement), json);
    writeRatio("inSweeps", analysis.inSweeps(measurement), json);
    writeRatio("inProducts", analysis.inProducts(measurement), json);
    json.endObject();
  }

  private static void writeRatio(String name, OptionalDouble ratio, JsonOutput json)
      throws IOException {
    json.name(name).value(ratio.orElse(Double.NaN));
  }

  private static void writeInstance(Instance instance, JsonOutput json) throws IOException {
    json.name("instance").beginObject();
    json.name("kind").value(instance.kind());
    json.name("layers").value(instance.layers());
    json.name("tokens").value(instance.tokens());
    json.name("arcs").value((double) instance.arcs());
    json.endObject();
  }

  private static void writeSeries(Instance.Series series, JsonOutput json) throws IOException {
    json.name("kind").value(series.kind());
    json.name("layers").value(series.layers());
  }

  private static void writeTimes(Times time, JsonOutput json) throws IOException {
    json.name("time").beginObject();
    json.name("median").value(time.median());
    json.name("least").value(time.least());
    json.name("most").value(time.most());
    json.name("runs").value(time.runs());
    json.name("warmedUp").value(time.isWarm());
    json.endObject();
  }
}
