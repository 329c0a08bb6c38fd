package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Value;
import org.jspecify.annotations.Nullable;

/** A way from the output of a softmax through operators that leave its numbers alone. */
final class AttentionWay {
  /** Operators that move elements and leave their values alone. */
  private static final Set<String> LAYOUT = Set.of("Reshape", "Squeeze", "Unsqueeze");

  /** Operators that are named, of a way with more. */
  private static final int MOST_NAMED = 8;

  private final @Nullable AttentionWay before;
  private final String operator;
  private final Value at;
  private final Value attention;
  private final Iterator<NodeProto> readers;
  private final int length;
  private String obstacle = "reaches no product with values";

  /** The way that has not left the output of the softmax. */
  AttentionWay(Graph graph, Value output) {
    this(null, "", output, output, graph, 0);
  }

  private AttentionWay(
      @Nullable AttentionWay before,
      String operator,
      Value at,
      Value attention,
      Graph graph,
      int length) {
    this.before = before;
    this.operator = operator;
    this.at = at;
    this.attention = attention;
    this.readers = graph.consumers(at.name()).iterator();
    this.length = length;
  }

  /** This way, continued to the output of a node that reads its end. */
  AttentionWay through(NodeProto node, Graph graph) {
    Value next = graph.value(node.getOutput(0));
    Value kept = LAYOUT.contains(node.getOpType()) ? attention : next;
    return new AttentionWay(this, node.getOpType(), next, kept, graph, length + 1);
  }

  /** The next node, in the order of the graph, that reads the end of this way; null behind all. */
  @Nullable NodeProto nextReader() {
    return readers.hasNext() ? readers.next() : null;
  }

  /** The end of this way. */
  Value at() {
    return at;
  }

  /** The last tensor on this way whose axes are still those of attention. */
  Value attention() {
    return attention;
  }

  /** Why this way leads nowhere, if it does. */
  String obstacle() {
    return obstacle;
  }

  /** Takes note of why a continuation leads nowhere. */
  void meets(String reason) {
    obstacle = reason;
  }

  /** The beginning of a reason: which operators lead to the left operand of …. */
  @Override
  public String toString() {
    if (length == 0) {
      return "its output is the left operand of ";
    }
    Deque<String> operators = new ArrayDeque<>();
    AttentionWay way = this;
    for (; way.before != null && operators.size() < MOST_NAMED; way = way.before) {
      operators.push(way.operator);
    }
    String more = way.length == 0 ? "" : way.length + " operators and ";
    return ("its output, after " + more + String.join(" ", operators))
        + ", is the left operand of ";
  }
}
