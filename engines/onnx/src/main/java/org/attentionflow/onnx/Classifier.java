package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.onnx.graph.DropoutRemoval;
import org.attentionflow.onnx.graph.EarlySelection;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.OpsetUpgrade;
import org.attentionflow.onnx.graph.ShapeProbe;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;

/**
 * An exported text classifier whose graph is understood.
 *
 * @param file where it comes from
 * @param graph the graph in operator set 18 or newer, without dropout
 * @param roles its inputs
 * @param logits its output, [batch, class]
 * @param attention the attention of each layer in order
 * @param samples the shapes of tensors for certain sizes of the inputs, if it takes these; see
 *     {@link ShapeProbe.Shapes}
 * @param switchedOff the nodes that dropped numbers out at random
 */
record Classifier(
    ModelFile file,
    Graph graph,
    InputRoles roles,
    Value logits,
    List<AttentionTensor> attention,
    Map<String, ValueShape> samples,
    List<String> switchedOff) {
  private static final int LOGITS_RANK = 2;

  /**
   * Reads and understands a file.
   *
   * @param expectedLayers the number of layers that the model's configuration names; 0 if none does
   * @param attentionNames the attention of each layer, if it is not to be searched for
   * @throws UnusableInputException if it is no classifier whose attention is certain
   */
  static Classifier read(ModelFile file, int expectedLayers, List<String> attentionNames) {
    // Upgraded first: shapes are inferred farther in newer operator sets.
    InstrumentRemoval plain = InstrumentRemoval.of(file.model());
    ModelProto model = plain.model();
    ModelProto upgraded = OpsetUpgrade.apply(model);
    ShapeProbe.Shapes shapes = ShapeProbe.of(upgraded, file.folder());
    Map<String, Value> values = shapes.values();
    OpsetUpgrade.checkSoftmaxes(model, values);
    DropoutRemoval removal = DropoutRemoval.of(Graph.of(upgraded, values));
    Graph graph = Graph.of(removal.model(), values);
    InputRoles roles = InputRoles.of(graph);
    List<AttentionTensor> attention =
        attention(new AttentionFinder(graph), expectedLayers, attentionNames, plain.attention());
    return new Classifier(
        file, graph, roles, logits(graph), attention, shapes.samples(), removal.switchedOff());
  }

  /** What the user names goes before what the file gives out, and that before what is found. */
  private static List<AttentionTensor> attention(
      AttentionFinder finder, int expectedLayers, List<String> byUser, List<String> byFile) {
    if (!byUser.isEmpty()) {
      return finder.named(byUser, "named by the user");
    }
    return byFile.isEmpty()
        ? finder.find(expectedLayers)
        : finder.named(byFile, "the file gives it out as attention");
  }

  /** The same predictions and attention, without hidden states that no prediction depends on. */
  Classifier withoutStates() {
    return new Classifier(
        file, EarlySelection.apply(graph), roles, logits, attention, samples, switchedOff);
  }

  /** Where the hidden states and the embeddings are. */
  StateTensors states() {
    return new StateFinder(graph).find(roles, attention, logits);
  }

  /** In words, which layer a tensor stands behind; empty for those before the first attention. */
  String place(String tensor) {
    Reach reach = new Reach(graph);
    for (int layer = attention.size() - 1; layer >= 0; layer--) {
      if (reach.from(attention.get(layer).value().name()).contains(tensor)) {
        return " (behind the attention of layer " + layer + ")";
      }
    }
    return "";
  }

  private static Value logits(Graph graph) {
    List<Value> outputs =
        graph.model().getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .map(graph::value)
            .filter(value -> value.type().isFloating())
            .toList();
    List<Value> tables = outputs.stream().filter(value -> value.rank() == LOGITS_RANK).toList();
    return tables.stream()
        .filter(value -> value.name().equals("logits"))
        .findFirst()
        .or(() -> tables.size() == 1 ? tables.stream().findFirst() : Optional.empty())
        .orElseThrow(
            () ->
                new UnusableInputException(
                    ("The graph has no single output with logits, [batch, class]: its outputs are ")
                        + (outputs + ". Maybe it is no classifier.")));
  }
}
