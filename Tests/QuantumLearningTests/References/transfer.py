"""Outcome probabilities of the circuits that read an autoencoder's latents, from state vectors in numpy; writes transfer.json beside this file.

Wire 0 is the most significant while a state is made; what is written has qubit 0 as the least significant bit of an outcome.
Run: python3 transfer.py (needs numpy).
"""
import json
import pathlib

import numpy as np

QUBITS = 5
ONE, X, Y, Z = np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])
H = np.array([[1, 1], [1, -1]]) / np.sqrt(2)


def rotation(pauli, angle):
    return np.cos(angle / 2) * ONE - 1j * np.sin(angle / 2) * pauli


def on(matrices):
    full = np.eye(1)
    for wire in range(QUBITS):
        full = np.kron(full, matrices.get(wire, ONE))
    return full


def cnot(control, target):
    return on({control: np.diag([1.0, 0.0])}) + on({control: np.diag([0.0, 1.0])}) @ on({target: X})


def cascade():
    full = np.eye(2**QUBITS)
    for wire in range(QUBITS - 1):
        full = cnot(wire, wire + 1) @ full
    return full


def portion(pauli, features):
    return on({wire: rotation(pauli, x) for wire, x in enumerate(features)})


def probabilities(gates):
    state = np.zeros(2**QUBITS, complex)
    state[0] = 1
    for gate in gates:
        state = gate @ state
    values = (abs(state) ** 2).reshape([2] * QUBITS)
    return [float(p) for p in values.transpose(range(QUBITS)[::-1]).flatten()]


def second(theta):
    return probabilities([portion(Y, theta), on({0: H}), cascade()])


def first_five(f):
    return probabilities([portion(X, f), portion(Z, f), on({wire: H for wire in range(QUBITS)}), cascade()])


def all_latents(f):
    gates = []
    for number, start in enumerate(range(0, len(f), QUBITS)):
        gates += [portion(Z if number % 2 else X, f[start:start + QUBITS]), cascade()]
    return probabilities(gates)


def coupled(couplings):
    hamiltonian = np.zeros((2**QUBITS, 2**QUBITS))
    pairs = [(j, k) for j in range(QUBITS) for k in range(j + 1, QUBITS)]
    for w, (j, k) in zip(couplings, pairs):
        hamiltonian += w / 2 * on({j: X, k: X})
    values, vectors = np.linalg.eigh(hamiltonian)
    return vectors @ np.diag(np.exp(-1j * values)) @ vectors.T


def evolution(theta, couplings):
    return probabilities([portion(Y, theta), coupled(couplings)])


def reservoir(theta, w):
    """Three times the couplings of all pairs, RZ on every qubit in between."""
    gates = [coupled(w[:10]), portion(Z, w[10:15]), coupled(w[15:25]), portion(Z, w[25:30]), coupled(w[30:])]
    return probabilities([portion(Y, theta)] + gates)


def trained(f, w):
    """Two portions of five features, RZ RY RZ on every qubit and a ring of CNOTs behind each."""
    gates = []
    for number in range(2):
        gates.append(portion(Y, f[5 * number:5 * number + 5]))
        angles = np.reshape(w[15 * number:15 * number + 15], (QUBITS, 3))
        gates += [on({wire: rotation(axis, a)}) for wire in range(QUBITS) for axis, a in zip((Z, Y, Z), angles[wire])]
        gates += [cnot(wire, (wire + 1) % QUBITS) for wire in range(QUBITS)]
    return probabilities(gates)


latents = [1.5 + 1.4 * np.sin(0.7 * k + 0.2) for k in range(64)]
theta = [0.3, 0.6, 0.9, 1.2, 1.5]
couplings = [0.5 * k - 1.7 for k in range(10)]
reservoir_weights = [3 * np.sin(1.3 * k + 0.4) for k in range(40)]
trained_weights = [3 * np.cos(0.8 * k + 0.1) for k in range(30)]
result = {
    "latents": latents, "theta": theta, "couplings": couplings, "second": second(theta), "firstFive": first_five(latents[:5]),
    "allLatents": all_latents(latents), "evolution": evolution(theta, couplings),
    "reservoirWeights": reservoir_weights, "reservoir": reservoir(theta, reservoir_weights),
    "trainedWeights": trained_weights, "trained": trained(latents[:10], trained_weights),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
