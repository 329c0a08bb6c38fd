/** The engine ONNX Runtime: attention and its gradients from exported graphs. */
@NullMarked
package org.attentionflow.onnx;

import org.jspecify.annotations.NullMarked;
