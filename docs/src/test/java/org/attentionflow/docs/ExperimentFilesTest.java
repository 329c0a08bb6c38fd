package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.evaluation.dataset.Dataset;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every study in experiments can be read, and every part it names is there. */
class ExperimentFilesTest {
  private static final Path FOLDER = Documents.DOCS.resolveSibling("experiments");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesPartsThatExist(Path file) throws IOException {
    Experiment experiment =
        ExperimentFile.read(file).set("data.root", "d").set("model.root", "m").resolve();
    assertEquals(file.getFileName().toString(), experiment.name() + ".yaml");
    for (Settings settings : experiment.settings()) {
      AttributionMethods.load().prepare(settings.get(SettingsKey.METHOD), settings.method());
    }
    experiment.metrics().forEach(Metrics.load()::get);
    experiment.operators().forEach(Removals.load()::get);
    assertTrue(Dataset.formats().containsKey(experiment.dataset().format()));
    assertFalse(experiment.question().isEmpty());
  }

  @Test
  void everyFileIsListed() throws IOException {
    String page = Files.readString(FOLDER.resolve("README.md"));
    for (Path file : files()) {
      assertTrue(page.contains("(" + file.getFileName() + ")"), file.toString());
    }
  }

  @Test
  void everyFormatIsDescribed() throws IOException {
    String page = Files.readString(Documents.DOCS.resolve("data.md"));
    Dataset.formats().keySet().forEach(name -> assertTrue(page.contains("`" + name + "`"), name));
  }
}
