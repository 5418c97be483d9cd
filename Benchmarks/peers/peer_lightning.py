"""PennyLane's Lightning through its device interface: prepared tapes, no overhead of a QNode. Settings: qubit, kokkos."""
import numpy as np
import pennylane as qml

import workloads as w

OPERATIONS = dict(
    rx=qml.RX, ry=qml.RY, rz=qml.RZ, h=qml.Hadamard, cx=qml.CNOT, cz=qml.CZ, cp=qml.ControlledPhaseShift, swap=qml.SWAP)


def device(o, **kw):
    kind = np.complex64 if o.precision == "float" else np.complex128
    return qml.device(f"lightning.{o.setting}", wires=o.qubits, c_dtype=kind, **kw)


def operations(gates, angle_of=lambda angle: angle):
    return [OPERATIONS[name](*([] if a is None else [angle_of(a)]), wires=list(qubits)) for name, qubits, a in gates]


def state(o, gates, size):
    d = device(o)
    ends = [qml.expval(qml.Z(0)), qml.expval(qml.Z(o.qubits - 1))]
    tape = qml.tape.QuantumScript(operations(gates), ends)
    # The whole state stays inside the device; its third check value would need a copy.
    return lambda: d.execute(tape), lambda r: [*map(float, r), None], dict(size, gates=len(gates))


def adjoint(o):
    gates, angles = w.layered(o.qubits, o.layers or 5)
    terms = w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))]
    factors = [[dict(X=qml.X, Y=qml.Y, Z=qml.Z)[letter](q) for q, letter in word] for _, word in terms]
    words = [qml.prod(*word) if len(word) > 1 else word[0] for word in factors]
    h = qml.Hamiltonian([c for c, _ in terms], words)
    d, everything = device(o), list(range(len(angles)))
    base = qml.tape.QuantumScript(operations(gates, lambda index: float(angles[index])), [qml.expval(h)])
    base.trainable_params = everything
    config = qml.devices.ExecutionConfig(gradient_method="adjoint", use_device_gradient=True)

    def call():
        tape = base.bind_new_parameters(angles, everything)
        tape.trainable_params = everything
        return d.execute_and_compute_derivatives(tape, config)

    return call, lambda r: w.gradient_checks(*r), dict(n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


def sampling(o):
    depth = o.layers or 4
    tape = qml.tape.QuantumScript(
        operations(w.brickwork(o.qubits, depth)), [qml.sample(wires=range(o.qubits))], shots=o.shots)
    d = device(o, seed=1)

    def checks(result):
        bits = np.asarray(result)
        return [1 - 2 * float(bits[:, q].mean()) for q in (0, o.qubits - 1)]

    return lambda: d.execute(tape), checks, dict(n=o.qubits, depth=depth, shots=o.shots)


WORKLOADS = {
    "statevector": lambda o: state(o, w.brickwork(o.qubits, o.layers or 10), dict(n=o.qubits, depth=o.layers or 10)),
    "qft": lambda o: state(o, w.fourier(o.qubits), dict(n=o.qubits)),
    "adjoint": adjoint, "sampling": sampling}
