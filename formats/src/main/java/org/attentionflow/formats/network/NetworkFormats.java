package org.attentionflow.formats.network;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The formats of flow networks, by the ending of a file's name: {@code json} ({@link NetworkFile}),
 * {@code max} or {@code dimacs} (DIMACS maximum-flow problems), and for writing alone {@code
 * graphml} and {@code dot}.
 */
public final class NetworkFormats {
  private static final List<String> WRITABLE = List.of("json", "max", "dimacs", "graphml", "dot");

  private NetworkFormats() {}

  /**
   * Reads a network: as DIMACS if the name ends in {@code .max} or {@code .dimacs}, otherwise as
   * JSON.
   *
   * @throws UnusableInputException if it cannot be read or is no such network
   * @throws InsufficientMemoryException if the arcs of a DIMACS file, or dense blocks that its
   *     comments name, would not fit in memory
   */
  public static StoredNetwork read(Path file) {
    if (!isDimacs(suffix(file))) {
      return NetworkFile.read(file);
    }
    String name = String.valueOf(file.getFileName());
    try (Reader reader = Files.newBufferedReader(file)) {
      return new DimacsReading(name, reader, Files.size(file)).read();
    } catch (NoSuchFileException e) {
      throw new UnusableInputException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new UnusableInputException(name + ": cannot be read: " + Excerpt.of(e) + ".", e);
    }
  }

  /**
   * Reads a DIMACS maximum-flow problem from a reader, which is left open. Without a cycle, nodes
   * at one depth, the length of the longest path from the source, become a group, with cycles those
   * of one colour, unless comments that {@link #write} made name the groups. Parallel arcs become
   * one; arcs on no path from source to sink are left out, but count in the return capacity. The
   * scores are the flows into the sink, by the group and the number of the node they come from.
   *
   * @param name the name for messages, and of the network if it has none
   * @throws UnusableInputException as for {@link #read(Path)}
   * @throws InsufficientMemoryException as for {@link #read(Path)}
   */
  public static StoredNetwork readDimacs(String name, Reader reader) throws IOException {
    return new DimacsReading(name, reader, ReadingMemory.UNKNOWN).read();
  }

  /**
   * Writes a network in the format of a file ending.
   *
   * @param suffix {@code json} (plain stacks of layers alone), {@code max}, {@code dimacs}, {@code
   *     graphml} or {@code dot}
   * @param flow a flow of the network, for the edges of GraphML and DOT; or null
   * @throws UnusableInputException if the ending is not known or the network does not fit
   */
  public static void write(String suffix, StoredNetwork stored, @Nullable Flow flow, Appendable out)
      throws IOException {
    switch (checked(suffix)) {
      case "json" -> NetworkWriting.write(stored, out);
      case "graphml" -> GraphWriting.graphml(stored, flow, out).write();
      case "dot" -> GraphWriting.dot(stored, flow, out).write();
      default -> new DimacsWriting(stored, out).write();
    }
  }

  /**
   * Writes a network to a file in UTF-8, in the format of its ending: first to a temporary file in
   * the same folder, which then replaces the file. See {@link #write(String, StoredNetwork, Flow,
   * Appendable)}.
   */
  public static void write(Path file, StoredNetwork stored, @Nullable Flow flow)
      throws IOException {
    checkSuffix(file);
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (Writer out = new BufferedWriter(Files.newBufferedWriter(temporary))) {
        write(suffix(file), stored, flow, out);
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Checks that networks can be written with the ending of a file.
   *
   * @throws UnusableInputException if not; the message lists the endings that are known
   */
  public static void checkSuffix(Path file) {
    checked(suffix(file));
  }

  /** Whether the format of a file holds the flow on the arcs. */
  public static boolean holdsFlow(Path file) {
    return suffix(file).equals("graphml") || suffix(file).equals("dot");
  }

  /** Whether the format of a file holds the numbers of nodes. */
  public static boolean holdsNumbers(Path file) {
    return !suffix(file).equals("json");
  }

  private static String checked(String suffix) {
    if (!WRITABLE.contains(suffix)) {
      throw new UnusableInputException(
          "There is no network format '"
              + Excerpt.of(suffix)
              + "'. Known: "
              + String.join(", ", WRITABLE)
              + ".");
    }
    return suffix;
  }

  private static boolean isDimacs(String suffix) {
    return suffix.equals("max") || suffix.equals("dimacs");
  }

  private static String suffix(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
