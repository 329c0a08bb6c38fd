package org.attentionflow.evaluation.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.provenance.Digest;

/** A small experiment on the model that comes with the project. */
final class RunFixture {
  private static final String FOLDER = "org/attentionflow/model/sst2-tiny";

  static final String ROWS =
      """
      sentence\tlabel
      a gorgeous , witty and moving film .\t1
      the plot is dull and the jokes are stale\t0
      it 's not a bad way to spend an evening\t1
      one long string of cliches\t0
      charming\t1
      although this dog is not cute , it is very smart .\t1
      too slow , too long and too little happens .\t0
      """;

  static final String EXPERIMENT =
      """
      name: small
      seed: 3
      data: {path: dev.tsv, long: skip, max-tokens: 13}
      methods: [agf, af, {id: coarse, method: agf, solver: {mu: 0.1}}]
      evaluation:
        operators: [mask, delete]
        metrics: [aopc, lodds, comprehensiveness]
        random-orders: 3
        bound-texts: 4
        beam-limit: 9
        statistics: {resamples: 200, permutations: 200}
      """;

  private RunFixture() {}

  /** Writes the data and the experiment; the result is its file. */
  static Path write(Path folder) throws IOException {
    Files.writeString(folder.resolve("dev.tsv"), ROWS);
    return Files.writeString(folder.resolve("small.yaml"), EXPERIMENT);
  }

  /** Runs a file with some keys set. */
  static RunResult run(Path file, Path output, Map<String, String> values) throws IOException {
    ExperimentFile experiment = ExperimentFile.read(file);
    values.forEach(experiment::set);
    try (PreparedRun run = PreparedRun.of(experiment.resolve(), RunFixture::locate)) {
      return new ExperimentRun(run, output, RunListener.none()).run(Shard.ALL, true);
    }
  }

  /** The folder of the model on the class path. */
  static Path locate(String model, Path folder) {
    URL config = RunFixture.class.getClassLoader().getResource(FOLDER + "/config.json");
    if (config == null) {
      throw new IllegalStateException("The model is not on the class path.");
    }
    try {
      if (!config.getProtocol().equals("jar")) {
        return Path.of(config.toURI()).resolveSibling(".").normalize();
      }
      String jar = config.getPath().substring("file:".length(), config.getPath().indexOf("!/"));
      FileSystem system = FileSystems.newFileSystem(Path.of(jar));
      return system.getPath(FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The digest of every file that is part of what is reproducible, the manifest too. */
  static Map<String, String> digests(Path bundle) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(bundle)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(file.getFileName().toString(), Digest.of(file));
      }
    }
    if (!digests.containsKey(BundleFile.MANIFEST)) {
      throw new IllegalStateException(bundle + " has no manifest: " + digests.keySet());
    }
    return digests;
  }
}
