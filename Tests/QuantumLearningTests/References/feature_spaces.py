"""Kernels and machines of quantum feature maps from plain numpy and scikit-learn; writes feature_spaces.json beside this file.

States are built from Kronecker products and matrix exponentials, qubit 0 the least significant bit. Numbers of data are rounded to six
digits, so that the file holds them exactly.
Run: python3 feature_spaces.py (needs numpy, scipy and scikit-learn; made with 2.4.6, 1.17.1 and 1.9.1).
"""
import itertools
import json
import pathlib

import numpy as np
from scipy.linalg import expm, sqrtm
from sklearn.svm import SVC

rng = np.random.default_rng(12)
PAULI = {"I": np.eye(2), "X": np.array([[0, 1], [1, 0]]), "Y": np.array([[0, -1j], [1j, 0]]), "Z": np.diag([1, -1])}


def word(letters, qubits, n):
    """The Pauli word with the given letters on the given qubits; qubit 0 is the last factor."""
    factors = ["I"] * n
    for letter, qubit in zip(letters, qubits):
        factors[qubit] = letter
    out = np.eye(1)
    for factor in reversed(factors):
        out = np.kron(out, PAULI[factor])
    return out


def walls(n):
    h = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    out = np.eye(1)
    for _ in range(n):
        out = np.kron(out, h)
    return out


def zero(n):
    return np.eye(2**n)[0].astype(complex)


def pauli_map(x, patterns, sign, reps=2, bandwidth=1.0, sets=None):
    n = len(x)
    x = bandwidth * np.array(x)
    psi = zero(n)
    for _ in range(reps):
        psi = walls(n) @ psi
        for p in patterns:
            for s in sets[p] if sets else itertools.combinations(range(n), len(p)):
                phi = x[s[0]] if len(s) == 1 else np.prod([np.pi - x[j] for j in s])
                psi = expm(sign * 1j * phi * word(p, s, n)) @ psi
    return psi


def second_order(x):
    return pauli_map(x, ["Z", "ZZ"], 1)


def iqp(x):
    n = len(x)
    psi = walls(n) @ zero(n)
    for j in range(n):
        psi = expm(-0.5j * x[j] * word("Z", [j], n)) @ psi
    for j, k in itertools.combinations(range(n), 2):
        psi = expm(-0.5j * x[j] * x[k] * word("ZZ", [j, k], n)) @ psi
    return psi


def covariant(x, theta):
    n = len(theta)
    psi = zero(n)
    for q in range(n):
        psi = expm(-0.5j * theta[q] * word("Y", [q], n)) @ psi
    for q in range(n - 1):
        one = (np.eye(2**n) - word("Z", [q], n)) / 2 @ (np.eye(2**n) - word("Z", [q + 1], n)) / 2
        psi = psi - 2 * one @ psi
    for q in range(n):
        psi = expm(1j * x[2 * q + 1] * word("Z", [q], n)) @ psi
        psi = expm(1j * x[2 * q] * word("X", [q], n)) @ psi
    return psi


def fidelities(a, b):
    return np.abs(np.array(a) @ np.array(b).conj().T) ** 2


def gram_of(samples, others=None):
    states = [second_order(x) for x in samples]
    return fidelities(states, states if others is None else [second_order(x) for x in others])


def pairs(z):
    return [[float(v.real), float(v.imag)] for v in z]


# Ad hoc data: Haar V by QR with its phases fixed, points uniform, gap 0.3.
g = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
q, r = np.linalg.qr(g)
v = q * (np.diag(r) / np.abs(np.diag(r)))
parity = np.diag([1, -1, -1, 1])
observable = v.conj().T @ parity @ v
points, labels = [], []
while len(points) < 80:
    x = np.round(rng.uniform(0, 2 * np.pi, 2), 6)
    psi = second_order(x)
    e = (psi.conj() @ observable @ psi).real
    part = len(points) // 40
    label = 0 if e > 0 else 1
    if abs(e) >= 0.3 and labels[40 * part:].count(label) < 20:
        points.append(x.tolist())
        labels.append(label)
train, test = points[:40], points[40:]
gram, cross = gram_of(train), gram_of(test, train)
machine = SVC(C=1e4, kernel="precomputed", tol=1e-9).fit(gram, labels[:40])
SHOTS = 50_000
counts = rng.binomial(SHOTS, np.clip(gram, 0, 1))
counts = np.triu(counts, 1) + np.triu(counts, 1).T + SHOTS * np.eye(40, dtype=int)
values, vectors = np.linalg.eigh(counts / SHOTS)
clipped = (vectors * np.maximum(values, 0)) @ vectors.T
cross_counts = rng.binomial(SHOTS, np.clip(cross, 0, 1))
sampled = SVC(C=1e4, kernel="precomputed", tol=1e-9).fit(clipped, labels[:40])

# Three classes on three qubits: blobs, which overlap.
centres = np.array([[0.5, 1.0, 1.5], [1.5, 0.5, 1.0], [1.0, 1.5, 0.4]])
blob_labels = (np.arange(90) % 3).tolist()
blobs = np.round(centres[blob_labels] + 0.45 * rng.normal(size=(90, 3)), 6).tolist()
narrow = lambda x: pauli_map(x, ["Z", "ZZ"], -1, bandwidth=0.5)
states = [narrow(x) for x in blobs]
blob_gram, blob_cross = fidelities(states[:60], states[:60]), fidelities(states[60:], states[:60])
multi = SVC(C=10, kernel="precomputed", tol=1e-9, decision_function_shape="ovo").fit(blob_gram, blob_labels[:60])

