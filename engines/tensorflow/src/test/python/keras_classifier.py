#!/usr/bin/env python3
"""Writes a BERT classifier as Keras 3 does: layers of Keras with the weights of a checkpoint.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1 safetensors
    python3 keras_classifier.py CHECKPOINT TARGET

CHECKPOINT is a Hugging Face folder of a BERT classifier. The recorded SavedModel
(src/test/resources/org/attentionflow/tensorflow/keras-bert) is that of the tests' BERT.
"""

import json
import shutil
import sys

import keras
from keras import layers, ops
from safetensors.numpy import load_file


class Positions(layers.Layer):
    """Adds an embedding of every position."""

    def __init__(self, count):
        super().__init__()
        self.count = count

    def build(self, shape):
        self.table = self.add_weight(shape=(self.count, shape[-1]), name="table")

    def call(self, x):
        return x + self.table[: ops.shape(x)[1]]


def exact_gelu(x):
    return keras.activations.gelu(x, approximate=False)


class Classifier:
    def __init__(self, config, weights):
        self.config = config
        self.weights = weights
        self.filled = []

    def filled_with(self, layer, *arrays):
        """Weights exist once the layer was called: they are set in the end."""
        self.filled.append((layer, list(arrays)))
        return layer

    def dense(self, name, activation=None):
        kernel = self.weights[name + ".weight"]
        layer = layers.Dense(kernel.shape[0], activation=activation)
        return self.filled_with(layer, kernel.T, self.weights[name + ".bias"])

    def norm(self, name):
        layer = layers.LayerNormalization(epsilon=self.config["layer_norm_eps"])
        return self.filled_with(layer, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def table(self, name, layer=None):
        values = self.weights[f"bert.embeddings.{name}_embeddings.weight"]
        return self.filled_with(layer or layers.Embedding(*values.shape), values)

    def attention(self, x, mask, prefix):
        hidden, heads = self.config["hidden_size"], self.config["num_attention_heads"]
        width = hidden // heads
        arrays = []
        for name in ("query", "key", "value"):
            arrays.append(self.weights[f"{prefix}self.{name}.weight"].T.reshape(hidden, heads, width))
            arrays.append(self.weights[f"{prefix}self.{name}.bias"].reshape(heads, width))
        arrays.append(self.weights[prefix + "output.dense.weight"].T.reshape(heads, width, hidden))
        arrays.append(self.weights[prefix + "output.dense.bias"])
        layer = layers.MultiHeadAttention(heads, width, dropout=0.1)
        self.filled_with(layer, *arrays)
        return layer(x, x, attention_mask=ops.cast(mask[:, None, :], "bool"))

    def model(self):
        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = {name: keras.Input((None,), dtype="int32", name=name) for name in names}
        x = self.table("word")(inputs["input_ids"])
        x = self.table("position", Positions(self.config["max_position_embeddings"]))(x)
        x = x + self.table("token_type")(inputs["token_type_ids"])
        x = layers.Dropout(0.1)(self.norm("bert.embeddings.LayerNorm")(x))
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"bert.encoder.layer.{layer}."
            y = self.attention(x, inputs["attention_mask"], prefix + "attention.")
            x = self.norm(prefix + "attention.output.LayerNorm")(x + layers.Dropout(0.1)(y))
            y = self.dense(prefix + "intermediate.dense", exact_gelu)(x)
            y = self.dense(prefix + "output.dense")(y)
            x = self.norm(prefix + "output.LayerNorm")(x + layers.Dropout(0.1)(y))
        x = self.dense("bert.pooler.dense", "tanh")(x[:, 0])
        model = keras.Model(inputs, self.dense("classifier")(x))
        for layer, arrays in self.filled:
            layer.set_weights(arrays)
        return model


def main(checkpoint, target):
    with open(f"{checkpoint}/config.json") as file:
        config = json.load(file)
    classifier = Classifier(config, load_file(f"{checkpoint}/model.safetensors"))
    classifier.model().export(target, format="tf_saved_model", verbose=False)
    shutil.copy(f"{checkpoint}/config.json", target)


if __name__ == "__main__":
    main(*sys.argv[1:])
