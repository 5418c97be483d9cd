"""The noisy circuit of the workloads density and trajectories, as a list of gates and channels that any simulator can be given."""
import workloads as w

# After every gate and on each of its qubits: X, Y or Z, each with a third of the first probability; then decay with the second.
ERROR, DECAY = 0.01, 0.02


def gates(n, depth):
    """RY and RZ on every qubit, then CX on every other pair of neighbours, in layers."""
    draws, gates = w.Draws(29), []
    for layer in range(depth):
        for q in range(n):
            gates += [w.Gate("ry", (q,), draws.between(0, 2 * w.PI)), w.Gate("rz", (q,), draws.between(0, 2 * w.PI))]
        gates += [w.Gate("cx", (q, q + 1)) for q in range(layer % 2, n - 1, 2)]
    return gates


def size(o):
    return dict(n=o.qubits, depth=o.layers or 10, gates=len(gates(o.qubits, o.layers or 10)))


def count_checks(counts, n):
    """<Z_0> and <Z_{n-1}> of {bit string with qubit 0 on the right: how often}."""
    shots = sum(counts.values())
    return [sum(count * (1 - 2 * int(bits[n - 1 - q])) for bits, count in counts.items()) / shots for q in (0, n - 1)]
