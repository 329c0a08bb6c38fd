package org.attentionflow.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.plugin.Plugins;

/** The networks and solvers of the benchmarks. */
final class Networks {
  static final long SEED = 7;

  /** Capacities twice: as a tensor and, where nodes are pruned, in the network. */
  private static final int COPIES = 2;

  private Networks() {}

  /**
   * A network that is made up.
   *
   * @param kind {@code attention} or {@code attention-gradient}
   */
  static FlowNetwork synthetic(String kind, int layers, int tokens, long seed) {
    Accuracy.checkMemory("the network", (long) COPIES * Double.BYTES * layers * tokens * tokens);
    SyntheticInformation.Kind like =
        SyntheticInformation.Kind.valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT));
    return new BackwardNetworkBuilder()
        .build(SyntheticInformation.of(like, layers, tokens, 1, seed), NetworkSettings.defaults());
  }

  /** A recorded network of a real sentence. */
  static FlowNetwork recorded(String name) {
    String file = "networks/" + name + ".json.gz";
    try (InputStream stream =
            Objects.requireNonNull(Networks.class.getResourceAsStream(file), file);
        Reader reader =
            new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8)) {
      return NetworkFile.read(name, reader).network();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a network's capacities. */
  static long bytes(FlowNetwork network) {
    return network.blocks().stream().mapToLong(b -> b.capacity().size()).sum()
        * COPIES
        * Double.BYTES;
  }

  /** The number of layers of a plain stack: its groups but one, super-source and super-sink. */
  static int layers(FlowNetwork network) {
    return network.groups().size() - 3;
  }

  /**
   * A solver by name.
   *
   * @throws SkippedException if it is not here
   */
  static FlowSolver solver(String name) {
    Plugins<FlowSolver> present = Plugins.load(FlowSolver.class);
    if (!present.has(name)) {
      List<String> names = present.all().stream().map(FlowSolver::name).toList();
      throw new SkippedException("no flow solver '" + name + "' here; present: " + names + ".");
    }
    return present.get(name);
  }
}
