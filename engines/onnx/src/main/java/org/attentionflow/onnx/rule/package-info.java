/** The rules by which operators of ONNX are differentiated, one class for each. */
@NullMarked
package org.attentionflow.onnx.rule;

import org.jspecify.annotations.NullMarked;
