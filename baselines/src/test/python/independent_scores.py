#!/usr/bin/env python3
"""Scores of one sentence, computed without the project's code, as JSON.

Usage: independent_scores.py MODEL_FOLDER > independent.json

Needs numpy. A BERT classifier is evaluated in double precision from its safetensors file; every
gradient is a central difference of that forward pass, and relevance is propagated with dense arrays.
IndependentScoresTest compares the methods with the result.
"""

import json
import math
import struct
import sys

import numpy as np

TOKENS = "[CLS] although this dog is not cute , it is very smart . [SEP]".split()
EPSILON = 1e-12
STEP = 1e-4


def read_weights(path):
    with open(path, "rb") as file:
        raw = file.read()
    length = struct.unpack("<Q", raw[:8])[0]
    weights = {}
    for name, entry in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            kind = {"F16": np.float16, "F32": np.float32}[entry["dtype"]]
            values = np.frombuffer(raw[begin:end], kind)
            weights[name] = values.reshape(entry["shape"]).astype(np.float64)
    return weights


class Model:
    def __init__(self, folder):
        with open(folder + "/config.json") as file:
            config = json.load(file)
        with open(folder + "/tokenizer.json") as file:
            vocabulary = json.load(file)["model"]["vocab"]
        self.w = read_weights(folder + "/model.safetensors")
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.hidden = config["hidden_size"]
        self.tokens = len(TOKENS)
        ids = [vocabulary[token] for token in TOKENS]
        self.embeddings = self.w["bert.embeddings.word_embeddings.weight"][ids]

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / deviation * self.w[name + ".weight"] + self.w[name + ".bias"]

    def split(self, x):
        return x.reshape(self.tokens, self.heads, -1).transpose(1, 0, 2)

    def join(self, x):
        return x.transpose(1, 0, 2).reshape(self.tokens, -1)

    def embed(self, words):
        part = "bert.embeddings."
        x = words + self.w[part + "position_embeddings.weight"][: self.tokens]
        return self.norm(x + self.w[part + "token_type_embeddings.weight"][0], part + "LayerNorm")

    def layer(self, index, x, change=None, zero=None):
        part = f"bert.encoder.layer.{index}."
        q, k, v = (self.linear(x, part + "attention.self." + n) for n in ("query", "key", "value"))
        if zero is not None:
            v[zero] = 0
        scores = np.einsum("hqd,hkd->hqk", self.split(q), self.split(k))
        a = np.exp(scores / math.sqrt(self.hidden / self.heads))
        a /= a.sum(-1, keepdims=True)
        if change is not None:
            a = a + change
        mixed = self.join(np.einsum("hqk,hkd->hqd", a, self.split(v)))
        attended = self.linear(mixed, part + "attention.output.dense")
        y = self.norm(attended + x, part + "attention.output.LayerNorm")
        inner = self.linear(y, part + "intermediate.dense")
        active = 0.5 * inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        forward = self.linear(active, part + "output.dense")
        z = self.norm(forward + y, part + "output.LayerNorm")
        names = "x q k v scores a mixed attended y active forward z".split()
        values = (x, q, k, v, scores, a, mixed, attended, y, active, forward, z)
        return dict(zip(names, values), part=part)

    def pooled(self, z):
        return np.tanh(self.linear(z[0], "bert.pooler.dense"))

    def logits_from(self, index, x, change=None):
        """The logits when layer `index` gets x and its attention is changed."""
        for layer in range(index, self.layers):
            x = self.layer(layer, x, change if layer == index else None)["z"]
        return self.linear(self.pooled(x), "classifier")


def differences(shape, value):
    """The gradient of value(change) at 0 by central differences."""
    gradient = np.zeros(shape)
    for place in np.ndindex(shape):
        change = np.zeros(shape)
        change[place] = STEP
        gradient[place] = (value(change) - value(-change)) / (2 * STEP)
    return gradient


def z_plus(x, weight, relevance):
    parts = np.maximum(x[:, None, :] * weight[None], 0)
    return (parts / parts.sum(-1, keepdims=True) * relevance[:, :, None]).sum(1)


def split_sum(a, b, relevance):
    ratio = relevance / (a + b)
    left, right = a * ratio, b * ratio
    sizes = abs(left.sum()) + abs(right.sum())
    total = relevance.sum()
    return (
        left * (abs(left.sum()) / sizes * total / left.sum()),
        right * (abs(right.sum()) / sizes * total / right.sum()),
    )


