"""One simulator at one precision, asked line by line: what compare.py starts, and stops while another program is timed.

Usage: run_peer.py PEER[:SETTING] float|double [--threads T]
Each line of the input is a JSON object, and so is each answer:
  {"workload": "training-step", "qubits": 4, ...}  builds and compiles it and calls it once: {"checksum": [...], "first": seconds}
  {"turn": 5, "spend": 1.0}                        times it: {"seconds": [...]}, up to 5 samples of 20 ms or more
Timed is a call from numbers to result; building circuits and JAX's compilation are not.
"""
import argparse
import gc
import importlib
import json
import os
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("peer")
parser.add_argument("precision", choices=["float", "double"])
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()
peer, _, setting = options.peer.partition(":")

# The libraries read these when they are loaded.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "QULACS_NUM_THREADS"):
    os.environ[name] = str(options.threads)
os.environ["OMP_PROC_BIND"] = "false"
os.environ["JAX_PLATFORMS"] = "cpu"
if options.threads == 1:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # JAX counts the processors it may use

# What the libraries print must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def answer(**fields):
    print(json.dumps(fields), file=answers, flush=True)


def timed(call, calls):
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls


def measured(call, samples, spend):
    """At least one sample, and no further one when `spend` seconds are over."""
    once = timed(call, 1)
    calls, seconds, spent = max(1, round(0.02 / once)), [], 0.0
    while len(seconds) < samples and (not seconds or spent < spend):
        seconds.append(timed(call, calls))
        spent += seconds[-1] * calls
    return seconds


module = importlib.import_module(f"peer_{peer}")
call = None
for line in sys.stdin:
    question = json.loads(line)
    if "turn" in question:
        answer(seconds=measured(call, question["turn"], question["spend"]))
        continue
    call = checks = result = None  # the state of the last workload goes before the next one comes
    gc.collect()
    row = argparse.Namespace(**{**dict(layers=None, batch=64, samples=200, shots=1_000_000, observable="ham"), **question})
    row.peer, row.setting, row.threads, row.precision = peer, setting, options.threads, options.precision
    call, checks, _ = module.WORKLOADS[row.workload](row)
    start = time.perf_counter()
    result = call()
    first = time.perf_counter() - start
    answer(checksum=[None if x is None else float(x) for x in checks(result)], first=first)
    result = None
os._exit(0)  # some libraries end with an abort of their own
