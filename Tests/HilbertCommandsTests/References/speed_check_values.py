"""Check values of the speed workloads at small sizes, from dense matrices; writes speed_check_values.json beside this file.

Every number is drawn from SplitMix64 (Steele, Lea, Flood 2014), so that any simulator can be given the same circuits. Gates act
through numpy on an array of one axis a qubit; gradients come from the two-term shift rule, exact for these rotations.
Run: python3 speed_check_values.py (needs numpy).
"""
import json
import pathlib

import numpy as np

PI = np.pi


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        wrap = 2**64 - 1
        self.state = self.state + 0x9E3779B97F4A7C15 & wrap
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & wrap
        z = (z ^ z >> 27) * 0x94D049BB133111EB & wrap
        return ((z ^ z >> 31) >> 11) / 2**53

    def array(self, low, high, *shape):
        return np.array([low + (high - low) * self() for _ in range(int(np.prod(shape)))]).reshape(shape)

    def below(self, count):
        return int(self() * count)


PAULI = dict(X=np.array([[0, 1], [1, 0]]), Y=np.array([[0, -1j], [1j, 0]]), Z=np.diag([1, -1]))


def rotation(axis, angle):
    """exp(-i angle P / 2) for each angle: shape (..., 2, 2)."""
    angle = np.asarray(angle)[..., None, None]
    return np.cos(angle / 2) * np.eye(2) - 1j * np.sin(angle / 2) * PAULI[axis]


class States:
    """A batch of pure states; axis 0 counts samples, axis n - q is qubit q, so that qubit 0 is the lowest bit of an index."""

    def __init__(self, qubits, samples=1):
        self.qubits = qubits
        self.array = np.zeros((samples,) + (2,) * qubits, complex)
        self.array[(slice(None),) + (0,) * qubits] = 1

    def axis(self, qubit):
        return self.qubits - qubit

    def apply(self, matrix, qubit):
        """One matrix for all samples, or one for each."""
        a = np.moveaxis(self.array, self.axis(qubit), 1)
        shape = a.shape
        out = np.matmul(matrix, a.reshape(shape[0], 2, -1))
        self.array = np.moveaxis(out.reshape(shape), 1, self.axis(qubit))

    def view(self, **values):
        """The amplitudes whose qubits have these values: view(q0=1, q3=0)."""
        index = [slice(None)] * (self.qubits + 1)
        for name, value in values.items():
            index[self.axis(int(name[1:]))] = value
        return tuple(index)

    def cx(self, control, target):
        zero, one = (self.view(**{f"q{control}": 1, f"q{target}": v}) for v in (0, 1))
        self.array[zero], self.array[one] = self.array[one].copy(), self.array[zero].copy()

    def phase(self, angles, *qubits):
        where = self.view(**{f"q{q}": 1 for q in qubits})
        part = self.array[where]
        self.array[where] = part * np.exp(1j * np.broadcast_to(angles, len(part))).reshape((-1,) + (1,) * (part.ndim - 1))

    def swap(self, a, b):
        self.array = np.swapaxes(self.array, self.axis(a), self.axis(b)).copy()

    @property
    def rows(self):
        return self.array.reshape(len(self.array), -1)

    @property
    def probabilities(self):
        return np.abs(self.rows) ** 2

    def z(self, qubit):
        signs = 1 - 2 * (np.arange(2**self.qubits) >> qubit & 1)
        return self.probabilities @ signs


