package org.attentionflow.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.tensor.Precision;

/** A stored network that a command is given. */
final class NetworkInput {
  private NetworkInput() {}

  /**
   * Reads a network.
   *
   * @param file a file: DIMACS if its name ends in .max or .dimacs, otherwise JSON; - is JSON from
   *     standard input
   * @param precision in how many bits the capacities are kept
   */
  static StoredNetwork read(String file, Precision precision, Console console) throws IOException {
    return read(file, console).in(precision);
  }

  private static StoredNetwork read(String file, Console console) throws IOException {
    if (!file.equals("-")) {
      return NetworkFormats.read(Path.of(file));
    }
    String name = "standard input";
    return NetworkFile.read(name, new StringReader(Utf8.decode(console.in().readAllBytes(), name)));
  }
}
