"""PennyLane's default.qubit differentiated by JAX: compiled, batched by vmap, outputs from one vector of probabilities."""
import jax
import pennylane as qml

import jax_calls


def training_step(o):
    jax_calls.set_precision(o)

    def model_of(t, signs):
        @qml.qnode(qml.device("default.qubit", wires=t.n), interface="jax", diff_method="backprop")
        def probabilities(weights, x):
            for q in range(t.n):
                qml.RX(x[q], wires=q)
            for layer in range(t.layers):
                for q in range(t.n):
                    qml.Rot(*(weights[layer, q, k] for k in range(3)), wires=q)
                for pair in t.entanglers(layer):
                    qml.CNOT(wires=pair)
            return qml.probs(wires=range(t.n))

        return lambda weights, features: jax.vmap(probabilities, (None, 0))(weights, features) @ signs

    return jax_calls.training_call(o, model_of)


WORKLOADS = {"training-step": training_step}
