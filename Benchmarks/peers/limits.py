"""The least that a workload costs: floating-point operations, and bytes through memory where its state is larger than a cache."""

CACHE = 2**25  # bytes; a larger state passes through memory


def cost(row):
    """(operations, bytes): of dense gates one by one, gradients as a forward and a backward pass over ket and bra.

    Bytes are one pass to write the state and one to read it: what no algorithm can avoid.
    """
    n, dimension = row["qubits"], 2 ** row["qubits"]
    amplitude = 8 if row["precision"] == "float" else 16
    beyond_cache = 2 * amplitude * dimension if amplitude * dimension > CACHE else 0
    workload = row["workload"]
    if workload == "training-step":
        return 116 * row["layers"] * n * dimension / 2 * row["batch"], 0
    if workload == "adjoint":
        # RY and RZ merge into one dense gate: forward 14 operations an amplitude; back on ket and bra, and the overlap.
        return 50 * row["layers"] * n * dimension, 2 * beyond_cache
    if workload == "kernel":
        return 4 * row["samples"] ** 2 * dimension, 0
    if workload == "qft":
        return (n * 4 + n * (n - 1) / 2 * 1.5) * dimension, beyond_cache
    if workload == "density":
        # RY and RZ with their noise are one real matrix on four components, CX with its noise another for each of its qubits.
        real = amplitude // 2 * 4**n
        return 7 * 2 * 10 * n * 4**n, 2 * real if real > CACHE else 0
    if workload == "trajectories":
        return 14 * 2 * 10 * n * dimension * row["shots"], 0  # the noise comes between RY and RZ
    depth = 4 if workload == "sampling" else 10
    return 14 * depth * n * dimension, beyond_cache


class Rates:
    """What the machine did at best in the slices of the sitting: the medians of what was measured at the start of each."""

    def __init__(self, results):
        lines = [line for result in results if result["section"] == "limits" for line in result["lines"]]
        self.threads = max(line["threads"] for line in lines)
        self.lines = lines

    def rate(self, limit, threads=None, **what):
        found = sorted(
            line["rate"] for line in self.lines
            if line["limit"] == limit and line["threads"] == (threads or self.threads) and what.items() <= line.items())
        return found[len(found) // 2]

    def operations(self, precision, threads=None):
        return self.rate("multiply-add", threads, precision=precision)

    def memory(self, threads=None):
        return self.rate("in-place", threads)

    def seconds(self, row):
        """The limit of a row, and what sets it."""
        operations, transferred = cost(row)
        by_operations, by_memory = operations / self.operations(row["precision"]), transferred / self.memory()
        return max((by_operations, "arithmetic"), (by_memory, "memory"))
