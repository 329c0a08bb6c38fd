package org.attentionflow.testkit;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;

/**
 * Layered networks with recorded solutions of the barrier problem. The solutions were computed by a
 * reference Newton solver and, where it converged, checked against a conic solver; the maximum flow
 * is that of a linear program.
 */
public final class RecordedNetworks {
  private RecordedNetworks() {}

  /**
   * A network with its solution.
   *
   * @param instance the network, as Algorithm 1 builds it: blocks from the top layer down
   * @param barrierParameter μ, absolute
   * @param value the flow value
   * @param maximumFlow the maximum flow
   * @param tokenOutflow the score of each token
   * @param sourceFlow the flow from the super-source to each token of the top layer
   * @param arcFlow the flow of every arc [layer][query][key]; layer j is block layers − j
   */
  public record Recording(
      NetworkInstance instance,
      double barrierParameter,
      double value,
      double maximumFlow,
      double[] tokenOutflow,
      double[] sourceFlow,
      double[][][] arcFlow) {
    @Override
    public String toString() {
      return instance.name();
    }
  }

  /** The recorded file. */
  private static final class File {
    double terminalCapacity;
    double returnCapacity;
    double barrierParameter;
    double value;
    double maximumFlow;
    double[][][] capacity = {};
    double[][][] arcFlow = {};
    double[] tokenOutflow = {};
    double[] sourceFlow = {};
  }

  /** Every recording. */
  public static List<Recording> all() {
    return names().stream().map(RecordedNetworks::read).toList();
  }

  /** The names of the recordings. */
  public static List<String> names() {
    try (InputStream stream = open("names.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one recording. */
  public static Recording read(String name) {
    try (InputStream stream = open(name + ".json.gz");
        Reader reader =
            new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8)) {
      File file = new Gson().fromJson(reader, File.class);
      return new Recording(
          new NetworkInstance(name, network(file)),
          file.barrierParameter,
          file.value,
          file.maximumFlow,
          file.tokenOutflow,
          file.sourceFlow,
          file.arcFlow);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(
        RecordedNetworks.class.getResourceAsStream("networks/" + file), file);
  }

  /** The network as it was recorded, terminal and return capacities included. */
  private static FlowNetwork network(File file) {
    int layers = file.capacity.length;
    int tokens = file.capacity[0].length;
    int sink = layers + 1;
    int source = layers + 2;
    List<NodeGroup> groups = new ArrayList<>();
    for (int layer = 0; layer <= layers; layer++) {
      groups.add(new NodeGroup("layer " + layer, tokens));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    double[] terminals = new double[tokens];
    Arrays.fill(terminals, file.terminalCapacity);
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(ArcBlock.dense(source, layers, Matrix.of(1, tokens, terminals)));
    for (int layer = layers - 1; layer >= 0; layer--) {
      blocks.add(ArcBlock.dense(layer + 1, layer, Matrix.ofRows(file.capacity[layer])));
    }
    blocks.add(ArcBlock.dense(0, sink, Matrix.of(tokens, 1, terminals)));
    return FlowNetwork.of(groups, blocks, source, sink, List.of(layers + 1))
        .withReturnCapacity(file.returnCapacity);
  }
}
