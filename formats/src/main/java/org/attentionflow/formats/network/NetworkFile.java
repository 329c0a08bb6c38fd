package org.attentionflow.formats.network;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.FlowNetwork;

/**
 * Layered flow networks as JSON files:
 *
 * <pre>
 *   {"name": "example", "orientation": "backward", "capacity": [[[0.25, 0.75], [0.5, 0.5]]]}
 * </pre>
 *
 * <ul>
 *   <li>{@code capacity} [layer][query][key], required: finite numbers, not negative; every layer
 *       has as many queries as keys, and all layers are of one size.
 *   <li>{@code orientation}: {@code backward} (Algorithm 1, the default) or {@code forward}.
 *   <li>{@code terminalCapacity}: one number for all terminal arcs; or {@code {"top": […],
 *       "tokens": […]}} with one number per arc. Without it they are open: the sum of all
 *       capacities plus the largest.
 *   <li>{@code returnCapacity}: without it the sum of all capacities, terminal ones included.
 *   <li>{@code barrierParameter} (absolute) and {@code relativeBarrierParameter}: positive.
 *   <li>{@code scale}: the factor by which the capacities were multiplied; 1 without it.
 *   <li>{@code layers}, {@code tokens}: checked against the capacities.
 * </ul>
 *
 * Other fields are skipped.
 */
public final class NetworkFile {
  private NetworkFile() {}

  /**
   * Reads a file as a stream: nothing but the capacities is kept in memory.
   *
   * @throws UnusableInputException if it cannot be read or is not such a network; the message names
   *     the file, the place and the value
   */
  public static StoredNetwork read(Path file) {
    Path fileName = file.getFileName();
    String name = fileName == null ? file.toString() : fileName.toString();
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(name, reader);
    } catch (NoSuchFileException e) {
      throw new UnusableInputException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new UnusableInputException(name + ": cannot be read: " + Excerpt.of(e) + ".", e);
    }
  }

  /**
   * Reads a network from a reader, which is left open.
   *
   * @param name the name for messages, and of the network if it has none; an ending {@code .json}
   *     is left out
   * @throws UnusableInputException as for {@link #read(Path)}
   */
  public static StoredNetwork read(String name, Reader reader) {
    return new NetworkParser(name, new JsonReader(reader)).parse();
  }

  /**
   * Writes a layered network in the form that {@link #read(Path)} reads; reading it back gives the
   * same bits.
   *
   * @throws UnusableInputException if the network is not a plain stack of layers
   */
  public static void write(FlowNetwork network, String name, Appendable out) throws IOException {
    NetworkWriting.write(
        new StoredNetwork(name, network, OptionalDouble.empty(), OptionalDouble.empty()), out);
  }
}
