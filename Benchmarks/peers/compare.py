"""Runs Hilbert and its peers in turns and writes a table of times, limits and ratios. Called by Benchmarks/compare."""
import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import subprocess
import sys

import limits

HERE = pathlib.Path(__file__).resolve().parent
STATE_PEERS = {"double": ["tensorcircuit", "scaluq", "qulacs", "lightning"], "float": ["qsim", "tensorcircuit", "scaluq", "lightning"]}


def rows():
    """Every row, with the peers that can be among the fastest and the ratio that is asked for."""
    for precision in ("float", "double"):
        for qubits in (4, 8, 10):
            for layers in (3, 10):
                for batch in (64, 256):
                    peers = ["pennylane_jax", "tensorcircuit"] + ["qulacs"] * (precision == "double" and layers == 3)
                    size = dict(qubits=qubits, layers=layers, batch=batch, precision=precision)
                    yield dict(size, workload="training-step", peers=peers, goal=10)
                    yield dict(size, workload="training-step-two-phase", peers=[], goal=None)
        for qubits in (4, 8, 12, 16, 20):
            # Above 4 qubits TensorCircuit compiles the 20 contractions of the observable for minutes.
            peers = ["mindquantum", "lightning"] + ["tensorcircuit"] * (qubits == 4) + ["qulacs"] * (precision == "double")
            yield dict(
                workload="adjoint", qubits=qubits, layers=5, precision=precision,
                peers=peers + ["scaluq"] * (qubits >= 16), goal=5 if qubits < 16 else 2)
        for qubits in (16, 20, 24):
            yield dict(
                workload="statevector", qubits=qubits, precision=precision, peers=STATE_PEERS[precision],
                goal=3 if precision == "double" else 1.5)
        for qubits in (22, 24):
            yield dict(
                workload="qft", qubits=qubits, precision=precision,
                peers=[p for p in STATE_PEERS[precision] if p != "tensorcircuit"], goal=2)
        for qubits in (4, 8, 12):
            for samples in (200, 1000):
                peers = ["tensorcircuit"] + ["qulacs"] * (precision == "double")
                yield dict(workload="kernel", qubits=qubits, samples=samples, precision=precision, peers=peers, goal=5)
        peers = ["scaluq", "lightning"] + ["qulacs"] * (precision == "double")
        yield dict(workload="sampling", qubits=20, precision=precision, peers=peers, goal=3)


def name(row):
    sizes = [f"{key} {row[key]}" for key in ("qubits", "layers", "batch", "samples") if key in row]
    return ", ".join([row["workload"], *sizes, row["precision"]])


def options(row):
    return [f"--{key}={row[key]}" for key in ("qubits", "layers", "batch", "samples", "precision") if key in row]


