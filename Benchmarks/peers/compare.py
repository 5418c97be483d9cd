"""Measures Hilbert beside its peers and writes Documentation/Performance.md. Called by Benchmarks/compare, which says how."""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

import cold_start
import page
import rows
import sitting

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def parsed():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hilbert", type=pathlib.Path, required=True)
    parser.add_argument("--cold-start", type=pathlib.Path, required=True)
    parser.add_argument("--micro", type=pathlib.Path, required=True)
    parser.add_argument("--not-installed", type=pathlib.Path, required=True)
    parser.add_argument("--results", type=pathlib.Path, required=True)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "Documentation/Performance.md")
    return parser.parse_args()


def sections(options, session):
    """(section, name, work) of everything there is to measure, in the order of the document."""
    micro = options.micro
    # What the machine can do comes into every slice anew, so it is not among what has been measured.
    yield "limits", None, lambda: dict(lines=limits(micro, "--quick"))
    for row in rows.rows():
        yield row["workload"], rows.name(row), lambda row=row: dict(row=row, **session.compare(row))
    for row in rows.thread_rows():
        yield "threads", "threads: " + rows.name(row), lambda row=row: dict(row=row, **session.threads(row))
    start = str(options.cold_start)
    yield "cold-start", "cold start", lambda: dict(seconds=cold_start.measured(start, 1 if options.quick else 5))
    yield "kernels", "kernels", lambda: dict(lines=limits(micro))
    if "30-qubits" in options.only:
        yield "30-qubits", "30 qubits", lambda: dict(line=session.hilbert.turn(
            dict(workload="statevector", qubits=30, precision="float"), 0, 3600))


def limits(micro, *arguments):
    lines = subprocess.run([micro, "--limits", *arguments], capture_output=True, text=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def is_wanted(section, options):
    return not options.only or section in [*options.only, "limits"]


def compile_all(options, session):
    """What JAX would compile in the sitting, before it: minutes for each large shape. What is not counted comes last."""
    for peer in ("pennylane_jax", "tensorcircuit", "jax_hand"):
        for row in sorted(rows.rows(), key=lambda row: row["qubits"] * row.get("layers", 1)):
            if peer in row["peers"] and is_wanted(row["workload"], options):
                start = time.monotonic()
                notes = session.compare(dict(row, peers=[peer]), compiling=True)["notes"]
                print(f"{peer}: {rows.name(row)}: {time.monotonic() - start:.0f} s", *notes, sep="; ", file=sys.stderr, flush=True)


def measure(options, session, done):
    """Appends a line to the results for everything that is not there; stops between two of them when the time is over."""
    end = time.monotonic() + options.seconds
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    work = [
        part for part in sections(options, session) if is_wanted(part[0], options) and (part[1] is None or part[1] not in done)]
    for section, name, run in work if len(work) > 1 else []:
        if time.monotonic() > end:
            return print("The time is over; the same command goes on from here", file=sys.stderr)
        start, taken = time.monotonic(), datetime.datetime.now().isoformat(timespec="minutes")
        result = dict(section=section, name=name, commit=commit, taken=taken, load=os.getloadavg()[0], quick=options.quick, **run())
        with open(options.results, "a") as results:
            results.write(json.dumps(result) + "\n")
        print(f"{time.monotonic() - start:6.1f} s  {page.summary(result)}", file=sys.stderr)


def main():
    options = parsed()
    not_installed = dict(line.split(" ", 1) for line in options.not_installed.read_text().splitlines())
    session = sitting.Sitting(str(options.hilbert), not_installed, rounds=1 if options.quick else 3)
    try:
        if options.compile:
            return compile_all(options, session)
        if options.fresh:
            options.results.unlink(missing_ok=True)
        before = [json.loads(line) for line in options.results.read_text().splitlines()] if options.results.exists() else []
        measure(options, session, {result["name"] for result in before})
    finally:
        session.close()
    results = [json.loads(line) for line in options.results.read_text().splitlines()]
    options.output.write_text(page.text(results, not_installed))


main()
