#!/usr/bin/env python3
"""Times forward and backward passes of Python PyTorch until attention and its gradient are in arrays.

    pip install -r benchmarks/peers/requirements-capture.txt
    CAPTURE_MODELS=models benchmarks/capture capture.json -p tokens=128 -p batch=1 -p threads=2
    python3 benchmarks/peers/capture_transformers.py models/pytorch --tokens 128 --batch 1 --threads 2

The model is the one that CaptureBenchmark reads, with eager attention in 32 bits. One JSON line is
printed: the median of the timed passes in milliseconds, and that of their matrix products alone, which
no implementation in 32 bits can do without (but for those of the last layer behind its attention, which
only the first token needs).
"""

import argparse
import json
import platform
import statistics
import time

import torch
import transformers


def capture(model, ids):
    """Attention and gradients of the predicted classes' logits, [layer][batch, head, query, key]."""
    output = model(input_ids=ids, attention_mask=torch.ones_like(ids), output_attentions=True)
    # autograd.grad goes back to the attention alone; weights need no gradient.
    target = output.logits.max(dim=-1).values.sum()
    gradients = torch.autograd.grad(target, output.attentions)
    return [a.detach().numpy() for a in output.attentions], [g.numpy() for g in gradients]


def products(config, batch, tokens):
    """The matrix products of all layers, forward and back: (left, right) of each."""
    hidden, inner, heads = config.hidden_size, config.intermediate_size, config.num_attention_heads
    rows = batch * tokens
    pairs = []
    for layer in range(config.num_hidden_layers):
        # In front of the first attention nothing is asked for.
        forward_only = 3 if layer == 0 else 0
        affine = [(hidden, hidden)] * 4 + [(hidden, inner), (inner, hidden)]
        for i, (columns, results) in enumerate(affine):
            weight = torch.randn(results, columns)
            pairs.append((torch.randn(rows, columns), weight.T))
            if i >= forward_only:
                pairs.append((torch.randn(rows, results), weight))
        attention = torch.randn(batch * heads, tokens, tokens)
        vectors = torch.randn(batch * heads, tokens, hidden // heads)
        pairs += [(vectors, vectors.mT)] * 2 + [(attention, vectors)] * (4 - forward_only)
    return pairs


def median(runs, call):
    """Milliseconds, after one call for warming up."""
    call()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


def multiply(pairs):
    for left, right in pairs:
        torch.matmul(left, right)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="the folder of the checkpoint")
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        arguments.model, attn_implementation="eager"
    ).eval()
    # The embeddings alone keep gradients, so that the attention of the first layer has one.
    model.requires_grad_(False)
    model.get_input_embeddings().weight.requires_grad_(True)
    generator = torch.Generator().manual_seed(arguments.tokens)
    shape = (arguments.batch, arguments.tokens)
    ids = torch.randint(1000, model.config.vocab_size, shape, generator=generator)

    whole = median(arguments.runs, lambda: capture(model, ids))
    with torch.no_grad():
        pairs = products(model.config, arguments.batch, arguments.tokens)
        alone = median(arguments.runs, lambda: multiply(pairs))
    print(
        json.dumps(
            {
                "milliseconds": whole,
                "productMilliseconds": alone,
                "tokens": arguments.tokens,
                "batch": arguments.batch,
                "threads": arguments.threads,
                "runs": arguments.runs,
                "torch": torch.__version__,
                "transformers": transformers.__version__,
                "python": platform.python_version(),
            }
        )
    )


if __name__ == "__main__":
    main()
