/**
 * Reverse-mode differentiation of ONNX graphs: the gradient becomes part of the graph, in ordinary
 * operators, by one rule per operator.
 */
@NullMarked
package org.attentionflow.onnx.gradient;

import org.jspecify.annotations.NullMarked;
