package org.attentionflow.tensorflow;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/**
 * Writes the graph of a BERT-type classifier as Keras writes it, from a Hugging Face checkpoint.
 *
 * <p>In the style {@link Style#TENSORDOT}, that of Hugging Face's TensorFlow models, affine maps of
 * three axes go through Reshape and MatMul, and attention is BatchMatMulV2; in the style {@link
 * Style#EINSUM}, that of Keras' own MultiHeadAttention, everything is an Einsum.
 */
final class ClassifierGraph extends WeightedGraph {
  /** How affine maps and attention are written. */
  enum Style {
    TENSORDOT,
    EINSUM,
    /**
     * As TENSORDOT, with what Keras and Hugging Face write around it: transpositions that leave all
     * axes in place, dropout that is switched off, a softmax of scores moved by 1e-9, masks by
     * choice instead of addition, and layer norms as batch norms whose batch is the tokens.
     */
    KERAS
  }

  private final JsonObject config;
  private final Style style;
  private final String type;
  private final int heads;
  private final int hidden;

  /**
   * Prepares the graph.
   *
   * @param variables whether weights are variables instead of constants
   */
  ClassifierGraph(JsonObject config, GoldenWeights weights, Style style, boolean variables) {
    super(weights, variables);
    this.config = config;
    this.style = style;
    this.type = config.get("model_type").getAsString();
    this.heads = number(type.equals("distilbert") ? "n_heads" : "num_attention_heads");
    this.hidden = number(type.equals("distilbert") ? "dim" : "hidden_size");
  }

  private int number(String key) {
    return config.get(key).getAsInt();
  }

  /** The scope of each layer. */
  List<String> layerScopes() {
    int layers = number(type.equals("distilbert") ? "n_layers" : "num_hidden_layers");
    return IntStream.range(0, layers).mapToObj(i -> type + "/layer_" + i).toList();
  }

  /** Whether the model reads segments. */
  boolean hasSegments() {
    return !type.equals("distilbert");
  }

  /**
   * Writes the graph between given inputs and the logits.
   *
   * @param segments ignored by models without segments
   */
  String logits(String ids, String mask, String segments) {
    scope(type + "/embeddings");
    String x = embeddings(ids, mask, segments);
    scope(type + "/mask");
    String added = style == Style.KERAS ? kept(mask) : mask(mask);
    List<String> layers = layerScopes();
    for (int i = 0; i < layers.size(); i++) {
      scope(layers.get(i));
      x = layer(x, added, i);
    }
    scope("classifier");
    String first =
        slice(
            x, DataType.DT_FLOAT, new int[] {0, 0}, new int[] {0, 1}, new int[] {1, 1}, 1, 1, 2, 0);
    return head(first);
  }

  private String head(String first) {
    return switch (type) {
      case "bert" -> flatDense(op("Tanh", flatDense(first, "bert.pooler.dense")), "classifier");
      case "roberta" ->
          flatDense(op("Tanh", flatDense(first, "classifier.dense")), "classifier.out_proj");
      case "electra" ->
          flatDense(gelu(flatDense(first, "classifier.dense")), "classifier.out_proj");
      case "distilbert" -> flatDense(op("Relu", flatDense(first, "pre_classifier")), "classifier");
      default -> throw new IllegalArgumentException(type);
    };
  }

  private String embeddings(String ids, String mask, String segments) {
    String part = type + ".embeddings.";
    String x = lookup(part + "word_embeddings.weight", ids);
    if (hasSegments()) {
      x = op("AddV2", x, lookup(part + "token_type_embeddings.weight", segments));
    }
    x = op("AddV2", x, lookup(part + "position_embeddings.weight", positions(ids)));
    x = layerNorm(x, part + "LayerNorm");
    boolean projected = type.equals("electra") && number("embedding_size") != hidden;
    return projected ? dense(x, "electra.embeddings_project") : x;
  }

  private String positions(String ids) {
    Map<String, AttrValue> ints = Map.of("T", Nodes.type(DataType.DT_INT32));
    if (!type.equals("roberta")) {
      String length = second(shapeOf(ids, DataType.DT_INT32));
      return op(
          "Range", Map.of("Tidx", Nodes.type(DataType.DT_INT32)), number(0), length, number(1));
    }
    int padding = number("pad_token_id");
    String real =
        cast(op("NotEqual", ints, ids, number(padding)), DataType.DT_BOOL, DataType.DT_INT32);
    String counted =
        op("Cumsum", types("T", DataType.DT_INT32, "Tidx", DataType.DT_INT32), real, number(1));
    return op("AddV2", ints, op("Mul", ints, counted, real), number(padding));
  }

