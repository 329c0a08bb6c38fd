package org.attentionflow.testkit.torchscript;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.attentionflow.formats.safetensors.SafetensorsFile;

/**
 * Writes a BERT classifier of any shape from a Hugging Face folder as the archive that {@code
 * torch.jit.trace} makes of it: inputs {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids}, the logits alone as output, any batch and length.
 */
public final class TracedBert {
  private static final String NN = "torch.nn.modules.";
  private static final String BERT = "transformers.models.bert.modeling_bert.";

  private final SafetensorsFile weights;
  private final JsonObject config;

  private TracedBert(SafetensorsFile weights, JsonObject config) {
    this.weights = weights;
    this.config = config;
  }

  /**
   * Writes the archive of a folder's model to a file.
   *
   * @param args the folder and the file
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  /**
   * Writes the archive of a folder's model to a file.
   *
   * @param folder with {@code config.json} and {@code model.safetensors}
   * @throws IllegalArgumentException if the model is no BERT, or of an activation not known here
   */
  public static void write(Path folder, Path file) throws IOException {
    String json = Files.readString(folder.resolve("config.json"));
    JsonObject config = JsonParser.parseString(json).getAsJsonObject();
    if (!config.get("model_type").getAsString().equals("bert")) {
      throw new IllegalArgumentException("The model in " + folder + " is no BERT classifier.");
    }
    try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      TracedBert bert = new TracedBert(weights, config);
      // For finite scores beside it, the smallest number leaves nothing of a softmax.
      StoredTensor lowest = StoredTensor.number(-Float.MAX_VALUE);
      StoredTensor scale = StoredTensor.number(Math.sqrt(bert.headSize()));
      TracedArchive.write(file, bert.classifier(), List.of(lowest, scale));
    }
  }

  private int number(String key) {
    return config.get(key).getAsInt();
  }

  private int headSize() {
    return number("hidden_size") / number("num_attention_heads");
  }

  private TracedModule classifier() {
    return new TracedModule(
            BERT + "BertForSequenceClassification",
            """
            def forward(self: $self,
              input_ids: Tensor,
              attention_mask: Tensor,
              token_type_ids: Tensor) -> Tuple[Tensor]:
              classifier = self.classifier
              dropout = self.dropout
              bert = self.bert
              _0 = (bert).forward(input_ids, attention_mask, token_type_ids, )
              _1 = (classifier).forward((dropout).forward(_0, ), )
              return (_1,)
            """)
        .with("bert", model())
        .with("dropout", dropout())
        .with("classifier", linear("classifier"));
  }

  private TracedModule model() {
    return new TracedModule(
            BERT + "BertModel",
            """
            def forward(self: $self,
              input_ids: Tensor,
              attention_mask: Tensor,
              token_type_ids: Tensor) -> Tensor:
              pooler = self.pooler
              encoder = self.encoder
              embeddings = self.embeddings
              _0 = torch.slice(attention_mask, 0, 0, 9223372036854775807)
              _1 = torch.unsqueeze(torch.unsqueeze(_0, 1), 2)
              _2 = torch.slice(_1, 3, 0, 9223372036854775807)
              _3 = torch.rsub(torch.to(_2, 6), 1., 1)
              attention_mask0 = torch.mul(_3, CONSTANTS.c0)
              _4 = (embeddings).forward(input_ids, token_type_ids, )
              _5 = (encoder).forward(_4, attention_mask0, )
              return (pooler).forward(_5, )
            """)
        .with("embeddings", embeddings())
        .with("encoder", encoder())
        .with("pooler", pooler());
  }

  private TracedModule embeddings() {
    String prefix = "bert.embeddings.";
    int positions = number("max_position_embeddings");
    long[] ascending = LongStream.range(0, positions).toArray();
    return new TracedModule(
            BERT + "BertEmbeddings",
            """
            def forward(self: $self,
              input_ids: Tensor,
              token_type_ids: Tensor) -> Tensor:
              dropout = self.dropout
              LayerNorm = self.LayerNorm
              position_embeddings = self.position_embeddings
              token_type_embeddings = self.token_type_embeddings
              word_embeddings = self.word_embeddings
              position_ids = self.position_ids
              seq_length = ops.prim.NumToTensor(torch.size(input_ids, 1))
              _0 = int(seq_length)
              _1 = torch.slice(position_ids, 0, 0, 9223372036854775807)
              input = torch.slice(_1, 1, 0, _0)
              _2 = (word_embeddings).forward(input_ids, )
              _3 = (token_type_embeddings).forward(token_type_ids, )
              embeddings = torch.add(_2, _3)
              _4 = (position_embeddings).forward(input, )
              input0 = torch.add_(embeddings, _4)
              _5 = (LayerNorm).forward(input0, )
              return (dropout).forward(_5, )
            """)
        .with("position_ids", StoredTensor.longs(ascending, 1, positions))
        .with("word_embeddings", embedding(prefix + "word_embeddings", ", 0"))
        .with("position_embeddings", embedding(prefix + "position_embeddings", ""))
        .with("token_type_embeddings", embedding(prefix + "token_type_embeddings", ""))
        .with("LayerNorm", layerNorm(prefix + "LayerNorm"))
        .with("dropout", dropout());
  }

  private TracedModule encoder() {
    StringBuilder body = new StringBuilder();
    TracedModule layers = new TracedModule(NN + "container.ModuleList", "");
    String hidden = "argument_1";
    for (int i = 0; i < number("num_hidden_layers"); i++) {
      layers.with(Integer.toString(i), layer("bert.encoder.layer." + i + "."));
      body.append("  layer%d = self.layer\n".formatted(i));
      body.append("  _%d = getattr(layer%d, \"%d\")\n".formatted(i, i, i));
      body.append("  hidden%d = (_%d).forward(%s, attention_mask, )\n".formatted(i, i, hidden));
      hidden = "hidden" + i;
    }
    String forward =
        """
        def forward(self: $self,
          argument_1: Tensor,
          attention_mask: Tensor) -> Tensor:
        """;
    return new TracedModule(BERT + "BertEncoder", forward + body + "  return " + hidden + "\n")
        .with("layer", layers);
  }

  private TracedModule layer(String prefix) {
    return new TracedModule(
            BERT + "BertLayer",
            """
            def forward(self: $self,
              argument_1: Tensor,
              attention_mask: Tensor) -> Tensor:
              output = self.output
              intermediate = self.intermediate
              attention = self.attention
              _0 = (attention).forward(argument_1, attention_mask, )
              _1 = (intermediate).forward(_0, )
              return (output).forward(_1, _0, )
            """)
        .with("attention", attention(prefix + "attention."))
        .with("intermediate", intermediate(prefix + "intermediate."))
        .with("output", output("BertOutput", prefix + "output."));
  }

  private TracedModule attention(String prefix) {
    return new TracedModule(
            BERT + "BertAttention",
            """
            def forward(self: $self,
              argument_1: Tensor,
              attention_mask: Tensor) -> Tensor:
              output = self.output
              self0 = self.self
              _0 = (self0).forward(argument_1, attention_mask, )
              return (output).forward(_0, argument_1, )
            """)
        .with("self", selfAttention(prefix + "self."))
        .with("output", output("BertSelfOutput", prefix + "output."));
  }

  private TracedModule selfAttention(String prefix) {
    String forward =
        """
        def forward(self: $self,
          argument_1: Tensor,
          attention_mask: Tensor) -> Tensor:
          dropout = self.dropout
          value = self.value
          key = self.key
          query = self.query
          _0 = (query).forward(argument_1, )
          _1 = (key).forward(argument_1, )
          _2 = ops.prim.NumToTensor(torch.size(_1, 0))
          _3 = int(_2)
          _4 = ops.prim.NumToTensor(torch.size(_1, 1))
          _5 = int(_4)
          x = torch.view(_1, [_3, _5, $heads, $size])
          key_layer = torch.permute(x, [0, 2, 1, 3])
          _6 = (value).forward(argument_1, )
          x0 = torch.view(_6, [int(_2), int(_4), $heads, $size])
          value_layer = torch.permute(x0, [0, 2, 1, 3])
          x1 = torch.view(_0, [int(_2), int(_4), $heads, $size])
          query_layer = torch.permute(x1, [0, 2, 1, 3])
          _7 = torch.transpose(key_layer, -1, -2)
          attention_scores = torch.matmul(query_layer, _7)
          attention_scores0 = torch.div(attention_scores, CONSTANTS.c1)
          input = torch.add(attention_scores0, attention_mask)
          input0 = torch.softmax(input, -1)
          _8 = (dropout).forward(input0, )
          context_layer = torch.matmul(_8, value_layer)
          _9 = torch.permute(context_layer, [0, 2, 1, 3])
          context_layer0 = torch.contiguous(_9)
          input1 = torch.view(context_layer0, [int(_2), int(_4), $width])
          return input1
        """
            .replace("$heads", config.get("num_attention_heads").getAsString())
            .replace("$size", Integer.toString(headSize()))
            .replace("$width", config.get("hidden_size").getAsString());
    return new TracedModule(BERT + "BertSelfAttention", forward)
        .with("query", linear(prefix + "query"))
        .with("key", linear(prefix + "key"))
        .with("value", linear(prefix + "value"))
        .with("dropout", dropout());
  }

  private TracedModule intermediate(String prefix) {
    String activation = config.get("hidden_act").getAsString();
    String pythonClass =
        switch (activation) {
          case "gelu" -> "transformers.activations.GELUActivation";
          case "relu" -> NN + "activation.ReLU";
          default -> throw new IllegalArgumentException("Unknown activation " + activation + ".");
        };
    return new TracedModule(
            BERT + "BertIntermediate",
            """
            def forward(self: $self,
              argument_1: Tensor) -> Tensor:
              intermediate_act_fn = self.intermediate_act_fn
              dense = self.dense
              _0 = (intermediate_act_fn).forward((dense).forward(argument_1, ), )
              return _0
            """)
        .with("dense", linear(prefix + "dense"))
        .with("intermediate_act_fn", function(pythonClass, "torch." + activation + "(argument_1)"));
  }

  private TracedModule output(String name, String prefix) {
    return new TracedModule(
            BERT + name,
            """
            def forward(self: $self,
              argument_1: Tensor,
              argument_2: Tensor) -> Tensor:
              LayerNorm = self.LayerNorm
              dropout = self.dropout
              dense = self.dense
              _0 = (dropout).forward((dense).forward(argument_1, ), )
              input = torch.add(_0, argument_2)
              return (LayerNorm).forward(input, )
            """)
        .with("dense", linear(prefix + "dense"))
        .with("LayerNorm", layerNorm(prefix + "LayerNorm"))
        .with("dropout", dropout());
  }

  private TracedModule pooler() {
    return new TracedModule(
            BERT + "BertPooler",
            """
            def forward(self: $self,
              argument_1: Tensor) -> Tensor:
              activation = self.activation
              dense = self.dense
              _0 = torch.slice(argument_1, 0, 0, 9223372036854775807)
              input = torch.select(_0, 1, 0)
              _1 = (activation).forward((dense).forward(input, ), )
              return _1
            """)
        .with("dense", linear("bert.pooler.dense"))
        .with("activation", function(NN + "activation.Tanh", "torch.tanh(argument_1)"));
  }

  private TracedModule linear(String prefix) {
    return new TracedModule(
            NN + "linear.Linear",
            """
            def forward(self: $self,
              argument_1: Tensor) -> Tensor:
              bias = self.bias
              weight = self.weight
              _0 = torch.linear(argument_1, weight, bias)
              return _0
            """)
        .with("weight", weight(prefix + ".weight"))
        .with("bias", weight(prefix + ".bias"));
  }

  private TracedModule layerNorm(String prefix) {
    String norm =
        String.format(
            Locale.ROOT,
            "torch.layer_norm(argument_1, [%d], weight, bias, %.17g)",
            number("hidden_size"),
            config.get("layer_norm_eps").getAsDouble());
    return new TracedModule(
            NN + "normalization.LayerNorm",
            """
            def forward(self: $self,
              argument_1: Tensor) -> Tensor:
              bias = self.bias
              weight = self.weight
              _0 = $norm
              return _0
            """
                .replace("$norm", norm))
        .with("weight", weight(prefix + ".weight"))
        .with("bias", weight(prefix + ".bias"));
  }

  private TracedModule embedding(String prefix, String padding) {
    return new TracedModule(
            NN + "sparse.Embedding",
            """
            def forward(self: $self,
              argument_1: Tensor) -> Tensor:
              weight = self.weight
              _0 = torch.embedding(weight, argument_1$padding)
              return _0
            """
                .replace("$padding", padding))
        .with("weight", weight(prefix + ".weight"));
  }

  private static TracedModule dropout() {
    return function(
        NN + "dropout.Dropout", "torch.dropout(argument_1, 0.10000000000000001, False)");
  }

  /** A module without parameters. */
  private static TracedModule function(String pythonClass, String expression) {
    String forward =
        """
        def forward(self: $self,
          argument_1: Tensor) -> Tensor:
          _0 = $expression
          return _0
        """;
    return new TracedModule(pythonClass, forward.replace("$expression", expression));
  }

  private StoredTensor weight(String name) {
    return StoredTensor.parameter(weights.tensor(name).dimensions(), () -> weights.floats(name));
  }
}
