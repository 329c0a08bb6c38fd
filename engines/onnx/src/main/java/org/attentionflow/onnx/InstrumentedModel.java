package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Differentiation;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.GraphExtension;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.Value;

/**
 * A model that returns attention, states and gradients besides its logits, all as 32-bit floats.
 *
 * @param model the model
 * @param cotangent the inputs that say what is differentiated
 * @param outputs the names of the outputs of each kind, in the order of the layers
 * @param gradients the names of their gradients; empty lists if there are none
 */
record InstrumentedModel(
    ModelProto model,
    Cotangent cotangent,
    Map<Kind, List<String>> outputs,
    Map<Kind, List<String>> gradients) {
  /** What an output is. */
  enum Kind {
    /** Attention, [batch, head, query, key]. */
    ATTENTION("attentions."),
    /** Hidden states, [batch, token, hidden]. */
    HIDDEN_STATE("hidden_states."),
    /** Word embeddings, [batch, token, width]. */
    EMBEDDING("word_embeddings.");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    private String name(int index) {
      return this == EMBEDDING ? "word_embeddings" : prefix + index;
    }
  }

  /**
   * Adds what was asked for to a graph.
   *
   * @throws org.attentionflow.failure.UnusableInputException if an operator that has to be
   *     differentiated has no rule, or states were asked for that are not certain
   */
  static InstrumentedModel of(Classifier classifier, Instruments instruments, GradientRules rules) {
    Map<Kind, List<Value>> sources = sources(classifier, instruments);
    Names names = new Names(classifier.graph().model().getGraph());
    GraphExtension extension = new GraphExtension(classifier.graph(), names);
    Map<Kind, List<String>> outputs = new LinkedHashMap<>();
    Map<Kind, List<String>> gradientNames = new LinkedHashMap<>();
    sources.forEach(
        (kind, values) -> {
          outputs.put(kind, fresh(kind, values, "", names));
          gradientNames.put(
              kind, instruments.gradients() ? fresh(kind, values, ".grad", names) : List.of());
        });
    Cotangent cotangent = instruments.gradients() ? Cotangent.fresh(names) : Cotangent.NONE;
    Map<String, Value> gradients = Map.of();
    if (instruments.gradients()) {
      gradients = differentiate(classifier, sources, cotangent, rules, names, extension);
    }
    for (Map.Entry<Kind, List<Value>> entry : sources.entrySet()) {
      List<String> own = outputs.getOrDefault(entry.getKey(), List.of());
      List<String> slopes = gradientNames.getOrDefault(entry.getKey(), List.of());
      addOutputs(extension, entry.getValue(), own, slopes, gradients);
    }
    return new InstrumentedModel(extension.build(), cotangent, outputs, gradientNames);
  }

  /** Makes tensors and their gradients outputs. */
  private static void addOutputs(
      GraphExtension extension,
      List<Value> values,
      List<String> names,
      List<String> gradientNames,
      Map<String, Value> gradients) {
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      extension.addOutput(value, value, names.get(i));
      Value gradient = gradients.get(value.name());
      if (gradient != null) {
        extension.addOutput(gradient, value, gradientNames.get(i));
      }
    }
  }

  private static Map<Kind, List<Value>> sources(Classifier classifier, Instruments instruments) {
    Map<Kind, List<Value>> sources = new LinkedHashMap<>();
    if (instruments.attention()) {
      sources.put(
          Kind.ATTENTION, classifier.attention().stream().map(AttentionTensor::value).toList());
    }
    if (instruments.needStates()) {
      StateTensors states = classifier.states();
      if (instruments.hiddenStates()) {
        sources.put(Kind.HIDDEN_STATE, states.hiddenStates());
      }
      if (instruments.embeddings()) {
        sources.put(Kind.EMBEDDING, List.of(states.embeddings()));
      }
    }
    return sources;
  }

  private static List<String> fresh(Kind kind, List<Value> values, String suffix, Names names) {
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fresh.add(names.fresh(kind.name(i) + suffix));
    }
    return fresh;
  }

  /** Adds the cotangent, in the type of the logits, and the nodes of the gradient. */
  private static Map<String, Value> differentiate(
      Classifier classifier,
      Map<Kind, List<Value>> sources,
      Cotangent cotangent,
      GradientRules rules,
      Names names,
      GraphExtension extension) {
    Value logits = classifier.logits();
    String inType = cotangent.addTo(extension, logits, names);
    Differentiation differentiation =
        Differentiation.of(
            classifier.graph(),
            logits,
            inType,
            sources.values().stream().flatMap(List::stream).toList(),
            rules,
            names,
            classifier::place);
    differentiation.outputs().forEach(extension::setOutputs);
    extension.addNodes(differentiation.nodes(), differentiation.constants());
    return differentiation.gradients();
  }
}
