package org.attentionflow.tensorflow;

import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * What is added to a graph so that one graph serves every target. With logits z [batch, class], the
 * gradients are those of Σ c∘z for a cotangent c [batch, class], which is either fed, or 1 for the
 * largest logit of each input and 0 otherwise: then one run both predicts and differentiates.
 */
final class CotangentNodes {
  private static final String SCOPE = "attention_flow/";

  /** The logits as 32-bit floats. */
  static final String LOGITS = SCOPE + "logits";

  /** The cotangent to feed, [batch, class]; of any shape that fits if it is not used. */
  static final String FED = SCOPE + "fed";

  /** Whether the fed cotangent is used, a boolean to feed. */
  static final String USE_FED = SCOPE + "use_fed";

  /** The index of the largest logit of each input, [batch]. */
  static final String PREDICTED = SCOPE + "predicted";

  /** The cotangent. */
  static final String COTANGENT = SCOPE + "cotangent";

  private CotangentNodes() {}

  /** The nodes for given logits. */
  static List<NodeDef> of(TensorName logits, DataType type) {
    String one = SCOPE + "one";
    String zero = SCOPE + "zero";
    String axis = SCOPE + "axis";
    String first = SCOPE + "first";
    String shape = SCOPE + "shape";
    String classCount = SCOPE + "class_count";
    String oneHot = SCOPE + "one_hot";
    return List.of(
        Nodes.node("Cast", LOGITS, logits.toString())
            .putAttr("SrcT", Nodes.type(type))
            .putAttr("DstT", Nodes.type(DataType.DT_FLOAT))
            .build(),
        Nodes.scalar(axis, 1),
        Nodes.scalar(first, 0),
        Nodes.scalar(one, 1f),
        Nodes.scalar(zero, 0f),
        Nodes.node("ArgMax", PREDICTED, LOGITS, axis)
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("output_type", Nodes.type(DataType.DT_INT32))
            .build(),
        Nodes.node("Shape", shape, LOGITS).putAttr("T", Nodes.type(DataType.DT_FLOAT)).build(),
        Nodes.node("GatherV2", classCount, shape, axis, first)
            .putAttr("Tparams", Nodes.type(DataType.DT_INT32))
            .putAttr("Tindices", Nodes.type(DataType.DT_INT32))
            .putAttr("Taxis", Nodes.type(DataType.DT_INT32))
            .build(),
        Nodes.node("OneHot", oneHot, PREDICTED, classCount, one, zero)
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("TI", Nodes.type(DataType.DT_INT32))
            .build(),
        Nodes.node("Placeholder", FED)
            .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
            .putAttr("shape", Nodes.shape(-1, -1))
            .build(),
        Nodes.node("Placeholder", USE_FED)
            .putAttr("dtype", Nodes.type(DataType.DT_BOOL))
            .putAttr("shape", Nodes.shape())
            .build(),
        Nodes.node("SelectV2", COTANGENT, USE_FED, FED, oneHot)
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .build());
  }
}
