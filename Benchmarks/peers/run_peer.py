"""Times one workload on one simulator and prints the line that `hilbert benchmark speed` prints.

Usage: run_peer.py PEER WORKLOAD [--qubits N] [--layers L] [--batch B] [--samples S] [--shots K] [--observable z0|ham]
                   [--precision float|double] [--threads T] [--budget SECONDS]
Timed is a call from numbers to result; building circuits and JAX's compilation are not.
"""
import argparse
import importlib
import json
import os
import resource
import statistics
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("peer")
parser.add_argument("workload")
parser.add_argument("--qubits", type=int, required=True)
parser.add_argument("--layers", type=int)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--samples", type=int, default=200)
parser.add_argument("--shots", type=int, default=1_000_000)
parser.add_argument("--observable", choices=["z0", "ham"], default="ham")
parser.add_argument("--precision", choices=["float", "double"], default="double")
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--budget", type=float, default=3.0)
options = parser.parse_args()

# The libraries read these when they are loaded.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "QULACS_NUM_THREADS"):
    os.environ[name] = str(options.threads)
os.environ["OMP_PROC_BIND"] = "false"
os.environ["JAX_PLATFORMS"] = "cpu"
if options.threads == 1:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # JAX counts the processors it may use

module = importlib.import_module(f"peer_{options.peer}")
call, checks, size = module.WORKLOADS[options.workload](options)


def timed(calls):
    start = time.perf_counter()
    for _ in range(calls):
        result = call()
    return (time.perf_counter() - start) / calls, result


first, result = timed(1)
second, result = timed(1)
calls, samples, spent = max(1, round(0.02 / second)), [], second
while len(samples) < 15 and (len(samples) < 3 or spent < options.budget):
    sample, result = timed(calls)
    spent += sample * calls
    samples.append(sample)
print(json.dumps({
    "workload": options.workload, "peer": options.peer, "variant": getattr(module, "VARIANT", ""), "size": size,
    "precision": "c64" if options.precision == "float" else "c128", "threads": options.threads,
    "seconds": statistics.median(samples), "best": min(samples), "first": first, "reps": len(samples),
    "checksum": [None if x is None else float(x) for x in checks(result)],
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)
os._exit(0)  # some libraries end with an abort of their own
