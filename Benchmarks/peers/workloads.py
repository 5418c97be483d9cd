"""The workloads of `hilbert benchmark speed`, as lists of gates that any simulator can be given.

A rotation is exp(-i angle P / 2). Angles and data come from SplitMix64 (Steele, Lea, Flood 2014), drawn in the order in which they
stand in the circuit. Layers and sizes are those of the program's own help.
"""
from collections import namedtuple

import numpy as np

PI = np.pi
Gate = namedtuple("Gate", "name qubits angle", defaults=(None,))


class Draws:
    """SplitMix64: uniform numbers in [0, 1) from the upper 53 bits of each word."""

    def __init__(self, seed):
        self.word = seed

    def unit(self):
        wrap = 2**64 - 1
        self.word = (self.word + 0x9E3779B97F4A7C15) & wrap
        mixed = ((self.word ^ self.word >> 30) * 0xBF58476D1CE4E5B9) & wrap
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & wrap
        return ((mixed ^ mixed >> 31) >> 11) / 2**53

    def between(self, low, high, *shape):
        values = [low + (high - low) * self.unit() for _ in range(int(np.prod(shape, dtype=int)))]
        return np.reshape(values, shape) if shape else values[0]

    def below(self, count):
        return int(self.unit() * count)


def brickwork(n, depth):
    """RX, RY, RZ on every qubit, then CX (even layers) or CZ (odd) on every other pair of neighbours."""
    draws, gates = Draws(7), []
    for layer in range(depth):
        for q in range(n):
            gates += [Gate(name, (q,), draws.between(0, 2 * PI)) for name in ("rx", "ry", "rz")]
        gates += [Gate("cz" if layer % 2 else "cx", (q, q + 1)) for q in range(layer % 2, n - 1, 2)]
    return gates


def fourier(n):
    """A random product state, then the Fourier transform written out, swaps included."""
    draws, gates = Draws(11), []
    for q in range(n):
        gates += [Gate("ry", (q,), draws.between(0, PI)), Gate("rz", (q,), draws.between(0, 2 * PI))]
    for i in range(n):
        gates.append(Gate("h", (i,)))
        gates += [Gate("cp", (j, i), PI / 2 ** (j - i)) for j in range(i + 1, n)]
    return gates + [Gate("swap", (i, n - 1 - i)) for i in range(n // 2)]


def layered(n, layers):
    """RY, RZ and a chain of CX; the angle of a gate is the index of its parameter. Returns gates and parameters."""
    gates, count = [], 0
    for _ in range(layers):
        for q in range(n):
            gates += [Gate("ry", (q,), count), Gate("rz", (q,), count + 1)]
            count += 2
        gates += [Gate("cx", (q, q + 1)) for q in range(n - 1)]
    return gates, Draws(3).between(0, 2 * PI, count)


def hamiltonian(n):
    """20 different random Pauli words on one to three qubits: (coefficient, ((qubit, letter), ...))."""
    draws, terms = Draws(5), {}
    while len(terms) < 20:
        weight, order = 1 + draws.below(3), list(range(n))
        for i in range(weight):
            j = i + draws.below(n - i)
            order[i], order[j] = order[j], order[i]
        word = tuple((q, "XYZ"[draws.below(3)]) for q in sorted(order[:weight]))
        if word not in terms:
            terms[word] = draws.between(-1, 1)
    return [(coefficient, word) for word, coefficient in terms.items()]


class TrainingStep:
    """A batch through RX of the features and strongly entangling layers; labels are numbers of qubits."""

    def __init__(self, n, layers, batch):
        draws = Draws(17)
        self.n, self.layers, self.batch = n, layers, batch
        self.weights = draws.between(0, 2 * PI, layers, n, 3)
        self.features = draws.between(-PI, PI, batch, n)
        self.labels = np.array([draws.below(n) for _ in range(batch)])

    def entanglers(self, layer):
        return [(q, (q + layer % (self.n - 1) + 1) % self.n) for q in range(self.n)]

    def loss_and_cotangents(self, z):
        """The mean cross entropy of the softmax of the outputs, and its derivative by them."""
        shifted = z - z.max(1, keepdims=True)
        share = np.exp(shifted) / np.exp(shifted).sum(1, keepdims=True)
        loss = -np.log(share[np.arange(self.batch), self.labels]).mean()
        return loss, (share - np.eye(self.n)[self.labels]) / self.batch

    @staticmethod
    def checks(loss, dw, dx):
        dw, dx = np.asarray(dw, float), np.asarray(dx, float)
        return [float(loss), (dw**2).sum(), 1000 * (dx**2).sum(), dw[0, 0, 1], 1000 * dx[0, 1]]


def kernel_features(n, samples):
    return Draws(23).between(0, PI, samples, n)


def kernel_checks(gram):
    gram = np.asarray(gram, float)
    return [gram.mean(), gram[0, 1], gram[1, 2], np.trace(gram)]


def gradient_checks(value, gradient):
    gradient = np.asarray(gradient, float).ravel()
    return [float(np.ravel(value)[0]), (gradient**2).sum(), gradient[1], gradient[len(gradient) // 2]]


def state_checks(state, qubit_0_lowest):
    p = np.abs(np.asarray(state).astype(complex)) ** 2
    top = p.reshape(2, -1).sum(1)
    bottom = p.reshape(-1, 2).sum(0)
    first, last = (bottom, top) if qubit_0_lowest else (top, bottom)
    return [first[0] - first[1], last[0] - last[1], (p**2).sum() * len(p)]


def sample_checks(outcomes, n):
    """From basis indices with qubit 0 lowest."""
    outcomes = np.asarray(outcomes)
    return [1 - 2 * float((outcomes >> q & 1).mean()) for q in (0, n - 1)]
