"""The peers. Each is a function from a network to (prepare, solve): prepare builds what the peer
wants and is not timed; solve returns (value, flow per arc). A missing package raises ImportError."""

import numpy as np
import scipy.linalg
import scipy.sparse as sp


def _incidence(network, with_return):
    """Nodes x arcs: +1 where an arc enters; the return arc is the last column."""
    arcs = len(network.capacity)
    rows = np.concatenate([network.head, network.tail])
    columns = np.concatenate([np.arange(arcs)] * 2)
    values = np.concatenate([np.ones(arcs), -np.ones(arcs)])
    if with_return:
        rows = np.append(rows, [network.source, 0])
        columns = np.append(columns, [arcs, arcs])
        values = np.append(values, [1.0, -1.0])
    return sp.csr_array((values, (rows, columns)), (network.node_count, arcs + with_return))


def _value(network, flow):
    return float(flow[network.head == 0].sum())


# --- the barrier problem ---------------------------------------------------------------------


def numpy_dual_newton(network):
    """Newton's method on the dual with continuation in mu, dense Cholesky factorisation."""
    arcs = len(network.capacity)
    scale = 1 / network.largest
    u = np.append(network.capacity, network.return_capacity) * scale
    target = network.mu * scale
    tail = np.append(network.tail, 0)
    head = np.append(network.head, network.source)
    cost = np.zeros(arcs + 1)
    cost[-1] = -1
    n = network.node_count

    def evaluate(y, mu):
        r = cost + y[head] - y[tail]
        a = r * u
        s = np.sqrt(4 * mu * mu + a * a)
        q = 2 * mu + s
        flow = np.minimum(u, u * (2 * mu + (s - a)) / (2 * q))
        gradient = np.bincount(head, flow, n) - np.bincount(tail, flow, n)
        return flow, gradient, mu * u * u / (s * q)

    def laplacian(conductance):
        matrix = np.zeros(n * n)
        matrix += np.bincount(tail * n + head, conductance, n * n)
        matrix = matrix.reshape(n, n)
        matrix = -(matrix + matrix.T)
        matrix[np.diag_indices(n)] -= matrix.sum(axis=1)
        return matrix[1:, 1:]

    def solve():
        mu = max(0.5, target)
        y = np.zeros(n)
        y[-1] = 0.5
        best = np.inf
        stuck = 0
        for _ in range(500):
            _, gradient, conductance = evaluate(y, mu)
            largest = np.abs(gradient).max()
            if mu == target:
                if largest <= 1e-12:
                    break
                # The last digits: stop when steps no longer help.
                stuck = stuck + 1 if largest > 0.5 * best else 0
                best = min(best, largest)
                if stuck >= 3 and largest <= 1e-9:
                    break
            step = np.zeros(n)
            factor = scipy.linalg.cho_factor(laplacian(conductance), lower=True)
            step[1:] = scipy.linalg.cho_solve(factor, gradient[1:])
            slope = step @ gradient
            length = 1.0
            for _ in range(40):
                there = step @ evaluate(y + length * step, mu)[1]
                if there >= -0.1 * slope or slope < 1e-12 * mu:
                    break
                length *= min(0.7, max(0.1, slope / (slope - there)))
            y = y + length * step
            if length == 1 and mu > target and slope < mu:
                mu = max(target, 0.2 * mu)
        flow = evaluate(y, mu)[0][:-1] / scale
        return _value(network, flow), flow

    return solve


def cvxpy_barrier(solver):
    def build(network):
        import cvxpy
        __import__(solver.lower())

        # In shares of the capacities: Clarabel fails on flows as they are.
        scale = 1 / network.largest
        u = np.append(network.capacity, network.return_capacity) * scale
        share = cvxpy.Variable(len(u))
        objective = -u[-1] * share[len(u) - 1] - network.mu * scale * (
            cvxpy.sum(cvxpy.log(share)) + cvxpy.sum(cvxpy.log(1 - share))
        )
        conserved = [(_incidence(network, True)[1:] @ sp.diags_array(u)) @ share == 0]

        def solve():
            problem = cvxpy.Problem(cvxpy.Minimize(objective), conserved)
            problem.solve(solver=solver)
            if problem.status != "optimal":
                raise RuntimeError(problem.status)
            arcs = (u * share.value)[:-1] / scale
            return _value(network, arcs), arcs

        return solve

    return build


