package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.TensorProto;

/**
 * A graph with one head of attention over six kinds of tokens, and variants of it in which
 * something stands in the way. It has three axes where others have four, and no mask.
 */
final class SmallGraph extends GraphBuilder {
  /** What is different. */
  enum Variant {
    PLAIN,
    /** The output is the softmax of the logits. */
    PROBABILITIES,
    /** Tokens are weighted by a softmax that is no attention. */
    WEIGHTED_TOKENS,
    /** Attention goes through an operation without gradient. */
    DIGAMMA,
    /** Attention is thinned out at random. */
    DROPOUT,
    /** The graph writes a file. */
    WRITES,
    /** There is no product of queries and keys. */
    NO_SCORES,
    /** Two attentions read the same tensor. */
    PARALLEL,
    /** The inputs have two rows of four tokens. */
    FIXED,
    /** The number of classes is not known before the graph runs. */
    OPEN_CLASSES,
    /** Scores are computed in 16 bits, as Keras does it in mixed_float16. */
    HALF
  }

  static final int WIDTH = 4;
  private final Random random = new Random(17);
  private final Variant variant;

  private SmallGraph(Variant variant) {
    this.variant = variant;
  }

  static GraphDef of(Variant variant) {
    SmallGraph graph = new SmallGraph(variant);
    graph.write();
    return GraphDef.newBuilder().addAllNode(graph.nodes()).build();
  }

  static Path file(Variant variant, Path folder) throws IOException {
    return Files.write(folder.resolve("frozen.pb"), of(variant).toByteArray());
  }

  private void write() {
    boolean fixed = variant == Variant.FIXED;
    String ids = placeholder("input_ids", DataType.DT_INT32, fixed ? 2 : -1, fixed ? 4 : -1);
    String x = gather(weights(6, WIDTH), ids, DataType.DT_FLOAT, DataType.DT_INT32);
    String mixed = attention(x);
    if (variant == Variant.PARALLEL) {
      mixed = op("AddV2", mixed, attention(x));
    }
    String pooled = pooled(mixed);
    scope("");
    String logits = matMul(pooled, weights(WIDTH, 3));
    String output = variant == Variant.PROBABILITIES ? op("Softmax", logits) : logits;
    if (variant == Variant.OPEN_CLASSES) {
      AttrValue integer = Nodes.type(DataType.DT_INT32);
      output = reshape(logits, op("Abs", Map.of("T", integer), shapeOf(logits, DataType.DT_FLOAT)));
    }
    if (variant == Variant.WRITES) {
      Map<String, AttrValue> none = Map.of();
      String written = op("WriteFile", none, text("name"), text("contents"));
      add(
          Nodes.node("Identity", "result", output, "^" + written)
              .putAttr("T", Nodes.type(DataType.DT_FLOAT))
              .build());
    }
  }

  private String attention(String x) {
    scope("attention");
    String query = einsum("abc,cd->abd", x, weights(WIDTH, WIDTH));
    String key =
        variant == Variant.NO_SCORES
            ? weights(1, WIDTH, 1)
            : einsum("abc,cd->abd", x, weights(WIDTH, WIDTH));
    String value = einsum("abc,cd->abd", x, weights(WIDTH, WIDTH));
    String scores =
        variant == Variant.HALF
            ? halfProduct(query, key)
            : batchMatMul(query, key, variant != Variant.NO_SCORES);
    if (variant == Variant.NO_SCORES) {
      return op("Mul", op("Softmax", scores), value);
    }
    String probabilities = op("Softmax", scores);
    if (variant == Variant.DROPOUT) {
      String noise =
          op(
              "RandomUniform",
              types("T", DataType.DT_INT32, "dtype", DataType.DT_FLOAT),
              shapeOf(probabilities, DataType.DT_FLOAT));
      probabilities = op("Mul", probabilities, noise);
    }
    String mixed = op("AddV2", batchMatMul(probabilities, value, false), x);
    return variant == Variant.DIGAMMA ? op("Digamma", mixed) : mixed;
  }

  private String halfProduct(String query, String key) {
    AttrValue half = Nodes.type(DataType.DT_HALF);
    String product =
        op(
            "BatchMatMulV3",
            Map.of("Ta", half, "Tb", half, "Tout", half, "adj_y", Nodes.flag(true)),
            cast(query, DataType.DT_FLOAT, DataType.DT_HALF),
            cast(key, DataType.DT_FLOAT, DataType.DT_HALF));
    return cast(product, DataType.DT_HALF, DataType.DT_FLOAT);
  }

  /** The mean of all tokens, or their sum weighted by how they look. */
  private String pooled(String x) {
    scope("pool");
    if (variant == Variant.WEIGHTED_TOKENS) {
      String importance = einsum("abc,cd->abd", x, weights(WIDTH, 1));
      String flat = op("Softmax", transpose(importance, 0, 2, 1));
      String sum = batchMatMul(flat, x, false);
      return reshape(sum, ints(-1, WIDTH));
    }
    return op(
        "Mean",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "Tidx", Nodes.type(DataType.DT_INT32),
            "keep_dims", Nodes.flag(false)),
        x,
        ints(1));
  }

  private String text(String text) {
    return constant(
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(Nodes.shapeOf())
            .addStringVal(ByteString.copyFromUtf8(text))
            .build());
  }

  private String weights(int... shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return constant(
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(Nodes.shapeOf(WeightedGraph.longs(shape)))
            .setTensorContent(
                ByteString.copyFrom(GoldenWeights.bytes(FloatTensor.of(values, shape))))
            .build());
  }
}
