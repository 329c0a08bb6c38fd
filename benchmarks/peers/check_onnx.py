#!/usr/bin/env python3
"""Checks instrumented ONNX files with ONNX's own checker, and runs them in Python.

    pip install -r benchmarks/peers/requirements-onnx.txt
    python3 benchmarks/peers/check_onnx.py model.onnx [more.onnx ...]

Each model is instrumented with hidden states and embeddings. onnx.checker.check_model looks at the file
with full_check=True, which infers types and shapes as well. Then Python's onnxruntime runs it once, and
logits, attention, hidden states and their gradients are compared with what `attnflow capture` gives for the
same token ids. One row of a Markdown table is printed for each model; the exit code is 1 if a file fails the
check, an output is missing or a number differs by more than 1e-5 + 1e-4 of the largest of its tensor.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

ATTNFLOW = pathlib.Path(__file__).resolve().parents[2] / "attnflow"
ABSOLUTE, RELATIVE = 1e-5, 1e-4
KINDS = ("logits", "attentions", "hidden_states")


def instrument(attnflow, model, to):
    subprocess.run(
        [attnflow, "instrument", model, "-o", to, "--hidden-states", "--embeddings"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def capture(attnflow, model, ids, to):
    """What Attention Flow gives for the predicted class, by name."""
    text = " ".join(str(i) for i in ids)
    command = [attnflow, "capture", "--engine", "onnx-runtime", "-m", model, "--ids", text]
    subprocess.run(command + ["--hidden-states", "-o", to], check=True, stdout=subprocess.DEVNULL)
    return load_file(to)


def run(file, ids):
    """All outputs of an instrumented file for one input, by name."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    feed = {}
    for given in session.get_inputs():
        kind = numpy.float32 if given.type == "tensor(float)" else numpy.int64
        if given.name == "logits.grad":
            feed[given.name] = numpy.zeros((1, class_count(session)), kind)
        elif given.name == "predicted.grad":
            feed[given.name] = numpy.ones(1, kind)
        elif "mask" in given.name:
            feed[given.name] = numpy.ones((1, len(ids)), kind)
        elif "type" in given.name or "segment" in given.name:
            feed[given.name] = numpy.zeros((1, len(ids)), kind)
        elif "position" in given.name:
            feed[given.name] = numpy.arange(len(ids), dtype=kind)[None]
        else:
            feed[given.name] = numpy.array([ids], kind)
    names = [output.name for output in session.get_outputs()]
    return stacked(dict(zip(names, session.run(names, feed))))


def stacked(values):
    """Layers under one name, as in a capture: attentions.0, attentions.1, … become attentions."""
    layers = {}
    for name, value in values.items():
        parts = name.split(".")
        plain = ".".join(part for part in parts if not part.isdigit())
        layers.setdefault(plain, {})[next((int(p) for p in parts if p.isdigit()), 0)] = value
    return {name: numpy.stack([of[n] for n in sorted(of)]) for name, of in layers.items()}


def class_count(session):
    shapes = {given.name: given.shape for given in session.get_inputs()}
    return shapes["logits.grad"][1]


def compare(expected, found):
    """By kind the largest difference, in units of what is allowed; what is missing is infinite."""
    worst = {}
    for name, values in expected.items():
        kind = name.split(".")[0] + (".grad" if name.endswith(".grad") else "")
        if kind.split(".")[0] not in KINDS:
            continue
        if name in found and found[name].size == values.size:
            allowed = ABSOLUTE + RELATIVE * numpy.abs(values).max()
            # The batch is one input, and a capture has no axis for it.
            difference = numpy.abs(found[name].reshape(values.shape) - values).max()
            share = difference / allowed
            if numpy.isnan(share):  # which max() would pass over
                difference, share = numpy.inf, numpy.inf
        else:
            difference, share = numpy.inf, numpy.inf
        before = worst.get(kind, (0.0, 0.0))
        worst[kind] = (max(before[0], difference), max(before[1], share))
    return worst


def check(attnflow, model, ids):
    """The row of a model, and whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        written = str(pathlib.Path(folder, "instrumented.onnx"))
        instrument(attnflow, model, written)
        try:
            onnx.checker.check_model(written, full_check=True)
            verdict = "passes"
        except onnx.checker.ValidationError as failure:
            verdict = "fails: " + str(failure).splitlines()[0]
        graph = onnx.load(written, load_external_data=False)
        opset = next(s.version for s in graph.opset_import if s.domain in ("", "ai.onnx"))
        found = run(written, ids)
        expected = capture(attnflow, model, ids, str(pathlib.Path(folder, "capture.safetensors")))
    worst = compare(expected, found)
    cells = [pathlib.Path(model).stem, str(opset), str(len(graph.graph.node)), verdict]
    columns = ("logits", "attentions", "attentions.grad", "hidden_states", "hidden_states.grad")
    cells += ["%.1e" % worst[c][0] if c in worst else "missing" for c in columns]
    is_well = verdict == "passes" and all(c in worst and worst[c][1] <= 1 for c in columns)
    return "| " + " | ".join(cells) + " |", is_well


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("models", nargs="+", help="ONNX files of classifiers")
    parser.add_argument("--ids", default="2 7 11 13 3", help="token ids of the input")
    parser.add_argument("--attnflow", default=str(ATTNFLOW), help="the command")
    arguments = parser.parse_args()
    ids = [int(i) for i in arguments.ids.split()]

    print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, {len(ids)} tokens\n")
    head = "Model | Operator set | Nodes | Checker | Logits | Attention | its gradient | States"
    print(f"| {head} | their gradient |\n|{'---|' * 9}")
    is_well = True
    for model in arguments.models:
        row, is_row_well = check(arguments.attnflow, model, ids)
        print(row, flush=True)
        is_well &= is_row_well
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
