"""MindQuantum's state-vector simulator with its adjoint gradient and trajectories, and its density matrix."""
import mindquantum as mq
import numpy as np
from mindquantum.core import gates as g
from mindquantum.simulator import Simulator

import noise
import workloads as w


def adjoint(o):
    gates, angles = w.layered(o.qubits, o.layers or 5)
    terms = w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))]
    kind = mq.complex64 if o.precision == "float" else mq.complex128
    c, h = mq.Circuit(), mq.QubitOperator()
    for name, qubits, index in gates:
        c += g.X.on(qubits[1], qubits[0]) if index is None else {"ry": g.RY, "rz": g.RZ}[name](f"a{index}").on(qubits[0])
    for coefficient, word in terms:
        h += mq.QubitOperator(" ".join(f"{letter}{q}" for q, letter in word), coefficient)
    run = Simulator("mqvector", o.qubits, dtype=kind).get_expectation_with_grad(mq.Hamiltonian(h, dtype=kind), c)
    order = [int(name[1:]) for name in c.params_name]

    def checks(result):
        value, gradient = (np.real(np.asarray(part)).ravel() for part in result)
        ordered = np.empty(len(angles))
        ordered[order] = gradient
        return w.gradient_checks(value, ordered)

    return (lambda: run(angles[order])), checks, dict(
        n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


def noisy_circuit(o):
    c, third = mq.Circuit(), noise.ERROR / 3
    for name, qubits, angle in noise.gates(o.qubits, o.layers or 10):
        c += g.X.on(qubits[1], qubits[0]) if angle is None else {"ry": g.RY, "rz": g.RZ}[name](angle).on(qubits[0])
        for q in qubits:
            # Its DepolarizingChannel does not return on mqmatrix; this one is equal.
            c += g.PauliChannel(third, third, third).on(q)
            c += g.AmplitudeDampingChannel(noise.DECAY).on(q)
    return c


def density(o):
    kind = mq.complex64 if o.precision == "float" else mq.complex128
    c, s = noisy_circuit(o), Simulator("mqmatrix", o.qubits, dtype=kind)
    ends = [mq.Hamiltonian(mq.QubitOperator(f"Z{q}"), dtype=kind) for q in (0, o.qubits - 1)]

    def call():
        s.reset()
        s.apply_circuit(c)
        return [float(np.real(s.get_expectation(end))) for end in ends]

    return call, lambda r: [*r, float((np.abs(s.get_qs()) ** 2).sum())], noise.size(o)


def trajectories(o):
    kind = mq.complex64 if o.precision == "float" else mq.complex128
    c, s = noisy_circuit(o), Simulator("mqvector", o.qubits, dtype=kind, seed=1)
    for q in range(o.qubits):
        c += g.Measure(f"m{q}").on(q)

    def call():
        s.reset()
        return s.sampling(c, shots=o.shots, seed=1)

    return call, lambda r: noise.count_checks(r.data, o.qubits), noise.size(o)


WORKLOADS = {"adjoint": adjoint, "density": density, "trajectories": trajectories}
