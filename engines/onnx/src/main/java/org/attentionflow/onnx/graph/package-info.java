/**
 * ONNX graphs as files and as lists of nodes: reading, checking, types, and bringing them up to
 * date.
 */
@NullMarked
package org.attentionflow.onnx.graph;

import org.jspecify.annotations.NullMarked;