  private String mask(String mask) {
    String wide =
        slice(
            mask,
            DataType.DT_INT32,
            new int[] {0, 0, 0, 0},
            new int[] {0, 0, 0, 0},
            new int[] {1, 1, 1, 1},
            9,
            9,
            0,
            6);
    String kept = cast(wide, DataType.DT_INT32, DataType.DT_FLOAT);
    return op("Mul", op("Sub", number(1f), kept), number(-10000f));
  }

  /** Where the mask is not zero, [batch, 1, 1, token]. */
  private String kept(String mask) {
    Map<String, AttrValue> types = types("T", DataType.DT_INT32, "Tdim", DataType.DT_INT32);
    String wide = op("ExpandDims", types, op("ExpandDims", types, mask, number(1)), number(1));
    return op("NotEqual", Map.of("T", Nodes.type(DataType.DT_INT32)), wide, number(0));
  }

  private String layer(String x, String mask, int i) {
    boolean distil = type.equals("distilbert");
    String part =
        distil ? "distilbert.transformer.layer." + i + "." : type + ".encoder.layer." + i + ".";
    String[] names =
        distil
            ? new String[] {
              "attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin",
              "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm"
            }
            : new String[] {
              "attention.self.query", "attention.self.key", "attention.self.value",
              "attention.output.dense", "attention.output.LayerNorm", "intermediate.dense",
              "output.dense", "output.LayerNorm"
            };
    String mixed =
        style == Style.EINSUM
            ? einsumAttention(x, mask, part, names)
            : attention(x, mask, part, names);
    String y = layerNorm(op("AddV2", mixed, x), part + names[4]);
    String z = dense(gelu(dense(y, part + names[5])), part + names[6]);
    return layerNorm(op("AddV2", z, y), part + names[7]);
  }

  private String attention(String x, String mask, String part, String[] names) {
    String query = heads(dense(x, part + names[0]));
    String key = heads(dense(x, part + names[1]));
    String value = heads(dense(x, part + names[2]));
    String scores =
        op("RealDiv", batchMatMul(query, key, true), number((float) Math.sqrt(hidden / heads)));
    String probabilities = op("Identity", op("Softmax", masked(scores, mask)));
    String mixed = transpose(batchMatMul(probabilities, value, false), 0, 2, 1, 3);
    return dense(reshape(mixed, pack(number(-1), length(x), number(hidden))), part + names[3]);
  }

  private String masked(String scores, String mask) {
    if (style != Style.KERAS) {
      return op("AddV2", scores, mask);
    }
    String chosen = op("SelectV2", mask, scores, number(-1e9f));
    return op("AddV2", chosen, number(1e-9f));
  }

  private String heads(String x) {
    String shape = pack(number(-1), length(x), number(heads), number(hidden / heads));
    return transpose(reshape(x, shape), 0, 2, 1, 3);
  }

  /** The number of tokens of a tensor [batch, token, width]. */
  private String length(String x) {
    return second(shapeOf(x, DataType.DT_FLOAT));
  }

  private String second(String shape) {
    int[] from = {1};
    return slice(shape, DataType.DT_INT32, from, new int[] {2}, from, 0, 0, 1, 0);
  }

  private String pack(String... numbers) {
    return op(
        "Pack",
        Map.of(
            "T", Nodes.type(DataType.DT_INT32),
            "N", Nodes.number(numbers.length),
            "axis", Nodes.number(0)),
        numbers);
  }

  private String einsumAttention(String x, String mask, String part, String[] names) {
    int size = hidden / heads;
    String query = projected(x, part + names[0]);
    String key = projected(x, part + names[1]);
    String value = projected(x, part + names[2]);
    String scaled = op("Mul", query, number((float) (1 / Math.sqrt(size))));
    String scores = op("AddV2", einsum("aecd,abcd->acbe", key, scaled), mask);
    String probabilities = op("Identity", op("Softmax", scores));
    String mixed = einsum("acbe,aecd->abcd", probabilities, value);
    FloatTensor kernel = weights().kernel(part + names[3] + ".weight", heads, size, hidden);
    String output = einsum("abcd,cde->abe", mixed, weight(part + names[3] + ".weight", kernel));
    return op("AddV2", output, weight(part + names[3] + ".bias"));
  }

  private String projected(String x, String name) {
    int size = hidden / heads;
    FloatTensor kernel = weights().kernel(name + ".weight", hidden, heads, size);
    FloatTensor bias = weights().get(name + ".bias", heads, size);
    return op(
        "AddV2",
        einsum("abc,cde->abde", x, weight(name + ".weight", kernel)),
        weight(name + ".bias", bias));
  }

