"""Fresh processes, from start to end: a circuit of 4 qubits, its value and its gradient."""
import os
import statistics
import subprocess
import sys
import time

# The shortest program that each peer's own introduction would lead to.
PROGRAMS = {
    "Qulacs (no hybrid training)": """
from qulacs import Observable, ParametricQuantumCircuit, QuantumState
c, s, o = ParametricQuantumCircuit(4), QuantumState(4), Observable(4)
for q in range(4): c.add_parametric_RY_gate(q, -0.3 * (q + 1))
for q in range(3): c.add_CNOT_gate(q, q + 1)
o.add_operator(1.0, "Z 3")
c.update_quantum_state(s)
print(o.get_expectation_value(s), c.backprop(o))""",
    "MindQuantum": """
import numpy as np
from mindquantum import Circuit, Hamiltonian, QubitOperator, Simulator
c = Circuit()
for q in range(4): c.ry(f"t{q}", q)
for q in range(3): c.x(q + 1, q)
f = Simulator("mqvector", 4).get_expectation_with_grad(Hamiltonian(QubitOperator("Z3")), c)
print(f(0.3 * np.arange(1, 5)))""",
    "PennyLane lightning.qubit": """
import pennylane as qml
from pennylane import numpy as np
@qml.qnode(qml.device("lightning.qubit", wires=4), diff_method="adjoint")
def f(x):
    for q in range(4): qml.RY(x[q], wires=q)
    for q in range(3): qml.CNOT(wires=[q, q + 1])
    return qml.expval(qml.Z(3))
x = np.array([0.3, 0.6, 0.9, 1.2], requires_grad=True)
print(f(x), qml.grad(f)(x))""",
    "PennyLane default.qubit, JAX": """
import jax
import pennylane as qml
@qml.qnode(qml.device("default.qubit", wires=4), interface="jax", diff_method="backprop")
def f(x):
    for q in range(4): qml.RY(x[q], wires=q)
    for q in range(3): qml.CNOT(wires=[q, q + 1])
    return qml.expval(qml.Z(3))
print(jax.value_and_grad(f)(jax.numpy.array([0.3, 0.6, 0.9, 1.2])))""",
    "TensorCircuit-NG, JAX": """
import tensorcircuit as tc
k = tc.set_backend("jax")
def f(x):
    c = tc.Circuit(4)
    for q in range(4): c.ry(q, theta=x[q])
    for q in range(3): c.cnot(q, q + 1)
    return k.real(c.expectation_ps(z=[3]))
print(k.jit(k.value_and_grad(f))(k.convert_to_tensor([0.3, 0.6, 0.9, 1.2])))""",
}


def measured(ours, runs):
    """Medians in seconds by name, ours first; a peer that does not run has none."""
    commands = {"Hilbert": [ours], **{name: [sys.executable, "-c", code] for name, code in PROGRAMS.items()}}
    times = {name: [] for name in commands}
    environment = {**os.environ, "JAX_PLATFORMS": "cpu"}
    for run in range(runs + 1):
        for name, command in list(commands.items()):
            # Ours is so short that several starts make one sample.
            repeats, start = 5 if command == [ours] else 1, time.perf_counter()
            for _ in range(repeats):
                done = subprocess.run(command, capture_output=True, env=environment)
            if done.returncode != 0:
                del commands[name]
            elif run > 0:  # the first brings the files into memory
                times[name].append((time.perf_counter() - start) / repeats)
    return {name: statistics.median(seconds) for name, seconds in times.items() if seconds}
