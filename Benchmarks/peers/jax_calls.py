"""What the JAX peers share: compilation before timing, and the loss of the training step."""
import hashlib
import pathlib
import pickle
import sys

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import serialize_executable

import workloads as w

# Compiling takes up to minutes for each shape, so programs are kept beside the libraries that made them.
COMPILED = pathlib.Path(sys.prefix) / "compiled"


def set_precision(o):
    jax.config.update("jax_enable_x64", o.precision == "double")
    return np.float32 if o.precision == "float" else np.float64


def compiled(o, function, *arguments):
    """A call of the function, compiled now or in an earlier run, that waits for its results."""
    arguments = [jnp.asarray(a) for a in arguments]
    sources = [pathlib.Path(__file__).with_name(name).read_bytes() for name in (f"peer_{o.peer}.py", "jax_calls.py", "workloads.py")]
    file = COMPILED / hashlib.sha256(repr((sorted(vars(o).items()), sources)).encode()).hexdigest()[:32]
    if file.exists():
        program = serialize_executable.deserialize_and_load(*pickle.loads(file.read_bytes()))
    else:
        program = jax.jit(function).lower(*arguments).compile()
        COMPILED.mkdir(exist_ok=True)
        file.write_bytes(pickle.dumps(serialize_executable.serialize(program)))
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

    call = compiled(o, jax.value_and_grad(loss, argnums=(0, 1)), t.weights.astype(real), t.features.astype(real))
    return call, lambda r: t.checks(r[0], *r[1]), dict(n=t.n, layers=t.layers, batch=t.batch)
