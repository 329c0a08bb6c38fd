package org.attentionflow.formats.network;

import java.io.IOException;
import java.util.Locale;
import org.attentionflow.formats.json.ShortestDecimal;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.NodeIndex;

/**
 * Writes a network as a DIMACS maximum-flow file, with its groups and blocks in comments. Nodes
 * have the numbers of {@link NodeIndex} plus 1; arcs stand block by block, row by row.
 */
final class DimacsWriting {
  private final StoredNetwork stored;
  private final FlowNetwork network;
  private final NodeIndex index;
  private final Appendable out;

  DimacsWriting(StoredNetwork stored, Appendable out) {
    this.stored = stored;
    network = stored.network();
    index = NodeIndex.of(network);
    this.out = out;
  }

  void write() throws IOException {
    comment("name", Excerpt.of(stored.name()));
    for (NodeGroup group : network.groups()) {
      comment("group", group.size() + " " + Excerpt.of(group.name()));
    }
    comment("source", Integer.toString(network.source()));
    comment("sink", Integer.toString(network.sink()));
    StringBuilder tokens = new StringBuilder();
    for (int block : network.tokenBlocks()) {
      tokens.append(tokens.length() == 0 ? "" : " ").append(block);
    }
    comment("tokens", tokens.toString());
    number("largest-capacity", network.largestCapacity());
    number("return-capacity", network.returnCapacity());
    if (network.scale() != 1) {
      number("scale", network.scale());
    }
    if (stored.barrierParameter().isPresent()) {
      number("mu-absolute", stored.barrierParameter().getAsDouble());
    }
    if (stored.relativeBarrierParameter().isPresent()) {
      number("mu-relative", stored.relativeBarrierParameter().getAsDouble());
    }
    out.append("p max " + index.nodeCount() + " " + network.arcCount() + "\n");
    out.append("n " + (index.first(network.source()) + 1) + " s\n");
    out.append("n " + (index.first(network.sink()) + 1) + " t\n");
    for (ArcBlock block : network.blocks()) {
      String shape = block.shape().name().toLowerCase(Locale.ROOT);
      comment("block", block.tail() + " " + block.head() + " " + shape);
      arcs(block);
    }
  }

  private void arcs(ArcBlock block) throws IOException {
    double[] capacity = block.capacity().values();
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] > 0) {
        int head = block.headNode(i);
        int tail = block.tailNode(i);
        out.append("a ")
            .append(Integer.toString(index.first(block.tail()) + tail + 1))
            .append(' ')
            .append(Integer.toString(index.first(block.head()) + head + 1))
            .append(' ')
            .append(ShortestDecimal.of(capacity[i]))
            .append('\n');
      }
    }
  }

  private void number(String field, double value) throws IOException {
    comment(field, ShortestDecimal.of(value));
  }

  private void comment(String field, String value) throws IOException {
    out.append("c ").append(DimacsStructure.MARK).append(' ').append(field).append(' ');
    out.append(value).append('\n');
  }
}
