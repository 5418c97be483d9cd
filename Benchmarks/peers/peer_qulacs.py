"""Qulacs: double precision only; its own optimizer merges gates where that is its best setting."""
import numpy as np
import qulacs
from qulacs.circuit import QuantumCircuitOptimizer

import noise
import workloads as w


def circuit(gates, n, block=2):
    c = qulacs.QuantumCircuit(n)
    for name, qubits, angle in gates:
        if name in ("rx", "ry", "rz"):
            getattr(c, f"add_Rot{name[1].upper()}_gate")(qubits[0], angle)
        elif name == "cp":
            c.add_gate(qulacs.gate.DiagonalMatrix(list(qubits), [1, 1, 1, np.exp(1j * angle)]))
        else:
            add = dict(h="add_H_gate", cx="add_CNOT_gate", cz="add_CZ_gate", swap="add_SWAP_gate")[name]
            getattr(c, add)(*qubits)
    if block:
        QuantumCircuitOptimizer().optimize(c, block)
    return c


def observable(terms, n):
    o = qulacs.Observable(n)
    for coefficient, word in terms:
        o.add_operator(coefficient, " ".join(f"{letter} {q}" for q, letter in word))
    return o


def state(gates, n, size, block):
    c, s, z = circuit(gates, n, block), qulacs.QuantumState(n), observable([(1.0, ((0, "Z"),))], n)

    def call():
        s.set_zero_state()
        c.update_quantum_state(s)
        return z.get_expectation_value(s)

    return call, lambda _: w.state_checks(s.get_vector(), True), dict(size, gates=len(gates))


def parametric(gates, n):
    c = qulacs.ParametricQuantumCircuit(n)
    for name, qubits, angle in gates:
        if angle is None:
            c.add_CNOT_gate(*qubits)
        else:
            getattr(c, f"add_parametric_{name.upper()}_gate")(qubits[0], 0.0)
    return c


def adjoint(o):
    gates, angles = w.layered(o.qubits, o.layers or 5)
    terms = w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))]
    c, h, s = parametric(gates, o.qubits), observable(terms, o.qubits), qulacs.QuantumState(o.qubits)

    def call():
        for index, angle in enumerate(angles):
            c.set_parameter(index, -angle)  # parametric gates turn the other way
        s.set_zero_state()
        c.update_quantum_state(s)
        return h.get_expectation_value(s), -np.array(c.backprop(h))

    return call, lambda r: w.gradient_checks(*r), dict(n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


def training_step(o):
    t = w.TrainingStep(o.qubits, o.layers or 3, o.batch)
    n, gates = t.n, [w.Gate("rx", (q,), 0) for q in range(t.n)]
    for layer in range(t.layers):
        gates += [w.Gate(name, (q,), 0) for q in range(n) for name in ("rz", "ry", "rz")]
        gates += [w.Gate("cx", pair) for pair in t.entanglers(layer)]
    c, s = parametric(gates, n), qulacs.QuantumState(n)
    zs = [observable([(1.0, ((q, "Z"),))], n) for q in range(n)]

    def call():
        for index, angle in enumerate(t.weights.ravel()):
            c.set_parameter(n + index, -angle)
        z, gradients = np.zeros((t.batch, n)), []
        for sample, row in enumerate(t.features):
            for q, x in enumerate(row):
                c.set_parameter(q, -x)
            s.set_zero_state()
            c.update_quantum_state(s)
            z[sample] = [o.get_expectation_value(s) for o in zs]
            share = np.exp(z[sample]) / np.exp(z[sample]).sum()
            share[t.labels[sample]] -= 1
            weighted = [(v / t.batch, ((q, "Z"),)) for q, v in enumerate(share)]
            gradients.append(-np.array(c.backprop(observable(weighted, n))))
        g = np.array(gradients)
        return t.loss_and_cotangents(z)[0], g[:, n:].sum(0).reshape(t.weights.shape), g[:, :n]

    return call, lambda r: t.checks(*r), dict(n=n, layers=t.layers, batch=t.batch)


def kernel(o):
    n, x = o.qubits, w.kernel_features(o.qubits, o.samples)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    c = qulacs.ParametricQuantumCircuit(n)
    for _ in range(2):
        for q in range(n):
            c.add_H_gate(q)
            c.add_parametric_RZ_gate(q, 0.0)
        for i, j in pairs:
            c.add_parametric_multi_Pauli_rotation_gate([i, j], [3, 3], 0.0)
    s = qulacs.QuantumState(n)

    def call():
        rows = np.empty((o.samples, 2**n), complex)
        for sample, row in enumerate(x):
            angles = np.concatenate([-2 * row, [-2 * (w.PI - row[i]) * (w.PI - row[j]) for i, j in pairs]])
            for index, angle in enumerate(np.tile(angles, 2)):
                c.set_parameter(index, angle)
            s.set_zero_state()
            c.update_quantum_state(s)
            rows[sample] = s.get_vector()
        return np.abs(rows.conj() @ rows.T) ** 2

    return call, w.kernel_checks, dict(n=n, samples=o.samples)


def sampling(o):
    depth = o.layers or 4
    c, s = circuit(w.brickwork(o.qubits, depth), o.qubits), qulacs.QuantumState(o.qubits)

    def call():
        s.set_zero_state()
        c.update_quantum_state(s)
        return s.sampling(o.shots, 1)

    return call, lambda r: w.sample_checks(r, o.qubits), dict(n=o.qubits, depth=depth, shots=o.shots)


def density(o):
    c, s = qulacs.QuantumCircuit(o.qubits), qulacs.DensityMatrix(o.qubits)
    for name, qubits, angle in noise.gates(o.qubits, o.layers or 10):
        if angle is None:
            c.add_CNOT_gate(*qubits)
        else:
            getattr(c, f"add_Rot{name[1].upper()}_gate")(qubits[0], angle)
        for q in qubits:
            c.add_gate(qulacs.gate.DepolarizingNoise(q, noise.ERROR))
            c.add_gate(qulacs.gate.AmplitudeDampingNoise(q, noise.DECAY))
    ends = [observable([(1.0, ((q, "Z"),))], o.qubits) for q in (0, o.qubits - 1)]

    def call():
        s.set_zero_state()
        c.update_quantum_state(s)
        return [end.get_expectation_value(s) for end in ends]

    return call, lambda r: [*r, float((np.abs(s.get_matrix()) ** 2).sum())], noise.size(o)


WORKLOADS = {
    "statevector": lambda o: state(
        w.brickwork(o.qubits, o.layers or 10), o.qubits, dict(n=o.qubits, depth=o.layers or 10), 2),
    "qft": lambda o: state(w.fourier(o.qubits), o.qubits, dict(n=o.qubits), 0),
    "adjoint": adjoint, "training-step": training_step, "kernel": kernel, "sampling": sampling, "density": density}
