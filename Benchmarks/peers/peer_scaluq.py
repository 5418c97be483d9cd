"""Scaluq, gates merged by its optimizer where that is its best setting."""
import numpy as np
import scaluq

import workloads as w


def circuit(gates, precision, block=2):
    g, kw, c = scaluq.gate, dict(precision=precision), scaluq.Circuit(precision=precision)
    for name, qubits, angle in gates:
        if name in ("rx", "ry", "rz"):
            c.add_gate(getattr(g, name.upper())(qubits[0], angle, **kw))
        elif name == "cp":
            c.add_gate(g.U1(qubits[1], angle, controls=[qubits[0]], **kw))
        else:
            c.add_gate(dict(h=g.H, cx=g.CX, cz=g.CZ, swap=g.Swap)[name](*qubits, **kw))
    if block:
        c.optimize(block)
    return c


def operator(terms, precision):
    words = [scaluq.PauliOperator(" ".join(f"{letter} {q}" for q, letter in word), c, precision=precision) for c, word in terms]
    return scaluq.Operator(words, precision=precision)


def precision_of(o):
    return "f32" if o.precision == "float" else "f64"


def state(o, gates, size, block):
    p = precision_of(o)
    c, s, z = circuit(gates, p, block), scaluq.StateVector(o.qubits, precision=p), operator([(1.0, ((0, "Z"),))], p)

    def call():
        s.set_zero_state()
        c.update_quantum_state(s)
        return z.get_expectation_value(s)

    return call, lambda _: w.state_checks(s.get_amplitudes(), True), dict(size, gates=len(gates))


def adjoint(o):
    p, (gates, angles) = precision_of(o), w.layered(o.qubits, o.layers or 5)
    g, kw, c = scaluq.gate, dict(precision=p), scaluq.Circuit(precision=p)
    names = [f"a{index}" for index in range(len(angles))]
    for name, qubits, index in gates:
        if index is None:
            c.add_gate(g.CX(*qubits, **kw))
        else:
            c.add_param_gate({"ry": g.ParamRY, "rz": g.ParamRZ}[name](qubits[0], 1.0, **kw), names[index])
    h = operator(w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))], p)
    s = scaluq.StateVector(o.qubits, precision=p)

    def call():
        values = dict(zip(names, angles.tolist()))
        s.set_zero_state()
        c.update_quantum_state(s, params=values)
        return np.real(h.get_expectation_value(s)), c.compute_expectation_gradient(h, values)

    def checks(result):
        value, gradient = result
        return w.gradient_checks(value, [gradient[name] for name in names] if isinstance(gradient, dict) else gradient)

    return call, checks, dict(n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


def sampling(o):
    p, depth = precision_of(o), o.layers or 4
    c, s = circuit(w.brickwork(o.qubits, depth), p), scaluq.StateVector(o.qubits, precision=p)

    def call():
        s.set_zero_state()
        c.update_quantum_state(s)
        return s.sampling(o.shots, 1)

    return call, lambda r: w.sample_checks(r, o.qubits), dict(n=o.qubits, depth=depth, shots=o.shots)


WORKLOADS = {
    "statevector": lambda o: state(
        o, w.brickwork(o.qubits, o.layers or 10), dict(n=o.qubits, depth=o.layers or 10), 2),
    "qft": lambda o: state(o, w.fourier(o.qubits), dict(n=o.qubits), 0),
    "adjoint": adjoint, "sampling": sampling}
