"""Values for the table of Circuits/README.md, by a state-vector simulation that shares nothing with Hilbert: numpy matrices, each circuit
written down again from its paper or textbook. OpenQASM 2 files go through Qiskit. Run: python circuit_values.py (numpy, qiskit)."""
import pathlib
import numpy as np
from math import pi, sin, cos, sqrt, acos

I2, X, Y, Z = np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])
H = np.array([[1, 1], [1, -1]]) / sqrt(2)
S, T = np.diag([1, 1j]), np.diag([1, np.exp(1j * pi / 4)])
PAULI = dict(X=X, Y=Y, Z=Z)


def rotation(axis, t):
    return cos(t / 2) * I2 - 1j * sin(t / 2) * axis


def P(t):
    return np.diag([1, np.exp(1j * t)])


class State:
    """2^n amplitudes; qubit 0 is the last axis."""

    def __init__(self, n):
        self.n, self.a = n, np.zeros([2] * n, complex)
        self.a[(0,) * n] = 1

    def gate(self, m, q, ones=(), zeros=()):
        axis = lambda k: self.n - 1 - k
        index = [slice(None)] * self.n
        for k in ones:
            index[axis(k)] = slice(1, 2)
        for k in zeros:
            index[axis(k)] = slice(0, 1)
        part = self.a[tuple(index)]
        self.a[tuple(index)] = np.moveaxis(np.tensordot(m, part, (1, axis(q))), 0, axis(q))
        return self

    def cx(self, c, t):
        return self.gate(X, t, [c])

    def value(self, text):
        total, flat = 0, self.a.reshape(-1)
        for coefficient, word in text:
            other = State(self.n)
            other.a = self.a.copy()
            for factor in word.split():
                other.gate(PAULI[factor[0]], int(factor[1:]))
            total += coefficient * np.vdot(flat, other.a.reshape(-1)).real
        return total

    def probabilities(self, least=1e-9):
        p = np.abs(self.a.reshape(-1)) ** 2
        return {format(k, f"0{self.n}b"): round(float(v), 8) for k, v in enumerate(p) if v > least}


def show(name, *values):
    print(f"{name:44s}", *values)


def hardware_efficient(w):
    s = State(4)
    for layer in range(3):
        for i in range(4):
            s.gate(rotation(Y, w[8 * layer + 2 * i]), i).gate(rotation(Z, w[8 * layer + 2 * i + 1]), i)
        if layer < 2:
            for i in range(3):
                s.gate(Z, i + 1, [i])
    return s.value([(1, "Z0 Z1"), (1, "Z1 Z2"), (1, "Z2 Z3")])


def strongly_entangling(w, n, layers, data=(), ranges=(1, 2, 3)):
    s = State(n)
    for i, x in enumerate(data):
        s.gate(rotation(X, x), i)
    for layer in range(layers):
        for i in range(n):
            for k, axis in enumerate((Z, Y, Z)):
                s.gate(rotation(axis, w[3 * n * layer + 3 * i + k]), i)
        for i in range(n):
            s.cx(i, (i + ranges[layer]) % n)
    return s


def qaoa(n, edges, gamma, beta):
    s = State(n)
    for i in range(n):
        s.gate(H, i)
    for g, b in zip(gamma, beta):
        for u, v in edges:  # exp(-i g cut): rz(-g) on the parity
            s.cx(u, v).gate(rotation(Z, -g), v).cx(u, v)
        for i in range(n):
            s.gate(rotation(X, 2 * b), i)
    return s.value([(0.5 * len(edges), "")] + [(-0.5, f"Z{u} Z{v}") for u, v in edges])


H2 = [(-0.09706626816762845, ""), (0.17141282644776884, "Z0"), (0.17141282644776884, "Z1"), (-0.2234315369081346, "Z2"),
      (-0.2234315369081346, "Z3"), (0.16868898170361205, "Z0 Z1"), (0.12062523483390425, "Z0 Z2"), (0.16592785033770352, "Z0 Z3"),
      (0.16592785033770352, "Z1 Z2"), (0.12062523483390425, "Z1 Z3"), (0.1744128761226159, "Z2 Z3"), (-0.04530261550379928, "X0 X1 Y2 Y3"),
      (0.04530261550379928, "X0 Y1 Y2 X3"), (0.04530261550379928, "Y0 X1 X2 Y3"), (-0.04530261550379928, "Y0 Y1 X2 X3")]


