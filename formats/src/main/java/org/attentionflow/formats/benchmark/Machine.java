package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where and when something was measured. Never the name of a host or a user.
 *
 * @param processor the model of the processor
 * @param processors how many the virtual machine may use
 * @param java vendor and version of the Java virtual machine
 * @param platform operating system and architecture
 * @param options what is known of the options of the virtual machine, such as its heap
 * @param date the day, as 2026-01-31; empty if it is not known
 * @param commit the commit of the sources; empty if it is not known
 */
public record Machine(
    String processor,
    int processors,
    String java,
    String platform,
    String options,
    String date,
    String commit) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The machine this program runs on. */
  public static Machine here(String date, String commit) {
    return new Machine(
        processorHere(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
        date,
        commit);
  }

  /** One line that names everything. */
  public String line() {
    return String.join(
        "; ",
        processor + ", " + processors + " processors",
        platform,
        java,
        options,
        date.isEmpty() ? "date not given" : date,
        commit.isEmpty() ? "commit not given" : "commit " + commit);
  }

  private static String processorHere() {
    try {
      List<String> lines = Files.exists(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("processor not known");
    } catch (IOException e) {
      return "processor not known (" + CPU_INFO + " cannot be read)";
    }
  }
}
