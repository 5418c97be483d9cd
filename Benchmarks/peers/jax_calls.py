"""What the JAX peers share: compilation before timing, and the loss of the training step."""
import jax
import jax.numpy as jnp
import numpy as np

import workloads as w


def set_precision(o):
    jax.config.update("jax_enable_x64", o.precision == "double")
    return np.float32 if o.precision == "float" else np.float64


def compiled(function, *arguments):
    """A call of the compiled function that waits for its results."""
    arguments = [jnp.asarray(a) for a in arguments]
    program = jax.jit(function).lower(*arguments).compile()
    return lambda: jax.block_until_ready(program(*arguments))


def z_signs(n, real):
    """2^n x n signs of Z, with qubit 0 the highest bit of an index."""
    index = np.arange(2**n)[:, None] >> np.arange(n - 1, -1, -1)
    return jnp.asarray(1 - 2 * (index & 1), real)


def training_call(o, model_of):
    """`model_of(step, signs)` gives a function from weights and features to samples x n outputs."""
    real, t = set_precision(o), w.TrainingStep(o.qubits, o.layers or 3, o.batch)
    model, labels = model_of(t, z_signs(t.n, real)), jnp.asarray(t.labels)

    def loss(weights, features):
        log_shares = jax.nn.log_softmax(model(weights, features), axis=1)
        return -jnp.take_along_axis(log_shares, labels[:, None], axis=1).mean()

    call = compiled(jax.value_and_grad(loss, argnums=(0, 1)), t.weights.astype(real), t.features.astype(real))
    return call, lambda r: t.checks(r[0], *r[1]), dict(n=t.n, layers=t.layers, batch=t.batch)
