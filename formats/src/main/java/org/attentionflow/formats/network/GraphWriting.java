package org.attentionflow.formats.network;

import java.io.IOException;
import java.util.function.IntBinaryOperator;
import org.attentionflow.flow.Flow;
import org.attentionflow.formats.json.ShortestDecimal;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.NodeIndex;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network for programs that draw and analyse graphs: as GraphML or as DOT. Node n7 is node
 * 7 of the file that the network was read from, if that numbers nodes, and otherwise of {@link
 * NodeIndex}; arcs stand block by block, row by row, with their capacities and, if there is one,
 * the flow.
 */
abstract class GraphWriting {
  final Appendable out;
  private final FlowNetwork network;
  private final IntBinaryOperator nodeNumber;
  private final @Nullable Flow flow;

  private GraphWriting(StoredNetwork stored, @Nullable Flow flow, Appendable out) {
    network = stored.network();
    this.flow = flow;
    this.out = out;
    nodeNumber = stored.nodes().isEmpty() ? NodeIndex.of(network)::node : stored.nodes()::number;
  }

  static GraphWriting graphml(StoredNetwork stored, @Nullable Flow flow, Appendable out) {
    return new Graphml(stored, flow, out);
  }

  static GraphWriting dot(StoredNetwork stored, @Nullable Flow flow, Appendable out) {
    return new Dot(stored, flow, out);
  }

  abstract void begin() throws IOException;

  abstract void node(String id, String group, int member) throws IOException;

  abstract void endGroup() throws IOException;

  abstract void edge(String tail, String head, String capacity, @Nullable String flow)
      throws IOException;

  abstract void end() throws IOException;

  void write() throws IOException {
    begin();
    for (int group = 0; group < network.groups().size(); group++) {
      NodeGroup nodes = network.groups().get(group);
      for (int member = 0; member < nodes.size(); member++) {
        node("n" + nodeNumber.applyAsInt(group, member), nodes.name(), member);
      }
      endGroup();
    }
    for (int block = 0; block < network.blocks().size(); block++) {
      edges(block);
    }
    end();
  }

  private void edges(int number) throws IOException {
    ArcBlock block = network.blocks().get(number);
    double[] capacity = block.capacity().values();
    double[] flows = flow == null ? null : flow.blockFlow(number).values();
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] > 0) {
        int head = block.headNode(i);
        int tail = block.tailNode(i);
        edge(
            "n" + nodeNumber.applyAsInt(block.tail(), tail),
            "n" + nodeNumber.applyAsInt(block.head(), head),
            ShortestDecimal.of(capacity[i]),
            flows == null ? null : ShortestDecimal.of(flows[i]));
      }
    }
  }

  private static final class Graphml extends GraphWriting {
    private final String name;
    private final boolean hasFlow;

    Graphml(StoredNetwork stored, @Nullable Flow flow, Appendable out) {
      super(stored, flow, out);
      name = stored.name();
      hasFlow = flow != null;
    }

    @Override
    void begin() throws IOException {
      out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
      out.append("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
      key("name", "graph", "string");
      key("group", "node", "string");
      key("member", "node", "int");
      key("capacity", "edge", "double");
      if (hasFlow) {
        key("flow", "edge", "double");
      }
      out.append("<graph edgedefault=\"directed\">\n");
      out.append("<data key=\"name\">" + escape(name) + "</data>\n");
    }

    private void key(String id, String of, String type) throws IOException {
      out.append("<key id=\"" + id + "\" for=\"" + of + "\" attr.name=\"" + id + "\" attr.type=\"");
      out.append(type + "\"/>\n");
    }

    @Override
    void node(String id, String group, int member) throws IOException {
      out.append("<node id=\"" + id + "\"><data key=\"group\">" + escape(group) + "</data>");
      out.append("<data key=\"member\">" + member + "</data></node>\n");
    }

    @Override
    void endGroup() {}

    @Override
    void edge(String tail, String head, String capacity, @Nullable String flow) throws IOException {
      out.append("<edge source=\"" + tail + "\" target=\"" + head + "\"><data key=\"capacity\">");
      out.append(capacity).append("</data>");
      if (flow != null) {
        out.append("<data key=\"flow\">").append(flow).append("</data>");
      }
      out.append("</edge>\n");
    }

    @Override
    void end() throws IOException {
      out.append("</graph>\n</graphml>\n");
    }

    private static String escape(String text) {
      return Excerpt.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }

  private static final class Dot extends GraphWriting {
    private final String name;
    private final boolean isNumbered;
    private final StringBuilder group = new StringBuilder();

    Dot(StoredNetwork stored, @Nullable Flow flow, Appendable out) {
      super(stored, flow, out);
      name = stored.name();
      isNumbered = !stored.nodes().isEmpty();
    }

    @Override
    void begin() throws IOException {
      out.append("digraph " + quoted(name) + " {\nrankdir=BT;\n");
    }

    @Override
    void node(String id, String group, int member) throws IOException {
      this.group.append(this.group.length() == 0 ? "" : " ").append(id).append(';');
      // The id of a numbered node is its number behind an n.
      String number = isNumbered ? id.substring(1) + ": " : "";
      out.append(id + " [label=" + quoted(number + group + " / " + member) + "];\n");
    }

    /** The nodes of a group stand in one row. */
    @Override
    void endGroup() throws IOException {
      out.append("{rank=same; ").append(group).append("}\n");
      group.setLength(0);
    }

    @Override
    void edge(String tail, String head, String capacity, @Nullable String flow) throws IOException {
      out.append(tail + " -> " + head + " [capacity=").append(capacity);
      if (flow != null) {
        out.append(", flow=").append(flow);
      }
      out.append("];\n");
    }

    @Override
    void end() throws IOException {
      out.append("}\n");
    }

    private static String quoted(String text) {
      return "\"" + Excerpt.of(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }
}