def relevances(model, passes, target):
    """The relevance of the attention per layer."""
    w = model.w
    one = np.ones((1, 1))
    pooled = model.pooled(passes[-1]["z"])[None]
    dense = z_plus(pooled, w["classifier.weight"][target : target + 1], one)
    first = z_plus(passes[-1]["z"][:1], w["bert.pooler.dense.weight"], dense)
    relevance = np.zeros((model.tokens, model.hidden))
    relevance[0] = first[0]
    attention = []
    for p in reversed(passes):
        part = p["part"]
        forward, y = split_sum(p["forward"], p["y"], relevance)
        active = z_plus(p["active"], w[part + "output.dense.weight"], forward)
        y = y + z_plus(p["y"], w[part + "intermediate.dense.weight"], active)
        attended, relevance = split_sum(p["attended"], p["x"], y)
        mixed = z_plus(p["mixed"], w[part + "attention.output.dense.weight"], attended)
        q, k, v = (model.split(p[name]) for name in "qkv")
        ratio = model.split(mixed) / model.split(p["mixed"])
        a = p["a"] * np.einsum("hqd,hkd->hqk", ratio, v) / 2
        attention.append(a)
        value = v * np.einsum("hqk,hqd->hkd", p["a"], ratio) / 2
        query = q * np.einsum("hqk,hkd->hqd", a / p["scores"], k) / 2
        key = k * np.einsum("hqk,hqd->hkd", a / p["scores"], q) / 2
        for name, part_relevance in (("query", query), ("key", key), ("value", value)):
            weight = w[part + f"attention.self.{name}.weight"]
            relevance = relevance + z_plus(p["x"], weight, model.join(part_relevance))
        assert abs(relevance.sum() - 1) < 1e-9
    return attention[::-1]


def alti(model, p):
    part = p["part"]
    output = np.split(model.w[part + "attention.output.dense.weight"], model.heads, axis=1)
    vectors = np.einsum("hqk,hkd,hod->qko", p["a"], model.split(p["v"]), np.stack(output))
    vectors[np.arange(model.tokens), np.arange(model.tokens)] += p["x"]
    deviation = np.sqrt((p["attended"] + p["x"]).var(-1) + EPSILON)
    vectors -= vectors.mean(-1, keepdims=True)
    vectors *= model.w[part + "attention.output.LayerNorm.weight"] / deviation[:, None, None]
    distance = abs(p["y"][:, None] - vectors).sum(-1)
    return np.maximum(abs(p["y"]).sum(-1)[:, None] - distance, 0)


def value_zeroing(model, index, p):
    turned = np.zeros((model.tokens, model.tokens))
    for j in range(model.tokens):
        z = model.layer(index, p["x"], zero=j)["z"]
        sizes = np.linalg.norm(z, axis=-1) * np.linalg.norm(p["z"], axis=-1)
        turned[:, j] = 1 - (z * p["z"]).sum(-1) / sizes
    return turned


def product(layers):
    result = np.eye(len(layers[0]))
    for layer in layers:
        result = layer @ result
    return result[0]


def scores(model):
    passes, x = [], model.embed(model.embeddings)
    for index in range(model.layers):
        passes.append(model.layer(index, x))
        x = passes[-1]["z"]
    target = int(model.logits_from(0, passes[0]["x"]).argmax())
    a = np.stack([p["a"] for p in passes])
    g = np.stack(
        [
            differences(a[i].shape, lambda c, i=i: model.logits_from(i, passes[i]["x"], c)[target])
            for i in range(model.layers)
        ]
    )
    h = np.stack([p["x"] for p in passes])
    hg = np.stack(
        [
            differences(h[i].shape, lambda c, i=i: model.logits_from(i, h[i] + c)[target])
            for i in range(model.layers)
        ]
    )
    e = model.embeddings
    eg = differences(e.shape, lambda c: model.logits_from(0, model.embed(e + c))[target])
    r = relevances(model, passes, target)
    identity = np.eye(model.tokens)
    unit = identity[0]
    cat = (h * hg).sum(-1)
    agf = [np.maximum(a[i] * g[i], 0).mean(0) for i in range(model.layers)]
    rated = [np.maximum(r[i] * g[i], 0).mean(0) for i in range(model.layers)]
    to_one = lambda c: c / c.sum(-1, keepdims=True)
    return {
        "raw-attention": a[-1].mean(0)[0],
        "rollout": product([(layer.mean(0) + identity) / 2 for layer in a]),
        "grads": g[-1].mean(0)[0],
        "attgrads": np.maximum((g[-1].mean((1, 2), keepdims=True) * a[-1]).mean(0)[0], 0),
        "chefer": product([identity + layer for layer in agf]) - unit,
        "cat": cat.sum(0),
        "attcat": (cat * a.mean((1, 2))).sum(0),
        "saliency": np.linalg.norm(eg, axis=-1),
        "input-x-gradient": (e * eg).sum(-1),
        "transatt": product([identity + layer for layer in rated]) - unit,
        "partial-lrp": np.maximum(r[-1], 0).mean(0)[0],
        "alti": product([to_one(alti(model, p)) for p in passes]),
        "value-zeroing": product([to_one(value_zeroing(model, i, p)) for i, p in enumerate(passes)]),
    }


if __name__ == "__main__":
    found = scores(Model(sys.argv[1]))
    print("{")
    lines = [f'  "{n}": [{", ".join(f"{x:.9g}" for x in s)}]' for n, s in found.items()]
    print(",\n".join(lines))
    print("}")
