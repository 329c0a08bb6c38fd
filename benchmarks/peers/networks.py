"""Layered networks from the JSON files of Attention Flow, as lists of arcs."""

import gzip
import json
from dataclasses import dataclass

import numpy as np


@dataclass
class Network:
    """A pruned network. Node 0 is the super-sink, the last one the super-source.

    tail, head, capacity: one entry per arc, terminal arcs included, the return arc not.
    token_arcs: per token the position of its terminal arc, or -1 if no path reaches it.
    bound: the smallest sum of a layer's capacities; no flow is larger.
    largest: the largest capacity that is not terminal, before pruning.
    mu: the absolute barrier parameter.
    """

    name: str
    layers: int
    tokens: int
    tail: np.ndarray
    head: np.ndarray
    capacity: np.ndarray
    node_count: int
    token_arcs: np.ndarray
    return_capacity: float
    bound: float
    largest: float
    mu: float

    @property
    def source(self):
        return self.node_count - 1

    def scores(self, flow):
        padded = np.append(flow, 0.0)
        return padded[self.token_arcs]

    def residual(self, flow):
        """Largest imbalance of an inner node, relative to the largest capacity."""
        balance = np.zeros(self.node_count)
        np.add.at(balance, self.head, flow)
        np.add.at(balance, self.tail, -flow)
        return float(np.abs(balance[1:-1]).max(initial=0)) / self.largest


def read(path, relative_mu=None):
    """Reads a file; Algorithm 2 networks are read reversed, which changes no score."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as stream:
        stored = json.load(stream)
    capacity = np.array(stored["capacity"], dtype=float)
    layers, tokens, _ = capacity.shape
    largest = float(capacity.max())
    terminal = stored.get("terminalCapacity", float(capacity.sum()) + largest)
    if isinstance(terminal, dict):
        top, inputs = np.array(terminal["top"]), np.array(terminal["tokens"])
    else:
        top, inputs = np.full(tokens, float(terminal)), np.full(tokens, float(terminal))
    # Token i of layer j is node 1 + t j + i; arcs: source -> top, down the layers, input -> sink.
    node = 1 + np.arange((layers + 1) * tokens).reshape(layers + 1, tokens)
    source = 1 + (layers + 1) * tokens
    tails, heads, capacities = [np.full(tokens, source)], [node[layers]], [top]
    for layer in range(layers - 1, -1, -1):
        tails.append(np.repeat(node[layer + 1], tokens))
        heads.append(np.tile(node[layer], tokens))
        capacities.append(capacity[layer].ravel())
    tails.append(node[0])
    heads.append(np.zeros(tokens, dtype=int))
    capacities.append(inputs)
    tail, head, u = (np.concatenate(x) for x in (tails, heads, capacities))
    return_capacity = stored.get("returnCapacity", float(u.sum()))
    if relative_mu is not None:
        mu = relative_mu * largest
    elif "barrierParameter" in stored:
        mu = stored["barrierParameter"]
    else:
        mu = stored.get("relativeBarrierParameter", 1e-3) * largest
    kept = _on_a_path(tail, head, u, source + 1, source)
    if not kept.any():
        raise SystemExit(f"{path}: no path from source to sink; there is nothing to solve.")
    position = np.cumsum(kept) - 1
    token = np.arange(len(u) - tokens, len(u))
    token_arcs = np.where(kept[token], position[token], -1)
    tail, head, u = tail[kept], head[kept], u[kept]
    used = np.unique(np.concatenate([tail, head]))
    return Network(
        name=stored.get("name", str(path)),
        layers=layers,
        tokens=tokens,
        tail=np.searchsorted(used, tail),
        head=np.searchsorted(used, head),
        capacity=u,
        node_count=len(used),
        token_arcs=token_arcs,
        return_capacity=float(return_capacity),
        bound=float(capacity.sum(axis=(1, 2)).min()),
        largest=largest,
        mu=float(mu),
    )


def _on_a_path(tail, head, capacity, node_count, source):
    """Arcs with a positive capacity on a path from the source to the sink, node 0."""
    positive = capacity > 0

    def reach(start, a, b):
        reached = np.zeros(node_count, dtype=bool)
        reached[start] = True
        while True:
            new = b[positive & reached[a]]
            if reached[new].all():
                return reached
            reached[new] = True

    both = reach(source, tail, head) & reach(0, head, tail)
    return positive & both[tail] & both[head]
