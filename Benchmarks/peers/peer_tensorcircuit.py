"""TensorCircuit-NG on JAX, compiled; batches by vmap, rotations of a layer merged before the batch sees them."""
import jax
import jax.numpy as jnp
import numpy as np
import tensorcircuit as tc

import jax_calls
import workloads as w

tc.set_backend("jax")


def set_precision(o):
    real = jax_calls.set_precision(o)
    tc.set_dtype("complex64" if o.precision == "float" else "complex128")
    return real


def apply(c, gates, angles):
    for name, qubits, index in gates:
        if name == "cp":
            c.cphase(*qubits, theta=angles[index])
        elif index is not None:
            getattr(c, name)(*qubits, theta=angles[index])
        else:
            getattr(c, dict(cx="cnot").get(name, name))(*qubits)


def state(o, gates, size):
    real, n = set_precision(o), o.qubits
    angles = [angle for _, _, angle in gates if angle is not None]
    places = iter(range(len(angles)))
    gates = [gate if gate.angle is None else gate._replace(angle=next(places)) for gate in gates]

    def run(angles):
        c = tc.Circuit(n)
        apply(c, gates, angles)
        amplitudes = c.state()
        halves = (amplitudes.real**2 + amplitudes.imag**2).reshape(2, -1).sum(1)
        return amplitudes, halves[0] - halves[1]

    call = jax_calls.compiled(o, run, np.asarray(angles, real))
    return call, lambda r: w.state_checks(r[0], False), dict(size, gates=len(gates))


def adjoint(o):
    real, (gates, angles) = set_precision(o), w.layered(o.qubits, o.layers or 5)
    terms = w.hamiltonian(o.qubits) if o.observable == "ham" else [(1.0, ((0, "Z"),))]

    def value(angles):
        c = tc.Circuit(o.qubits)
        apply(c, gates, angles)
        words = [{letter.lower(): [q for q, l in word if l == letter] for letter in "XYZ"} for _, word in terms]
        return sum(terms[i][0] * c.expectation_ps(**{k: v for k, v in word.items() if v}).real for i, word in enumerate(words))

    call = jax_calls.compiled(o, jax.value_and_grad(value), angles.astype(real))
    return call, lambda r: w.gradient_checks(*r), dict(n=o.qubits, layers=o.layers or 5, obs=o.observable, params=len(angles))


def training_step(o):
    set_precision(o)
    complex_kind = np.complex64 if o.precision == "float" else np.complex128

    def model_of(t, signs):
        def merged(weights):
            """RZ(omega) RY(theta) RZ(phi) of every layer and qubit."""
            phi, theta, omega = (weights[..., k] for k in range(3))
            cosine, sine = jnp.cos(theta / 2).astype(complex_kind), jnp.sin(theta / 2).astype(complex_kind)
            plus, minus = jnp.exp(0.5j * (phi + omega)).astype(complex_kind), jnp.exp(0.5j * (phi - omega)).astype(complex_kind)
            return jnp.stack([jnp.stack([cosine / plus, -sine * minus], -1), jnp.stack([sine / minus, cosine * plus], -1)], -2)

        def outputs(matrices, x):
            c = tc.Circuit(t.n)
            for q in range(t.n):
                c.rx(q, theta=x[q])
            for layer in range(t.layers):
                for q in range(t.n):
                    c.unitary(q, unitary=matrices[layer, q])
                for pair in t.entanglers(layer):
                    c.cnot(*pair)
            amplitudes = c.state()
            return (amplitudes.real**2 + amplitudes.imag**2) @ signs

        return lambda weights, features: jax.vmap(outputs, (None, 0))(merged(weights), features)

    return jax_calls.training_call(o, model_of)


def kernel(o):
    real, n, x = set_precision(o), o.qubits, w.kernel_features(o.qubits, o.samples)

    def amplitudes(row):
        c = tc.Circuit(n)
        for _ in range(2):
            for q in range(n):
                c.h(q)
                c.phase(q, theta=2 * row[q])
            for i in range(n):
                for j in range(i + 1, n):
                    c.rzz(i, j, theta=2 * (w.PI - row[i]) * (w.PI - row[j]))
        return c.state()

    def gram(features):
        rows = jax.vmap(amplitudes)(features)
        overlaps = rows.conj() @ rows.T
        return overlaps.real**2 + overlaps.imag**2

    return jax_calls.compiled(o, gram, x.astype(real)), w.kernel_checks, dict(n=n, samples=o.samples)


WORKLOADS = {
    "statevector": lambda o: state(o, w.brickwork(o.qubits, o.layers or 10), dict(n=o.qubits, depth=o.layers or 10)),
    "qft": lambda o: state(o, w.fourier(o.qubits), dict(n=o.qubits)),
    "adjoint": adjoint, "training-step": training_step, "kernel": kernel}
