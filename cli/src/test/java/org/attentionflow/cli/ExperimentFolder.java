package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.provenance.Digest;

/** A small experiment in a folder of its own, and programs that run it. */
final class ExperimentFolder {
  private static final List<String> SUBJECTS = List.of("film", "plot", "cast", "script", "score");
  private static final List<String> JUDGEMENTS =
      List.of("gorgeous", "dull", "charming", "stale", "witty and warm", "far too long");

  private final Path folder;

  ExperimentFolder(Path folder) throws IOException {
    this.folder = folder;
    StringBuilder rows = new StringBuilder("sentence\tlabel\n");
    for (String subject : SUBJECTS) {
      for (int i = 0; i < JUDGEMENTS.size(); i++) {
        rows.append("the " + subject + " is " + JUDGEMENTS.get(i) + " .\t" + (i + 1) % 2 + "\n");
      }
    }
    Files.writeString(folder.resolve("dev.tsv"), rows);
    write("small.yaml", "");
  }

  /** Writes an experiment with more lines at its end. */
  Path write(String name, String more) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "name: small\ndata: {path: dev.tsv}\nmethods: [agf, af]\nevaluation:\n"
            + "  statistics: {resamples: 200, permutations: 200}\n"
            + more);
  }

  String file() {
    return folder.resolve("small.yaml").toString();
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Starts the command in a process of its own; what it prints goes to files. */
  Process start(String output, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-Xmx512m", "-Dai.djl.offline=true"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of("run", file(), "-q", "--resume", "-o", path(output).toString()));
    List<String> line =
        before.length == 0 ? command : List.of("sh", "-c", String.join(" ", command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .redirectOutput(path(output + ".out").toFile())
        .redirectError(path(output + ".err").toFile())
        .start();
  }

  /** The lines of a journal so far. */
  long journalLines(String output) throws IOException {
    Path journal = path(output).resolve("journal.log");
    if (!Files.exists(journal)) {
      return 0;
    }
    byte[] bytes = Files.readAllBytes(journal);
    long lines = 0;
    for (byte next : bytes) {
      lines += next == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** The digests of a finished bundle. */
  Map<String, String> digests(String output) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(path(output))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(file.getFileName().toString(), Digest.of(file));
      }
    }
    return digests;
  }
}
