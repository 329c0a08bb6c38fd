package org.attentionflow.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.pipeline.JavaHeap;
import org.attentionflow.tensor.Precision;

/** A stored network that a command is given. */
final class NetworkInput {
  /** Two million arcs in 38.7 MB of DIMACS took 4.7 times that. */
  private static final int HEAP_PER_BYTE = 5;

  private NetworkInput() {}

  /**
   * Reads a network.
   *
   * @param file a file: DIMACS if its name ends in .max or .dimacs, otherwise JSON; - is JSON from
   *     standard input
   * @param precision in how many bits the capacities are kept
   * @throws InsufficientMemoryException if the heap does not hold what reading it takes
   */
  static StoredNetwork read(String file, Precision precision, Console console) throws IOException {
    try {
      return read(file, console).in(precision);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(file, Runtime.getRuntime().maxMemory());
    }
  }

  /** How much is needed depends on what stands in the file; most of it is garbage afterwards. */
  static InsufficientMemoryException outOfMemory(String file, long limit) throws IOException {
    long size = file.equals("-") ? 0 : Files.size(Path.of(file));
    return new InsufficientMemoryException(
        file
            + ": the heap ("
            + Numbers.brief(limit / 1e9)
            + " GB) is too small to read it. Maybe ATTNFLOW_JAVA_OPTS="
            + JavaHeap.option(Math.max(2 * limit, HEAP_PER_BYTE * size))
            + ".");
  }

  private static StoredNetwork read(String file, Console console) throws IOException {
    if (!file.equals("-")) {
      return NetworkFormats.read(Path.of(file));
    }
    String name = "standard input";
    return NetworkFile.read(name, new StringReader(Utf8.decode(console.in().readAllBytes(), name)));
  }
}
