"""Writes a random sparse graph as a DIMACS maximum-flow file, from node 1 to the last node.

    python3 make_graph.py random 20000 5 1 > random.max

Kinds: random (each node has DEGREE arcs to nodes anywhere), grid (square, arcs both ways between neighbours, whatever DEGREE is), and
dag (each node has DEGREE arcs to some of the 200 nodes behind it). Capacities are whole numbers of 1 to 1000. The
fourth argument is the seed.
"""

import math
import random
import sys


def main(kind, nodes, degree, seed):
    nodes, degree, draw = int(nodes), int(degree), random.Random(int(seed))
    arcs = []
    if kind == "grid":
        side = math.isqrt(nodes)
        nodes = side * side
        for i in range(side):
            for j in range(side):
                for a, b in ((i, j + 1), (i + 1, j), (i, j - 1), (i - 1, j)):
                    if 0 <= a < side and 0 <= b < side:
                        arcs.append((i * side + j + 1, a * side + b + 1))
    else:
        for tail in range(1, nodes + (kind == "random")):
            for _ in range(degree):
                first, last = (1, nodes) if kind == "random" else (tail + 1, min(nodes, tail + 200))
                head = draw.randint(first, last)
                if head != tail:
                    arcs.append((tail, head))
    print(f"p max {nodes} {len(arcs)}\nn 1 s\nn {nodes} t")
    for tail, head in arcs:
        print("a", tail, head, draw.randint(1, 1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
