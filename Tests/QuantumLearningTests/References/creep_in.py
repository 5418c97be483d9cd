"""The layers of Wang et al., "Let the Quantum Creep In", by SciPy's exponential of sums of Pauli strings; writes creep_in.json beside this file.

Strings stand in lexicographic order, I < X < Y < Z, the first letter on the most significant qubit, without II...I.
Run: python3 creep_in.py (needs numpy and scipy).
"""
import json
import pathlib

import numpy as np
from scipy.linalg import expm

PAULIS = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])]


def strings(letters):
    found = [np.eye(1)]
    for _ in range(letters):
        found = [np.kron(string, pauli) for string in found for pauli in PAULIS]
    return np.array(found)


def gate(coefficients, qubits):
    left, right = strings(qubits // 2), strings(qubits - qubits // 2)
    rows = np.concatenate([[0], coefficients]).reshape(len(left), len(right))
    return expm(1j * sum(np.kron(string, np.tensordot(row, right, 1)) for string, row in zip(left, rows)))


def symmetric(numbers, side):
    matrix = np.zeros(side * side)
    matrix[:len(numbers)] = numbers
    return (matrix.reshape(side, side) + matrix.reshape(side, side).T) / 2


def flipped(coefficients, patch):
    psi = gate(coefficients, 2)[:, 0]
    data = np.pad(np.reshape(patch, (3, 3)), (0, 1))
    return psi, np.vdot(psi, (data + data.T) / 2 @ psi).real


def reuploading(inputs, coefficients, qubits, outputs):
    state = np.full(2**qubits, 2 ** (-qubits / 2), complex)
    data = expm(1j * symmetric(inputs, 2**qubits) / len(coefficients))
    for row in coefficients:
        state = gate(row, qubits) @ (data @ state)
    return (abs(state[:outputs]) ** 2).tolist()


def numbers(count, a, b):
    """Numbers in -1..<1 that every program makes alike: whole ones until the last division."""
    m = np.arange(1, count + 1, dtype=np.int64)
    return 2 * ((a * m * m + b * m) % 65_537) / 65_537 - 1


k = np.arange(1, 16)
weight = 0.1 * k
real, _ = flipped(weight, k[:9])
psi, output = flipped(weight + 0.02j * k, k[:9])
kernel = np.outer(psi.conj(), psi).real[:3, :3]
small = np.array([0.05 * k, 0.03 * k * (-1.0) ** (k - 1)]) + 1j * np.array([0.01 * k, -0.02 * k])

# The published layer: 16 x 28 x 28 inputs, seven qubits, ten repetitions.
inputs = 1.5 * numbers(12_544, 13, 7) - 0.5
weights = np.sqrt(3) * numbers(163_830, 31, 17).reshape(10, 16_383)
imaginary = 0.01 * numbers(163_830, 29, 5).reshape(10, 16_383)

result = {
    "statePlanes": [real.real.tolist(), real.imag.tolist()],
    "complexKernel": kernel.flatten().tolist(),
    "complexOutput": output,
    "complexProbabilities": reuploading(0.1 * np.arange(1, 14), small, 2, 4),
    "published": reuploading(inputs, weights, 7, 10),
    "publishedComplex": reuploading(inputs, weights + 1j * imaginary, 7, 10),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
