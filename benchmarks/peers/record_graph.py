"""Solves the barrier problem of a DIMACS graph by CVXPY with Clarabel, and prints it as JSON.

    python3 record_graph.py graph.max 1e-1 1e-3 > graph.json

The arguments behind the file are barrier parameters relative to the largest capacity of an arc that touches neither
source nor sink; the lines n of the file come before its lines a. Printed are, for each, the flow value and per node before the sink the flow on its arc, and beside
them the maximum flow as networkx finds it. Cycles are
allowed: arcs on no path from source to sink, into the source, out of the sink and from a node to itself are left out,
and parallel arcs become one.
"""

import json
import sys

import cvxpy
import networkx
import numpy
import scipy.sparse


def read(path):
    """The arcs with their capacities, source, sink, and the sum and largest inner one of all capacities."""
    arcs, total, largest, terminal = {}, 0.0, 0.0, {}
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if fields[:1] == ["n"]:
            terminal[fields[2]] = int(fields[1])
        elif fields[:1] == ["a"]:
            tail, head, capacity = int(fields[1]), int(fields[2]), float(fields[3])
            total += capacity
            if tail != head and not {tail, head} & set(terminal.values()):
                largest = max(largest, capacity)
            arcs[tail, head] = arcs.get((tail, head), 0) + capacity
    source, sink = terminal["s"], terminal["t"]
    graph = networkx.DiGraph()
    graph.add_nodes_from([source, sink])
    graph.add_edges_from(a for a in arcs if a[0] != a[1] and a[1] != source and a[0] != sink and arcs[a] > 0)
    kept = (networkx.descendants(graph, source) | {source}) & (networkx.ancestors(graph, sink) | {sink})
    return {a: arcs[a] for a in graph.edges if set(a) <= kept}, source, sink, total, largest


def solve(arcs, source, sink, total, largest, mu):
    """The flows: minimise -value - mu sum(log f + log(u - f)), all capacities divided by the largest."""
    ends = list(arcs) + [(sink, source)]
    node = {v: i for i, v in enumerate(sorted({v for arc in ends for v in arc}))}
    rows = [node[arc[side]] for arc in ends for side in (0, 1)]
    columns = [k for k in range(len(ends)) for _ in (0, 1)]
    balance = scipy.sparse.csr_matrix(([-1, 1] * len(ends), (rows, columns)))
    capacity = numpy.array([*arcs.values(), total]) / largest
    share = cvxpy.Variable(len(ends))  # of the capacity: well scaled, whatever the capacities are
    barrier = cvxpy.sum(cvxpy.log(share) + cvxpy.log(1 - share))
    flow = cvxpy.multiply(capacity, share)
    problem = cvxpy.Problem(cvxpy.Minimize(-capacity[-1] * share[-1] - mu * barrier), [balance @ flow == 0])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-12, tol_gap_rel=1e-12, tol_feas=1e-12)
    assert problem.status == cvxpy.OPTIMAL, problem.status
    return dict(zip(ends, capacity * share.value * largest))


def main(path, *parameters):
    arcs, source, sink, total, largest = read(path)
    solutions = []
    for mu in map(float, parameters):
        flow = solve(arcs, source, sink, total, largest, mu)
        before = {str(tail): float(f) for (tail, head), f in flow.items() if head == sink}
        value = float(flow[sink, source])
        solutions.append({"relativeBarrierParameter": mu, "value": value, "flow": before})
    graph = networkx.DiGraph()
    graph.add_edges_from((tail, head, {"capacity": u}) for (tail, head), u in arcs.items())
    maximum = networkx.maximum_flow_value(graph, source, sink)
    print(json.dumps({"arcs": len(arcs), "maximumFlow": maximum, "solutions": solutions}, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