def measured(command, limit):
    """The line that a program prints, or the reason why there is none."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, cwd=HERE)
        return json.loads(done.stdout.strip().splitlines()[-1])
    except subprocess.TimeoutExpired:
        return f"took longer than {limit} s"
    except (IndexError, json.JSONDecodeError):
        reason = done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"]
        return reason[-1][:120]


def agree(row, ours, theirs):
    tolerance = 5e-3 if row["workload"] == "sampling" else 2e-3 if row["precision"] == "float" else 1e-7
    pairs = [(a, b) for a, b in zip(ours["checksum"], theirs["checksum"]) if b is not None]
    return all(abs(a - b) <= tolerance * max(1, abs(a)) for a, b in pairs)


def readable(seconds):
    unit, scale = next(u for u in (("s", 1), ("ms", 1e3), ("us", 1e6)) if seconds * u[1] >= 1 or u[0] == "us")
    return f"{seconds * scale:.3g} {unit}"


def compare(row, hilbert, budget, limit):
    """Ours, each peer, ours again: what the machine does in between touches both."""
    repeats = ["--repeat", "5"] if row["qubits"] >= 20 else []
    our_command = [hilbert, "benchmark", "speed", "--workload", row["workload"], *options(row), *repeats]
    ours, notes, peers = [measured(our_command, limit)], [], []
    for peer in row["peers"]:
        command = [sys.executable, str(HERE / "run_peer.py"), peer, row["workload"], *options(row), f"--budget={budget}"]
        line = measured(command, limit)
        if isinstance(line, str):
            notes.append(f"{name(row)}: {peer}: {line}")
        elif not agree(row, ours[0], line):
            notes.append(f"{name(row)}: {peer} gives {line['checksum']}, Hilbert {ours[0]['checksum']}: not counted")
        else:
            peers.append(line)
    ours.append(measured(our_command, limit))
    for line in ours:
        if isinstance(line, str):
            raise SystemExit(f"{name(row)}: {line}")
    return min(ours, key=lambda line: line["seconds"]), min(peers, key=lambda line: line["seconds"], default=None), notes


def table_row(row, ours, peer, rates):
    flops, transferred = limits.cost(row)
    limit = max(flops / rates[row["precision"]], transferred / rates["memory"])
    bound = "memory" if transferred / rates["memory"] >= limit else "operations"
    ratio = f"{peer['seconds'] / ours['seconds']:.2f}" if peer else "-"
    fastest = f"{peer['peer']} {readable(peer['seconds'])}" if peer else "-"
    return (
        f"| {name(row)} | {readable(limit)} ({bound}) | {readable(ours['seconds'])} | {fastest} | {ratio} |"
        f" {row['goal'] or '-'} |")


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def page(lines, rates, not_installed, notes, arguments):
    command = " ".join(["Benchmarks/compare", *arguments])
    missing = ", ".join(not_installed) or "none"
    pinned = ", ".join((HERE / "requirements.txt").read_text().split())
    return "\n".join([
        "# Performance", "",
        "Hilbert beside other simulators, run in turns in one sitting; all agree on the check values. Times are medians of one call,",
        "numbers bound inside, compilation outside. A ratio above 1 means that Hilbert is faster than the fastest peer.", "",
        f"- Command: `{command}`",
        f"- Date: {datetime.date.today()}",
        f"- Machine: {processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}",
        f"- Its limits, measured in this run: {rates['double'] / 1e9:.0f} GFLOP/s double and {rates['float'] / 1e9:.0f} single (matrix"
        f" products), {rates['memory'] / 1e9:.0f} GB/s in place (numpy, one thread)",
        f"- Load when it began: {os.getloadavg()[0]:.1f} running processes; the figures mean little above 0.5",
        f"- Peers: {pinned}; not installed: {missing}", "",
        "The limit is the larger of two times: the operations of dense gates one after the other at the first rate, and one pass of",
        "reading and writing the state at the second. An algorithm that needs fewer operations may pass the first.", "",
        "| workload | limit | Hilbert | fastest peer | ratio | goal |", "|---|---|---|---|---|---|", *lines, "",
        *(["Peers without a result here:", "", *[f"- {note}" for note in notes], ""] if notes else [])])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hilbert")
    parser.add_argument("--not-installed", type=pathlib.Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--budget", type=float, default=2.0)
    parser.add_argument("--limit", type=float, default=240.0)
    parser.add_argument("--output", type=pathlib.Path, default=HERE.parent.parent / "Documentation/Performance.md")
    options = parser.parse_args()
    not_installed = options.not_installed.read_text().split()
    if not_installed:
        print(f"Not installed, so not compared: {', '.join(not_installed)}", file=sys.stderr)
    rates, lines, notes = limits.machine(), [], []
    arguments = sys.argv[4:]
    for row in rows():
        if options.only and row["workload"] not in options.only:
            continue
        ours, peer, remarks = compare(row, options.hilbert, options.budget, options.limit)
        lines.append(table_row(row, ours, peer, rates))
        notes += remarks
        print(lines[-1], file=sys.stderr)
        options.output.write_text(page(lines, rates, not_installed, notes, arguments))


main()
