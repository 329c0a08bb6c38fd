package org.attentionflow.onnx.gradient;

/**
 * How to differentiate one operator. A rule adds nodes to the graph that compute, from the gradient
 * of the target with respect to the operator's outputs, the gradient with respect to its inputs.
 *
 * <p>A provider is a public class with a public constructor without parameters, listed in {@code
 * META-INF/services/org.attentionflow.onnx.gradient.GradientRule}. Two rules for one operator are
 * an error. Rules keep no state and are safe for use by several threads.
 *
 * <p>Graphs are in operator set 18 or newer when rules see them: axes are inputs, not attributes,
 * of all reductions but the softmaxes and normalisations.
 */
public interface GradientRule {
  /** The operator, as the graph names it, for example {@code MatMul}. */
  String operator();

  /** The domain of the operator; empty for ONNX's own. */
  default String domain() {
    return "";
  }

  /**
   * Adds the gradients of the inputs that {@link NodeGradient#wants want} one.
   *
   * @param node the node, with the gradient of its outputs
   * @param emit adds nodes to the graph
   */
  void differentiate(NodeGradient node, Emitter emit);
}
