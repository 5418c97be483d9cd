"""The least that a workload costs: bytes through memory and floating-point operations, and what this machine does of each."""
import time

import numpy as np


def machine():
    """Operations a second in matrix products and bytes a second in place, on all threads that numpy uses; best of five."""

    def best(call):
        times = []
        for _ in range(6):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        return min(times[1:])

    rates = {}
    for precision, kind in (("double", np.float64), ("float", np.float32)):
        a = np.full((2048, 2048), 0.5, kind)
        rates[precision] = 2 * 2048**3 / best(lambda: a @ a)
    state = np.ones(2**25)
    rates["memory"] = 2 * state.nbytes / best(lambda: np.multiply(state, 0.999, out=state))
    return rates


def cost(row):
    """(operations, bytes): of dense gates one by one, gradients as a forward and a backward pass over ket and bra.

    Bytes are one pass to write the state and one to read it, where it is larger than a cache: what no algorithm can avoid.
    """
    n, dimension = row.get("qubits"), 2 ** row.get("qubits")
    amplitude = 8 if row["precision"] == "float" else 16
    beyond_cache = 2 * amplitude * dimension if amplitude * dimension > 2**25 else 0
    workload = row["workload"]
    if workload.startswith("training-step"):
        return 116 * row["layers"] * n * dimension / 2 * row["batch"], 0
    if workload == "adjoint":
        # RY and RZ merge into one dense gate: forward 14 operations an amplitude; back on ket and bra, and the overlap.
        return 50 * row["layers"] * n * dimension, 2 * beyond_cache
    if workload == "kernel":
        return 4 * row["samples"] ** 2 * dimension, 0
    if workload == "qft":
        return (n * 4 + n * (n - 1) / 2 * 1.5) * dimension, beyond_cache
    depth = 4 if workload == "sampling" else 10
    return 14 * depth * n * dimension, beyond_cache