# Single states of the families.
x3 = [0.4, 1.3, 2.2]
x4 = [0.3, 0.8, -0.5, 1.1]
families = {
    "pauli": pairs(pauli_map(x3, ["Y", "XZ", "ZZZ"], -1, reps=2, bandwidth=0.7)),
    "ring": pairs(pauli_map(x4, ["Z", "ZZ"], 1, reps=1, sets={
        "Z": [(0,), (1,), (2,), (3,)], "ZZ": [(0, 1), (1, 2), (2, 3), (3, 0)]})),
    "iqp": pairs(iqp(x3)),
    "covariant": pairs(covariant(x4, [0.6, 1.7])),
}

# Other kernels of five points on three qubits.
five = np.round(rng.uniform(0, 2 * np.pi, (5, 3)), 6).tolist()
maps = [second_order(x) for x in five]
local = [word(p, [k], 3) for k in range(3) for p in "XYZ"]
vectors5 = np.array([[(m.conj() @ w @ m).real for w in local] for m in maps])
projected = np.exp(-0.8 * ((vectors5[:, None] - vectors5[None]) ** 2).sum(-1) / 2)


def unitary(x):
    n = len(x)
    out = np.eye(2**n, dtype=complex)
    for _ in range(2):
        out = walls(n) @ out
        for p in ["Z", "ZZ"]:
            for s in itertools.combinations(range(n), len(p)):
                phi = x[s[0]] if len(s) == 1 else np.prod([np.pi - x[j] for j in s])
                out = expm(1j * phi * word(p, s, n)) @ out
    return out


ones = np.array([bin(b).count("1") for b in range(8)])


def weighted(weights):
    out = np.eye(5)
    for i, j in itertools.permutations(range(5), 2):
        p = np.abs(unitary(five[j]).conj().T @ maps[i]) ** 2
        out[i, j] += p @ weights / 2
        out[j, i] += p @ weights / 2
    return out


def model(x, theta):
    """<Z0 Z1> after RY(theta) on both qubits of the encoded state, a CZ, and RY again."""
    psi = second_order(x)
    for k in range(2):
        psi = expm(-0.5j * theta[k] * word("Y", [k], 2)) @ psi
    psi = np.diag([1, 1, 1, -1]) @ psi
    for k in range(2):
        psi = expm(-0.5j * theta[2 + k] * word("Y", [k], 2)) @ psi
    return (psi.conj() @ parity @ psi).real


theta = [0.3, 0.9, -0.4, 1.2]
slopes = np.array([[(model(x, theta + s) - model(x, theta - s)) / 2 for s in np.pi / 2 * np.eye(4)] for x in train[:4]])

gaussian = np.exp(-0.5 * ((np.array(train)[:, None] - np.array(train)[None]) ** 2).sum(-1))
signs = np.array([1 if label == 0 else -1 for label in labels[:40]])
PENALTY = 0.01
root = np.real(sqrtm(gram + 1e-14 * np.eye(40)))
difference = np.sqrt(np.linalg.norm(root @ np.linalg.inv(gaussian + PENALTY * np.eye(40)) @ root, 2))
centre = np.eye(40) - 1 / 40
kc, yc = centre @ gram @ centre, centre @ np.outer(signs, signs) @ centre

out = {
    "points": points, "labels": labels, "gramRows": gram[:3].tolist(), "predictions": machine.predict(cross).tolist(),
    "decisionValues": machine.decision_function(cross).tolist(), "supportCount": int(machine.n_support_.sum()),
    "shots": SHOTS, "counts": counts.tolist(), "crossCounts": cross_counts.tolist(), "leastEigenvalue": float(values[0]),
    "sampledPredictions": sampled.predict(cross_counts / SHOTS).tolist(),
    "sampledDecisionValues": sampled.decision_function(cross_counts / SHOTS).tolist(),
    "blobs": blobs, "blobLabels": blob_labels, "blobPredictions": multi.predict(blob_cross).tolist(),
    "families": families, "x3": x3, "x4": x4, "five": five, "projected": projected.tolist(),
    "bitFlipTolerant": weighted((ones <= 1).astype(float)).tolist(), "hamming": weighted(1 - ones / 3).tolist(),
    "tangent": (slopes @ slopes.T).tolist(), "theta": theta, "penalty": PENALTY, "geometricDifference": float(difference),
    "modelComplexity": float(signs @ np.linalg.solve(gram + PENALTY * np.eye(40), signs)),
    "alignment": float((gram * np.outer(signs, signs)).sum() / np.linalg.norm(gram) / 40),
    "centredAlignment": float((kc * yc).sum() / np.linalg.norm(kc) / np.linalg.norm(yc)),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out) + "\n")
print(path.stat().st_size, "bytes; success", np.mean(machine.predict(cross) == labels[40:]),
      np.mean(sampled.predict(cross_counts / SHOTS) == labels[40:]), np.mean(multi.predict(blob_cross) == blob_labels[60:]))
