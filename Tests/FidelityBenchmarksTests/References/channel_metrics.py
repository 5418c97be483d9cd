"""Reference values of channel metrics: Qiskit's quantum_info, its diamond norm by cvxpy, and unitarity by numpy.

    python channel_metrics.py        (pip install qiskit cvxpy)
"""
import json, pathlib
import numpy as np
from qiskit.quantum_info import Choi, Kraus, Operator, PTM, average_gate_fidelity, diamond_norm, process_fidelity, random_quantum_channel, random_unitary

X, Y, Z = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])
I = np.eye(2)


def damping(g):
    return [np.array([[1, 0], [0, np.sqrt(1 - g)]]), np.array([[0, np.sqrt(g)], [0, 0]])]


def rotation(axis, angle):
    return np.cos(angle / 2) * np.eye(2) - 1j * np.sin(angle / 2) * axis


cases = {
    "bit flip": ([np.sqrt(0.9) * I, np.sqrt(0.1) * X], I),
    "damping": (damping(0.3), I),
    "strong damping": (damping(0.9), I),
    "over-rotation": ([rotation(X, 0.2)], I),
    "damping after X": ([k @ X for k in damping(0.1)], X),
    "half turn": ([Z], I),
    "damping of two qubits": ([np.kron(a, b) for a in damping(0.1) for b in damping(0.25)], np.eye(4)),
}
for seed in range(4):
    cases[f"random {seed}"] = (Kraus(random_quantum_channel(2, rank=2 + seed % 3, seed=seed)).data, random_unitary(2, seed=seed).data)
for seed in range(2):
    cases[f"random of two qubits {seed}"] = (Kraus(random_quantum_channel(4, rank=2 + seed, seed=seed)).data, np.eye(4))


def entries(matrix):
    return [[[float(v.real), float(v.imag)] for v in row] for row in np.asarray(matrix, complex)]


result = []
for name, (kraus, target) in cases.items():
    if isinstance(kraus, tuple):
        kraus = kraus[0]
    channel, unitary = Kraus(list(kraus)), Operator(target)
    ptm = PTM(channel).data.real
    block = ptm[1:, 1:]
    d = len(target)
    result.append({
        "name": name, "kraus": [entries(k) for k in kraus], "target": entries(target),
        "processFidelity": float(process_fidelity(channel, unitary)),
        "averageGateFidelity": float(average_gate_fidelity(channel, unitary)),
        "unitarity": float(np.sum(block**2) / (d * d - 1)),
        "diamondDistance": float(diamond_norm(Choi(channel) - Choi(unitary), eps=1e-10, max_iters=100000) / 2),
    })
(pathlib.Path(__file__).parent / "channel_metrics.json").write_text("[\n" + ",\n".join(map(json.dumps, result)) + "\n]\n")
for r in result:
    print(r["name"], r["processFidelity"], r["averageGateFidelity"], r["unitarity"], r["diamondDistance"])
