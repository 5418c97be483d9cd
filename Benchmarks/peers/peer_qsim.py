"""qsim through qsimcirq; single precision only. Settings: f2, f3, ... fuse gates up to so many qubits."""
import cirq
import numpy as np
import qsimcirq

import noise
import workloads as w


def state(o, gates, size):
    assert o.precision == "float", "qsim computes in single precision"
    q, c = cirq.LineQubit.range(o.qubits), cirq.Circuit()
    fixed = dict(h=cirq.H, cx=cirq.CNOT, cz=cirq.CZ, swap=cirq.SWAP)
    for name, qubits, angle in gates:
        on = [q[i] for i in qubits]
        if name == "cp":
            c.append(cirq.CZPowGate(exponent=angle / np.pi)(*on))
        else:
            c.append(fixed[name](*on) if name in fixed else getattr(cirq, name)(angle)(*on))
    simulator = qsimcirq.QSimSimulator(dict(t=o.threads, f=int(o.setting[1:]), v=0))
    ends = [cirq.PauliString({q[0]: cirq.Z}), cirq.PauliString({q[-1]: cirq.Z})]
    call = lambda: simulator.simulate_expectation_values(c, observables=ends, qubit_order=q)
    # The whole state stays inside the simulator; its third check value would need a copy.
    return call, lambda r: [*np.real(r), None], dict(size, gates=len(gates))


def trajectories(o):
    assert o.precision == "float", "qsim computes in single precision"
    q, c = cirq.LineQubit.range(o.qubits), cirq.Circuit()
    for name, qubits, angle in noise.gates(o.qubits, o.layers or 10):
        on = [q[i] for i in qubits]
        c.append(cirq.CNOT(*on) if angle is None else getattr(cirq, name)(angle)(*on))
        for each in on:
            c.append([cirq.depolarize(noise.ERROR)(each), cirq.amplitude_damp(noise.DECAY)(each)])
    c.append(cirq.measure(*q, key="m"))
    simulator = qsimcirq.QSimSimulator(dict(t=o.threads, f=int(o.setting[1:]), v=0), seed=1)
    call = lambda: simulator.run(c, repetitions=o.shots).measurements["m"]
    return call, lambda r: [1 - 2 * float(r[:, i].mean()) for i in (0, o.qubits - 1)], noise.size(o)


WORKLOADS = {
    "trajectories": trajectories,
    "statevector": lambda o: state(o, w.brickwork(o.qubits, o.layers or 10), dict(n=o.qubits, depth=o.layers or 10)),
    "qft": lambda o: state(o, w.fourier(o.qubits), dict(n=o.qubits))}