def cvxopt_barrier(network):
    """The same problem for CVXOPT's solver of smooth convex programs, derivatives given by hand."""
    from cvxopt import matrix, solvers, sparse, spdiag, spmatrix

    scale = 1 / network.largest
    u = np.append(network.capacity, network.return_capacity) * scale
    mu = network.mu * scale
    arcs = len(u)
    incidence = _incidence(network, True)[1:].tocoo()
    conserved = spmatrix(incidence.data.tolist(), incidence.row.tolist(),
                         incidence.col.tolist(), incidence.shape)

    def barrier(x=None, z=None):
        if x is None:
            return 0, matrix(u / 2)
        f = np.asarray(x).ravel()
        if f.min() <= 0 or (u - f).min() <= 0:
            return None
        value = -f[-1] - mu * (np.log(f).sum() + np.log(u - f).sum())
        gradient = mu / (u - f) - mu / f
        gradient[-1] -= 1
        first = sparse(matrix(gradient, (1, arcs)))
        if z is None:
            return value, first
        return value, first, spdiag(matrix(z[0] * mu * (1 / (u - f) ** 2 + 1 / f**2)))

    def solve():
        options = {"show_progress": False, "abstol": 1e-10, "reltol": 1e-10, "feastol": 1e-10}
        solution = solvers.cp(barrier, A=conserved, b=matrix(0.0, (incidence.shape[0], 1)),
                              options=options)
        if solution["status"] != "optimal":
            raise RuntimeError(solution["status"])
        flow = np.asarray(solution["x"]).ravel()[:-1] / scale
        return _value(network, flow), flow

    return solve


# --- plain maximum flow ----------------------------------------------------------------------


def highs(network):
    from scipy.optimize import linprog

    matrix = _incidence(network, True)[1:]
    cost = np.zeros(matrix.shape[1])
    cost[-1] = -1
    scale = 1 / network.largest
    upper = np.append(network.capacity, network.return_capacity) * scale
    bounds = np.column_stack([np.zeros(len(upper)), upper])

    def solve():
        result = linprog(
            cost, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=bounds, method="highs"
        )
        if result.status != 0:
            raise RuntimeError(result.message)
        flow = result.x[:-1] / scale
        return _value(network, flow), flow

    return solve


def networkx_flow(algorithm):
    def build(network):
        import networkx
        from networkx.algorithms import flow as algorithms

        graph = networkx.DiGraph()
        arcs = zip(network.tail.tolist(), network.head.tolist(), network.capacity.tolist())
        for tail, head, capacity in arcs:
            graph.add_edge(tail, head, capacity=capacity)

        def solve():
            value, by_node = networkx.maximum_flow(
                graph, network.source, 0, flow_func=getattr(algorithms, algorithm)
            )
            pairs = zip(network.tail.tolist(), network.head.tolist())
            return value, np.array([by_node[tail][head] for tail, head in pairs])

        return solve

    return build


def csgraph(network):
    """32-bit integers, scaled so that twice any flow fits; no arc needs more than any flow."""
    from scipy.sparse.csgraph import maximum_flow

    scale = 2**30 / network.bound
    capacity = np.minimum(network.capacity, network.bound)
    integers = np.floor(capacity * scale).astype(np.int32)
    n = network.node_count
    graph = sp.csr_array((integers, (network.tail, network.head)), (n, n))

    def solve():
        result = maximum_flow(graph, network.source, 0)
        flow = result.flow[network.tail, network.head]
        flow = np.asarray(flow.todense() if sp.issparse(flow) else flow).ravel() / scale
        return result.flow_value / scale, flow

    return solve


def ortools_flow(network):
    """64-bit integers, scaled so that twice any flow fits; no arc needs more than any flow."""
    from ortools.graph.python import max_flow

    scale = 2.0**61 / network.bound
    capacity = np.minimum(network.capacity, network.bound)
    solver = max_flow.SimpleMaxFlow()
    arcs = solver.add_arcs_with_capacity(
        network.tail, network.head, np.floor(capacity * scale).astype(np.int64)
    )

    def solve():
        status = solver.solve(network.source, 0)
        if status != solver.OPTIMAL:
            raise RuntimeError(f"status {status}")
        return solver.optimal_flow() / scale, np.array(solver.flows(arcs)) / scale

    return solve


PEERS = [
    ("CVXPY + Clarabel", "barrier", cvxpy_barrier("CLARABEL")),
    ("CVXPY + SCS", "barrier", cvxpy_barrier("SCS")),
    ("CVXOPT", "barrier", cvxopt_barrier),
    ("numpy dual Newton", "barrier", numpy_dual_newton),
    ("scipy linprog (HiGHS)", "maximum flow", highs),
    ("networkx preflow-push", "maximum flow", networkx_flow("preflow_push")),
    ("networkx dinitz", "maximum flow", networkx_flow("dinitz")),
    ("scipy csgraph, 32-bit integers", "maximum flow", csgraph),
    ("OR-Tools, 64-bit integers", "maximum flow", ortools_flow),
]
