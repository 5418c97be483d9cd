"""Not a package: what a careful user of JAX writes by hand. Gates combine the two halves of all states at once; the entanglers of a
layer are one gather."""
import jax.numpy as jnp
import numpy as np

import jax_calls


def training_step(o):
    jax_calls.set_precision(o)
    kind = np.complex64 if o.precision == "float" else np.complex128

    def model_of(t, signs):
        gathers = [gather(t.n, t.entanglers(layer)) for layer in range(t.layers)]

        def outputs(weights, features):
            phi, theta, omega = (weights[..., k] for k in range(3))
            cosine, sine = jnp.cos(theta / 2).astype(kind), jnp.sin(theta / 2).astype(kind)
            plus, minus = jnp.exp(0.5j * (phi + omega)).astype(kind), jnp.exp(0.5j * (phi - omega)).astype(kind)
            zero, one = jnp.cos(features.T / 2).astype(kind), (-1j * jnp.sin(features.T / 2)).astype(kind)
            states = jnp.ones((1, t.batch), kind)
            for q in range(t.n):
                states = (states[:, None] * jnp.stack([zero[q], one[q]])).reshape(-1, t.batch)
            for layer, order in enumerate(gathers):
                for q in range(t.n):
                    low, high = jnp.moveaxis(states.reshape(2**q, 2, -1, t.batch), 1, 0)
                    c, s, p, m = (value[layer, q] for value in (cosine, sine, plus, minus))
                    states = jnp.stack([c / p * low - s * m * high, s / m * low + c * p * high], 1).reshape(-1, t.batch)
                states = states[order]
            return (states.real**2 + states.imag**2).T @ signs

        return outputs

    return jax_calls.training_call(o, model_of)


def gather(n, pairs):
    """Where each amplitude comes from when the CX of `pairs` follow one another; qubit 0 is the highest bit."""
    order = np.arange(2**n)
    for control, target in pairs:
        order = order[np.arange(2**n) ^ (np.arange(2**n) >> (n - 1 - control) & 1) << (n - 1 - target)]
    return order


WORKLOADS = {"training-step": training_step}