def h2(theta):
    s = State(4).gate(X, 0).gate(X, 1)
    # |1100> in the order q2 q3 q0 q1 = 0011 -> cos |0011> + sin |1100>.
    a = s.a.copy()
    low, high = (0, 0, 1, 1), (1, 1, 0, 0)
    s.a[low], s.a[high] = cos(theta / 2) * a[low] - sin(theta / 2) * a[high], sin(theta / 2) * a[low] + cos(theta / 2) * a[high]
    return s.value(H2)


def ground_energy():
    matrix = np.zeros((16, 16), complex)
    for coefficient, word in H2:
        term = np.eye(1)
        factors = {int(f[1:]): PAULI[f[0]] for f in word.split()}
        for q in reversed(range(4)):
            term = np.kron(term, factors.get(q, I2))
        matrix += coefficient * term
    return np.linalg.eigvalsh(matrix)[0]


def trotter_ising():
    s = State(5)
    for _ in range(4):
        for i in range(4):
            s.cx(i, i + 1).gate(rotation(Z, -0.5), i + 1).cx(i, i + 1)
        for i in range(5):
            s.gate(rotation(X, -0.5), i)
    return s.value([(1, "Z0")])


def exchange(s, t, a, b):
    """exp(-i t (XX + YY + ZZ)); the three commute."""
    for axis in (X, Y, Z):
        n, flat = s.n, s.a.copy()
        other = State(n)
        other.a = flat.copy()
        other.gate(axis, a).gate(axis, b)
        s.a = cos(t) * flat - 1j * sin(t) * other.a


def heisenberg():
    s = State(3).gate(X, 0)
    for _ in range(3):
        exchange(s, 0.2, 0, 1)
        exchange(s, 0.2, 1, 2)
    return s.value([(1, "Z0"), (1, "Z1"), (1, "Z2")]), s.value([(1, "Z0")])


def zz_map(x):
    s = State(2)
    for _ in range(2):
        s.gate(H, 0).gate(H, 1).gate(P(2 * x[0]), 0).gate(P(2 * x[1]), 1)
        s.cx(0, 1).gate(P(2 * (pi - x[0]) * (pi - x[1])), 1).cx(0, 1)
    return s.value([(1, "Z0 Z1")])


def iqp(x):
    s = State(3)
    for i in range(3):
        s.gate(H, i)
    for i in range(3):
        s.gate(rotation(Z, x[i]), i)
    for i in range(2):
        for j in range(i + 1, 3):
            s.cx(i, j).gate(rotation(Z, x[i] * x[j]), j).cx(i, j)
    return s.value([(1, "X0")]), s.value([(1, "X1 X2")])


def reuploading(x, w):
    s = State(1)
    for layer in range(3):
        s.gate(rotation(Y, w[2 * layer] * x + w[2 * layer + 1]), 0).gate(rotation(Z, x), 0)
    return s.value([(1, "Z0")])


def iris(x, w):
    s = State(4)
    for layer in range(2):
        for i in range(4):
            s.gate(rotation(Y, x[i]), i)
        for i in range(4):
            s.gate(rotation(Y, w[8 * layer + 2 * i]), i).gate(rotation(Z, w[8 * layer + 2 * i + 1]), i)
        for i in range(3):
            s.cx(i, i + 1)
    return [s.value([(1, f"Z{i}")]) for i in range(3)]


def adversarial(x, theta):
    s = State(4)
    for layer in range(8):
        for i in range(4):
            s.gate(rotation(X if layer % 2 == 0 else Z, x[4 * layer + i] + theta[4 * layer + i]), i)
    s.cx(0, 1).cx(2, 3).cx(1, 2)
    return s.value([(1, "Z2")])


def brickwork24_small(n, layers):
    """The formula of brickwork-24 on n qubits."""
    s = State(n)
    for layer in range(layers):
        for i in range(n):
            s.gate(rotation(X, 0.1 + 0.37 * layer + 0.23 * i), i).gate(rotation(Y, 0.7 + 0.41 * layer + 0.29 * i), i)
            s.gate(rotation(Z, 1.3 + 0.43 * layer + 0.31 * i), i)
        for i in range(layer % 2, n - 1, 2):
            s.gate(X if layer % 2 == 0 else Z, i + 1, [i])
    return s