  /** An affine map of [batch, token, width]. */
  private String dense(String x, String name) {
    FloatTensor kernel = weights().kernel(name + ".weight");
    String matrix = weight(name + ".weight", kernel);
    String bias = weight(name + ".bias");
    if (style == Style.EINSUM) {
      return op("AddV2", einsum("abc,cd->abd", x, matrix), bias);
    }
    String shape = shapeOf(x, DataType.DT_FLOAT);
    String free = gather(shape, ints(0, 1), DataType.DT_INT32, DataType.DT_INT32);
    Map<String, AttrValue> prod = types("T", DataType.DT_INT32, "Tidx", DataType.DT_INT32);
    String rows = op("Prod", prod, free, ints(0));
    String flatShape = pack(rows, number(kernel.size(0)));
    String product = matMul(reshape(style == Style.KERAS ? inPlace(x) : x, flatShape), matrix);
    String fullShape = concat(free, ints(kernel.size(1)));
    String affine = op("BiasAdd", reshape(product, fullShape), bias);
    return style == Style.KERAS ? op("Identity", affine) : affine;
  }

  /** A transposition to the same axes. */
  private String inPlace(String x) {
    String axes = concat(ints(0, 1), ints(2));
    return op("Transpose", types("T", DataType.DT_FLOAT, "Tperm", DataType.DT_INT32), x, axes);
  }

  private String concat(String first, String second) {
    return op(
        "ConcatV2",
        Map.of(
            "T", Nodes.type(DataType.DT_INT32),
            "N", Nodes.number(2),
            "Tidx", Nodes.type(DataType.DT_INT32)),
        first,
        second,
        number(0));
  }

  /** An affine map of [batch, width]. */
  private String flatDense(String x, String name) {
    String matrix = weight(name + ".weight", weights().kernel(name + ".weight"));
    return op("BiasAdd", matMul(x, matrix), weight(name + ".bias"));
  }

  private String gelu(String x) {
    String erf = op("Erf", op("RealDiv", x, number((float) Math.sqrt(2))));
    return op("Mul", op("Mul", number(0.5f), x), op("AddV2", number(1f), erf));
  }

  private String layerNorm(String x, String name) {
    float epsilon = type.equals("distilbert") ? 1e-12f : config.get("layer_norm_eps").getAsFloat();
    if (style == Style.KERAS) {
      return batchNorm(x, name, epsilon);
    }
    String mean = mean(x, 2);
    String squares = op("SquaredDifference", x, op("StopGradient", mean));
    String inverse = op("Rsqrt", op("AddV2", mean(squares, 2), number(epsilon)));
    String factor = op("Mul", inverse, weight(name + ".weight"));
    String shift = op("Sub", weight(name + ".bias"), op("Mul", mean, factor));
    return op("AddV2", op("Mul", x, factor), shift);
  }

  /** Every token is a channel of an image with as many rows as the token has numbers. */
  private String batchNorm(String x, String name, float epsilon) {
    String shape = shapeOf(x, DataType.DT_FLOAT);
    String free = gather(shape, ints(0, 1), DataType.DT_INT32, DataType.DT_INT32);
    Map<String, AttrValue> prod = types("T", DataType.DT_INT32, "Tidx", DataType.DT_INT32);
    String tokens = op("Prod", prod, free, ints(0));
    String size = gather(shape, number(2), DataType.DT_INT32, DataType.DT_INT32);
    String images = reshape(x, pack(number(1), tokens, size, number(1)));
    Map<String, AttrValue> fill = types("T", DataType.DT_FLOAT, "index_type", DataType.DT_INT32);
    String none = add(Nodes.constant(unused("Const"), emptyFloats()));
    String normed =
        op(
            "FusedBatchNormV3",
            Map.of(
                "T", Nodes.type(DataType.DT_FLOAT),
                "U", Nodes.type(DataType.DT_FLOAT),
                "data_format", Nodes.text("NCHW"),
                "epsilon", AttrValue.newBuilder().setF(epsilon).build(),
                "is_training", Nodes.flag(true)),
            images,
            op("Fill", fill, pack(tokens), number(1f)),
            op("Fill", fill, pack(tokens), number(0f)),
            none,
            none);
    String scaled = op("Mul", reshape(normed, shape), weight(name + ".weight"));
    return op("AddV2", scaled, weight(name + ".bias"));
  }

  private static TensorProto emptyFloats() {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(Nodes.shapeOf(0))
        .build();
  }
}
