"""Qiskit Aer's density matrix and its trajectories, without truncation to light cones."""
from qiskit import QuantumCircuit
from qiskit.quantum_info import Pauli
from qiskit_aer import AerSimulator
from qiskit_aer.noise import NoiseModel, amplitude_damping_error, depolarizing_error

import noise


def circuit(o):
    c = QuantumCircuit(o.qubits)
    for name, qubits, angle in noise.gates(o.qubits, o.layers or 10):
        getattr(c, name)(*([] if angle is None else [angle]), *qubits)
    return c


def simulator(o, method):
    # Aer's parameter is the weight of the maximally mixed state: 4/3 of the probability of an error.
    error = depolarizing_error(4 * noise.ERROR / 3, 1).compose(amplitude_damping_error(noise.DECAY))
    model = NoiseModel()
    model.add_all_qubit_quantum_error(error, ["ry", "rz"])
    model.add_all_qubit_quantum_error(error.tensor(error), ["cx"])
    return AerSimulator(
        method=method, noise_model=model, precision="single" if o.precision == "float" else "double",
        max_parallel_threads=o.threads, enable_truncation=False, seed_simulator=1)


def run(s, c, shots):
    result = s.run(c, shots=shots).result()
    assert result.success, result.status
    return result


def density(o):
    s, c = simulator(o, "density_matrix"), circuit(o)
    for q in (0, o.qubits - 1):
        c.save_expectation_value(Pauli("Z"), [q], label=f"z{q}")
    checks = lambda r: [r.data(0)["z0"], r.data(0)[f"z{o.qubits - 1}"], None]
    return lambda: run(s, c, 1), checks, noise.size(o)


def trajectories(o):
    s, c = simulator(o, "statevector"), circuit(o)
    c.measure_all()
    return lambda: run(s, c, o.shots).get_counts(), lambda r: noise.count_checks(r, o.qubits), noise.size(o)


WORKLOADS = {"density": density, "trajectories": trajectories}