def modifiers():
    s = State(4)
    for i in range(4):
        s.gate(H, i)

    def turn(a, b, f, g, ones=(), back=False):
        steps = [(rotation(X, a), f, ()), (X, g, (f,)), (rotation(Z, b), g, ())]
        if back:
            steps = [(m.conj().T, q, c) for m, q, c in reversed(steps)]
        for m, q, c in steps:
            s.gate(m, q, tuple(c) + tuple(ones))

    turn(0.3, 0.8, 1, 2, ones=(0,))
    s.gate(rotation(Y, 0.7), 0, ones=(3,), zeros=(1,))
    turn(0.5, -0.4, 2, 3, back=True)
    for _ in range(3):
        s.gate(T, 1)
    s.gate(S.conj(), 2, ones=(0, 3))
    turn(0.2, 0.1, 3, 0, back=True)
    turn(0.2, 0.1, 3, 0, back=True)
    s.gate(P(0.9), 2)
    u = 0.5 * np.array([[1 + np.exp(0.4j), -1j * np.exp(0.6j) * (1 - np.exp(0.4j))],
                        [1j * np.exp(0.5j) * (1 - np.exp(0.4j)), np.exp(1.1j) * (1 + np.exp(0.4j))]])
    s.gate(u, 3, ones=(0,))
    return s


if __name__ == "__main__":
    tenth = [0.1 * (k + 1) for k in range(45)]
    show("hardware-efficient-4", hardware_efficient(tenth[:24]))
    show("strongly-entangling-4", strongly_entangling(tenth[:12], 4, 1).value([(1, "Z0")]))
    show("image-classification", *[strongly_entangling(tenth, 5, 3, tenth[:5]).value([(1, f"Y{i}")]) for i in range(5)])
    show("qaoa-ring-4", qaoa(4, [(0, 1), (1, 2), (2, 3), (3, 0)], [pi / 4], [pi / 8]))
    show("qaoa-complete-3-depth-2", qaoa(3, [(0, 1), (1, 2), (0, 2)], [0.4, 0.9], [0.7, 0.3]))
    show("h2 at 0 and 0.2254", h2(0), h2(-0.22543), h2(0.22543), "ground", ground_energy())
    show("tfim-trotter-5", trotter_ising())
    show("heisenberg-trotter-3", *heisenberg())
    show("zz-map-2", zz_map([0.4, 1.3]))
    show("iqp-3", *iqp([0.3, -0.8, 1.1]))
    show("reuploading-1", reuploading(0.7, tenth[:6]))
    show("iris-classifier", *iris(tenth[:4], tenth[:16]))
    show("adversarial-block", adversarial([0.05 * k for k in range(32)], [0.1 - 0.03 * k for k in range(32)]))
    m = modifiers()
    show("modifiers", m.value([(1, "Z0")]), m.value([(1, "X1 Y2")]), m.value([(1, "Z3")]))
    # The light cone of Z0 in ten layers of the brick pattern reaches 11 qubits.
    show("brickwork-24 <Z0>", brickwork24_small(12, 10).value([(1, "Z0")]))
    from qiskit import QuantumCircuit
    from qiskit.quantum_info import Statevector, SparsePauliOp
    root = pathlib.Path(__file__).resolve().parents[3] / "Circuits"
    for name, words in [("random/brickwork-6", ["Z0", "X2", "Z4"]), ("random/clifford-5", ["Z0", "Z4"]), ("gates/qelib1", ["Z0", "X1", "Y2"])]:
        circuit = QuantumCircuit.from_qasm_file(root / f"{name}.qasm")
        circuit.remove_final_measurements()
        state = Statevector(circuit)
        n = circuit.num_qubits
        values = []
        for word in words:
            labels = ["I"] * n
            for f in word.split():
                labels[n - 1 - int(f[1:])] = f[0]
            values.append(state.expectation_value(SparsePauliOp("".join(labels))).real)
        show(name, *values, {k: round(float(v), 8) for k, v in list(state.probabilities_dict().items())[:8] if v > 1e-9})
    import qiskit.qasm3
    for name, words in [("random/volume-4", ["Z0", "X1 Z3"])]:
        circuit = qiskit.qasm3.load(str(root / f"{name}.qasm"))
        state = Statevector(circuit)
        n = circuit.num_qubits
        values = []
        for word in words:
            labels = ["I"] * n
            for f in word.split():
                labels[n - 1 - int(f[1:])] = f[0]
            values.append(state.expectation_value(SparsePauliOp("".join(labels))).real)
        show(name, *values)
