"""Converts the 32-bit floats of a safetensors file to 16-bit ones. Needs numpy.

usage: convert_to_float16.py FROM.safetensors TO.safetensors
"""
import json
import struct
import sys

import numpy as np


def read(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            sys.exit(f"{name} has the type {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return tensors


def write(path, tensors):
    header, blocks, begin = {"__metadata__": {"format": "pt"}}, [], 0
    for name in sorted(tensors):
        half = tensors[name].astype("<f2")
        if not np.isfinite(half).all():
            sys.exit(f"{name} overflows in 16 bits")
        block = half.tobytes()
        header[name] = {
            "dtype": "F16",
            "shape": list(half.shape),
            "data_offsets": [begin, begin + len(block)],
        }
        begin += len(block)
        blocks.append(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        file.writelines(blocks)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[2], read(sys.argv[1]))
