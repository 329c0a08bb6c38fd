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
 * keep the numbers of the file that they were read from; those that it did not number have the
 * numbers of {@link NodeIndex} plus 1. Arcs stand block by block, row by row.
 */
final class DimacsWriting {
  private final StoredNetwork stored;

  /** So that no line of numbers is too long to be read. */
  private static final int NUMBERS_PER_LINE = 100;

  private final FlowNetwork network;
  private final NodeNumbers numbers;
  private final Appendable out;

  DimacsWriting(StoredNetwork stored, Appendable out) {
    this.stored = stored;
    network = stored.network();
    numbers = stored.nodes().isEmpty() ? NodeNumbers.of(NodeIndex.of(network)) : stored.nodes();
    this.out = out;
  }

  void write() throws IOException {
    comment("name", Excerpt.of(stored.name()));
    for (NodeGroup group : network.groups()) {
      comment("group", group.size() + " " + Excerpt.of(group.name()));
    }
    if (stored.hasOwnNumbers()) {
      writeNumbers();
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
    out.append("p max " + numbers.most() + " " + network.arcCount() + "\n");
    out.append("n " + numbers.number(network.source(), 0) + " s\n");
    out.append("n " + numbers.number(network.sink(), 0) + " t\n");
    for (ArcBlock block : network.blocks()) {
      String shape = block.shape().name().toLowerCase(Locale.ROOT);
      comment("block", block.tail() + " " + block.head() + " " + shape);
      arcs(block);
    }
  }

  private void writeNumbers() throws IOException {
    StringBuilder line = new StringBuilder();
    int count = 0;
    for (int group = 0; group < network.groups().size(); group++) {
      for (int member = 0; member < network.groups().get(group).size(); member++) {
        line.append(line.length() == 0 ? "" : " ").append(numbers.number(group, member));
        if (++count % NUMBERS_PER_LINE == 0) {
          comment("nodes", line.toString());
          line.setLength(0);
        }
      }
    }
    if (line.length() > 0) {
      comment("nodes", line.toString());
    }
  }

  private void arcs(ArcBlock block) throws IOException {
    double[] capacity = block.capacity().values();
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] > 0) {
        int head = block.headNode(i);
        int tail = block.tailNode(i);
        out.append("a ")
            .append(Integer.toString(numbers.number(block.tail(), tail)))
            .append(' ')
            .append(Integer.toString(numbers.number(block.head(), head)))
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
