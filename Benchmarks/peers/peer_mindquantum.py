"""MindQuantum's state-vector simulator and its adjoint gradient."""
import mindquantum as mq
import numpy as np
from mindquantum.core import gates as g
from mindquantum.simulator import Simulator

import workloads as w


def adjoint(o):
    gates, angles = w.layered(o.qubits, o.layers or 5)
    terms = w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))]
    kind = mq.complex64 if o.precision == "float" else mq.complex128
    c, h = mq.Circuit(), mq.QubitOperator()
    for name, qubits, index in gates:
        c += g.X.on(qubits[1], qubits[0]) if index is None else {"ry": g.RY, "rz": g.RZ}[name](f"a{index}").on(qubits[0])
    for coefficient, word in terms:
        h += mq.QubitOperator(" ".join(f"{letter}{q}" for q, letter in word), coefficient)
    run = Simulator("mqvector", o.qubits, dtype=kind).get_expectation_with_grad(mq.Hamiltonian(h, dtype=kind), c)
    order = [int(name[1:]) for name in c.params_name]

    def checks(result):
        value, gradient = (np.real(np.asarray(part)).ravel() for part in result)
        ordered = np.empty(len(angles))
        ordered[order] = gradient
        return w.gradient_checks(value, ordered)

    return (lambda: run(angles[order])), checks, dict(
        n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


WORKLOADS = {"adjoint": adjoint}
