#!/usr/bin/env python3
"""Solves networks with Attention Flow and with other programs and prints one table.

    ./attnflow bench --tokens 24 --export net24.json
    pip install -r benchmarks/peers/requirements.txt
    python3 benchmarks/peers/solve_networks.py net24.json ... [--output table.md]

Every solve runs in a process of its own with one thread and a time limit. Times are medians of the
solve alone: building a peer's data structures, the start of Java and reading files do not count.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import datetime
import importlib.metadata
import json
import multiprocessing
import pathlib
import platform
import subprocess
import sys
import time

import numpy as np

import networks
import solvers

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ("numpy", "scipy", "networkx", "cvxpy", "clarabel", "scs", "cvxopt", "ortools")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="network files, JSON, possibly gzipped")
    parser.add_argument("--mu-relative", type=float, help="instead of that of the file")
    parser.add_argument("--time-limit", type=float, default=120,
                        help="seconds per solver, building and all its solves (120)")
    parser.add_argument("--runs", type=int, default=5, help="solves per solver (5)")
    parser.add_argument("--attnflow", default=str(ROOT / "attnflow"), help="the launcher")
    parser.add_argument("--solvers", default="barrier", help="of ours, with commas (barrier)")
    parser.add_argument("--output", type=pathlib.Path, help="also write the table to this file")
    options = parser.parse_args()
    lines = heading(options)
    for file in options.files:
        lines += table(file, options)
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if options.output:
        options.output.write_text(text, encoding="utf-8", newline="\n")


def heading(options):
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{package} not installed")
    run = lambda *command: subprocess.run(command, capture_output=True, text=True)
    java = run(os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ
               else "java", "-version").stderr.splitlines()[0]
    commit = run("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD").stdout.strip()
    load = os.getloadavg()
    return [
        f"Date {datetime.date.today()}, commit {commit}, {processor()} "
        f"({os.cpu_count()} processors seen, one thread used; load {load[0]:.1f} before the run, "
        "so times of a busy machine are longer than those of an idle one).",
        f"Python {platform.python_version()}; {', '.join(versions)}. Java: {java}.",
        f"Time limit {options.time_limit:g} s per solver; median of up to {options.runs} solves, "
        f"no new one after {options.time_limit / 3:g} s.",
    ]


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def table(file, options):
    network = networks.read(file, options.mu_relative)
    lines = [
        "",
        f"**{network.name}**: {network.layers} layers, {network.tokens} tokens, "
        f"{len(network.capacity)} arcs on a path, relative mu {network.mu / network.largest:.3g}, "
        f"load {os.getloadavg()[0]:.1f}",
        "",
        "| solver | problem | time | value | value against ours | scores against ours"
        " | conservation residual |",
        "|---|---|---|---|---|---|---|",
    ]
    ours = None
    for name in options.solvers.split(","):
        for small in (False, True):
            mu = network.mu * (1e-3 if small else 1)
            label = f"attnflow {name}" + (", mu / 1000" if small else "")
            try:
                result = attnflow(file, name, mu, options)
            except RuntimeError as error:
                lines.append(f"| {label} | | {error} | | | | |")
                continue
            ours = ours or result
            seconds = f"{time_text(result['warm'])} (first solve {time_text(result['seconds'])})"
            lines.append(row(label, "barrier" if result["unique"] else "maximum flow",
                             seconds, result, ours))
            if not result["unique"]:
                break
    for name, problem, build in solvers.PEERS:
        lines.append(peer_row(name, problem, build, network, ours, options))
        print(lines[-1], file=sys.stderr)
    return lines


def attnflow(file, solver, mu, options):
    """Ours: the first solve of a process, and the median of warm solves."""
    arguments = ["--solver", solver, "--mu-absolute", repr(mu), "--json"]
    solve = [options.attnflow, "solve", str(file), *arguments]
    bench = [options.attnflow, "bench", str(file), "--runs", str(options.runs), *arguments]
    outputs = []
    for command in (solve, bench):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip().splitlines()[-1])
        outputs.append(json.loads(done.stdout))
    return {
        "value": outputs[0]["value"],
        "scores": np.array(outputs[0]["tokenOutflow"]),
        "residual": outputs[0]["conservationResidual"],
        "unique": outputs[0]["unique"],
        "seconds": outputs[0]["seconds"],
        "warm": outputs[1]["seconds"],
    }


def peer_row(name, problem, build, network, ours, options):
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=measure, args=(build, network, options, send))
    process.start()
    send.close()
    result = None
    deadline = time.monotonic() + options.time_limit
    while time.monotonic() < deadline:
        if receive.poll(max(0, min(1, deadline - time.monotonic()))):
            try:
                result = receive.recv()
            except EOFError:
                result = {"failure": "ended without a result"}
            break
    process.terminate()
    process.join()
    if result is None:
        return f"| {name} | {problem} | more than {options.time_limit:g} s | | | | |"
    if "failure" in result:
        return f"| {name} | {problem} | {result['failure']} | | | | |"
    return row(name, problem, time_text(result["seconds"]), result, ours)


def measure(build, network, options, send):
    start = time.perf_counter()
    try:
        solve = build(network)
        times = []
        while len(times) < options.runs and sum(times) < options.time_limit / 3:
            start = time.perf_counter()
            value, flow = solve()
            times.append(time.perf_counter() - start)
        send.send({
            "value": value,
            "scores": network.scores(flow),
            "residual": network.residual(flow),
            "seconds": float(np.median(times)),
        })
    except ImportError:
        send.send({"failure": "not installed"})
    except Exception as error:  # a peer that fails is a row of the table, not the end of it
        words = f"{type(error).__name__}: {error}".splitlines()[0][:80]
        after = time_text(time.perf_counter() - start)
        send.send({"failure": f"failed after {after}: {words}"})


def row(name, problem, seconds, result, ours):
    value = f"{result['value']:.9g}"
    if ours is None:
        return f"| {name} | {problem} | {seconds} | {value} | | | {result['residual']:.1e} |"
    change = (result["value"] - ours["value"]) / ours["value"]
    scores = np.abs(result["scores"] - ours["scores"]).max() / ours["scores"].max()
    return (f"| {name} | {problem} | {seconds} | {value} | {change:+.1e} | {scores:.1e}"
            f" | {result['residual']:.1e} |")


def time_text(seconds):
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


if __name__ == "__main__":
    main()