def state_values(state):
    n, p = state.qubits, state.probabilities[0]
    last = 2**n - 1
    amplitudes = [state.rows[0, last * k // 15] for k in range(16)]
    return dict(
        checksum=[state.z(0)[0], state.z(n - 1)[0], 2**n * (p**2).sum()],
        amplitudes=[[a.real, a.imag] for a in amplitudes])


def brickwork(n, depth):
    draw, state = SplitMix64(7), States(n)
    for layer in range(depth):
        angles = draw.array(0, 2 * PI, n, 3)
        for q in range(n):
            for axis, angle in zip("XYZ", angles[q]):
                state.apply(rotation(axis, angle), q)
        for q in range(layer % 2, n - 1, 2):
            state.phase(PI, q, q + 1) if layer % 2 else state.cx(q, q + 1)
    return state


def fourier(n):
    draw, state = SplitMix64(11), States(n)
    for q in range(n):
        state.apply(rotation("Y", PI * draw()), q)
        state.apply(rotation("Z", 2 * PI * draw()), q)
    for i in range(n):
        state.apply(np.array([[1, 1], [1, -1]]) / np.sqrt(2), i)
        for j in range(i + 1, n):
            state.phase(PI / 2 ** (j - i), j, i)
    for i in range(n // 2):
        state.swap(i, n - 1 - i)
    return state


def hamiltonian(n):
    draw, terms = SplitMix64(5), {}
    while len(terms) < 20:
        weight, order = 1 + draw.below(3), list(range(n))
        for i in range(weight):
            j = i + draw.below(n - i)
            order[i], order[j] = order[j], order[i]
        word = tuple((q, "XYZ"[draw.below(3)]) for q in sorted(order[:weight]))
        if word not in terms:
            terms[word] = -1 + 2 * draw()
    return terms


def adjoint(n, layers, observable):
    angles = SplitMix64(3).array(0, 2 * PI, 2 * n * layers)
    terms = {((0, "Z"),): 1.0} if observable == "z0" else hamiltonian(n)

    def value(angles):
        state, k = States(n), 0
        for _ in range(layers):
            for q in range(n):
                state.apply(rotation("Y", angles[k]), q)
                state.apply(rotation("Z", angles[k + 1]), q)
                k += 2
            for q in range(n - 1):
                state.cx(q, q + 1)
        total = 0
        for word, coefficient in terms.items():
            image = States(n)
            image.array = state.array
            for q, name in word:
                image.apply(PAULI[name], q)
            total += coefficient * np.vdot(state.array, image.array).real
        return total

    shift = np.eye(len(angles)) * PI / 2
    g = np.array([(value(angles + e) - value(angles - e)) / 2 for e in shift])
    return [value(angles), (g**2).sum(), g[1], g[len(g) // 2]]


def training_step(n, layers, batch):
    draw = SplitMix64(17)
    weights, features = draw.array(0, 2 * PI, layers, n, 3), draw.array(-PI, PI, batch, n)
    labels = np.array([draw.below(n) for _ in range(batch)])

    def outputs(weights, features):
        state = States(n, batch)
        for q in range(n):
            state.apply(rotation("X", features[:, q]), q)
        for layer in range(layers):
            for q in range(n):
                for axis, angle in zip("ZYZ", weights[layer, q]):
                    state.apply(rotation(axis, angle), q)
            for q in range(n):
                state.cx(q, (q + layer % (n - 1) + 1) % n)
        return np.stack([state.z(q) for q in range(n)], 1)

    z = outputs(weights, features)
    softmax = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    loss = -np.log(softmax[np.arange(batch), labels]).mean()
    cotangents = (softmax - np.eye(n)[labels]) / batch

    def slope(weight_shift, feature_shift):
        up = outputs(weights + weight_shift, features + feature_shift)
        down = outputs(weights - weight_shift, features - feature_shift)
        return (cotangents * (up - down) / 2).sum(1)

    dw = np.array([slope(e.reshape(weights.shape), 0).sum() for e in np.eye(weights.size) * PI / 2]).reshape(weights.shape)
    dx = np.stack([slope(0, e) for e in np.eye(n) * PI / 2], 1)
    return [loss, (dw**2).sum(), 1000 * (dx**2).sum(), dw[0, 0, 1], 1000 * dx[0, 1]]


def kernel(n, samples):
    x, state = SplitMix64(23).array(0, PI, samples, n), States(n, samples)
    for _ in range(2):
        for q in range(n):
            state.apply(np.array([[1, 1], [1, -1]]) / np.sqrt(2), q)
            state.phase(2 * x[:, q], q)
        for i in range(n):
            for j in range(i + 1, n):
                state.cx(i, j)
                state.phase(2 * (PI - x[:, i]) * (PI - x[:, j]), j)
                state.cx(i, j)
    k = np.abs(state.rows.conj() @ state.rows.T) ** 2
    return [k.mean(), k[0, 1], k[1, 2], np.trace(k)]


def density(n, depth):
    """Kraus operators on a matrix with one axis a qubit for rows (0 ... n-1) and for columns (n ... 2n-1), qubit 0 first."""
    draw = SplitMix64(29)
    rho = np.zeros((2,) * (2 * n), complex)
    rho[(0,) * (2 * n)] = 1

    def on(matrix, axes):
        k = len(axes)
        moved = np.tensordot(matrix.reshape((2,) * (2 * k)), rho, (range(k, 2 * k), axes))
        return np.moveaxis(moved, range(k), axes)

    def both(matrix, qubits):
        nonlocal rho
        held = rho
        rho = on(matrix, qubits)
        result = on(matrix.conj(), [n + q for q in qubits])
        rho = held
        return result

    damping = [np.diag([1, np.sqrt(0.98)]), np.array([[0, np.sqrt(0.02)], [0, 0]])]
    cx = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    for layer in range(depth):
        angles = draw.array(0, 2 * PI, n, 2)
        gates = [g for q in range(n) for g in ((rotation("Y", angles[q, 0]), [q]), (rotation("Z", angles[q, 1]), [q]))]
        gates += [(cx, [q, q + 1]) for q in range(layer % 2, n - 1, 2)]
        for matrix, qubits in gates:
            rho = both(matrix, qubits)
            for q in qubits:
                rho = 0.99 * rho + 0.01 / 3 * sum(both(p, [q]) for p in PAULI.values())
                rho = sum(both(k, [q]) for k in damping)
    matrix = rho.reshape(2**n, 2**n)
    diagonal = matrix.diagonal().real.reshape((2,) * n)
    z = [np.moveaxis(diagonal, q, 0).reshape(2, -1).sum(1) @ [1, -1] for q in (0, n - 1)]
    return z + [(np.abs(matrix) ** 2).sum()]


rows = []
for n, depth in [(2, 3), (5, 10), (9, 4)]:
    rows.append(dict(arguments=f"--workload statevector --qubits {n} --layers {depth}", **state_values(brickwork(n, depth))))
for n in (3, 8):
    rows.append(dict(arguments=f"--workload qft --qubits {n}", **state_values(fourier(n))))
for n, observable in [(4, "ham"), (4, "z0"), (7, "ham")]:
    arguments = f"--workload adjoint --qubits {n} --layers 5 --observable {observable}"
    rows.append(dict(arguments=arguments, checksum=adjoint(n, 5, observable)))
for n, layers, batch in [(2, 2, 5), (4, 3, 64), (5, 5, 33)]:
    values = training_step(n, layers, batch)
    for name in ("training-step", "training-step-two-phase"):
        rows.append(dict(arguments=f"--workload {name} --qubits {n} --layers {layers} --batch {batch}", checksum=values))
for n, samples in [(3, 7), (4, 200), (6, 130)]:
    rows.append(dict(arguments=f"--workload kernel --qubits {n} --samples {samples}", checksum=kernel(n, samples)))
for n in (4, 10):
    checksum = state_values(brickwork(n, 4))["checksum"][:2]
    rows.append(dict(arguments=f"--workload sampling --qubits {n} --shots 100000", checksum=checksum))
for n, depth in [(2, 3), (4, 10), (6, 5)]:
    rows.append(dict(arguments=f"--workload density --qubits {n} --layers {depth}", checksum=density(n, depth)))
rows.append(dict(arguments="--workload trajectories --qubits 4 --shots 100000", checksum=density(4, 10)[:2]))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
