package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a heap cannot hold end in one line, before they are read or in the middle. */
class SmallHeapTest {
  private static final int NODES = 100_000;
  private static final int ARCS = 5 * NODES;

  /** More than enough on a busy machine. */
  private static final long MINUTES = 3;

  @TempDir static Path folder;

  private static Path graph = Path.of("");

  @BeforeAll
  static void writeGraph() throws IOException {
    graph = folder.resolve("graph.max");
    StringBuilder text = new StringBuilder("p max " + NODES + " " + ARCS + "\n");
    text.append("n 1 s\nn ").append(NODES).append(" t\n");
    for (int tail = 0; tail < NODES; tail++) {
      for (int step : new int[] {1, 317, 10_007, 50_021, 99_989}) {
        text.append("a ").append(tail + 1).append(' ');
        text.append((tail + step) % NODES + 1).append(" 1\n");
      }
    }
    Files.writeString(graph, text);
  }

  /** Runs a command in a heap of so many megabytes, and gives what it said. */
  private static List<String> said(int megabytes, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES));
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(ExitCode.MEMORY, process.exitValue(), lines.toString());
    assertEquals(1, lines.size(), lines.toString());
    return lines;
  }

  /** 500,000 arcs take at least 16 MB, whatever they are, and some 40 MB as they are. */
  @ParameterizedTest
  @ValueSource(strings = {"solve", "mu-path", "bench"})
  void whatTurnsOutTooLargeIsOneLine(String command) throws Exception {
    String line = said(28, command, graph.toString()).get(0);
    assertTrue(line.contains("graph.max: the heap (0.0"), line);
    assertTrue(line.contains("is too small to read it. Maybe ATTNFLOW_JAVA_OPTS=-Xmx1g."), line);
  }

  @Test
  void convertLeavesNoFileBehind() throws Exception {
    Path out = folder.resolve("out.dot");
    String line = said(28, "convert", graph.toString(), out.toString()).get(0);
    assertTrue(line.contains("is too small to read it"), line);
    assertTrue(Files.notExists(out));
  }

  @Test
  void whatIsSureToBeTooLargeIsNotRead() throws Exception {
    Path many = folder.resolve("many.max");
    // It ends in the middle, which nobody notices who does not read so far.
    Files.writeString(
        many, "p max 9 2000000\nn 1 s\nn 9 t\n" + "a 1 2 1\n".repeat(1_500_000) + "a 1");
    String line = said(28, "solve", many.toString()).get(0);
    assertTrue(line.contains("many.max: needs more than 0.0480 GB to read 1500003 arcs"), line);
    assertTrue(line.endsWith("Maybe -Xmx1g."), line);
  }
}
