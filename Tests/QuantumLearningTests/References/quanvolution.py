"""Quanvolutions and variants of entangling layers, from state vectors in numpy; writes quanvolution.json beside this file.

Wires are counted from the most significant; every number is an expectation value or a derivative by central differences of them.
Run: python3 quanvolution.py (needs numpy).
"""
import json
import pathlib

import numpy as np

ONE, X, Y, Z = np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])


def rotation(pauli, angle):
    return np.cos(angle / 2) * ONE - 1j * np.sin(angle / 2) * pauli


def on(matrix, wire, wires):
    full = np.eye(1)
    for other in range(wires):
        full = np.kron(full, matrix if other == wire else ONE)
    return full


def cnot(control, target, wires):
    projectors = [np.diag([1.0, 0.0]), np.diag([0.0, 1.0])]
    return on(projectors[0], control, wires) + on(projectors[1], control, wires) @ on(X, target, wires)


def run(gates, wires, observable):
    state = np.zeros(2**wires, complex)
    state[0] = 1
    for gate in gates:
        state = gate @ state
    return [np.vdot(state, on(observable, wire, wires) @ state).real for wire in range(wires)]


def image_filter(pixels, w):
    gates = [on(rotation(Y, p), q, 4) for q, p in enumerate(pixels)]
    gates += [on(rotation(X, w[0]), 0, 4), on(rotation(X, w[1]), 1, 4), cnot(2, 3, 4), cnot(0, 2, 4), cnot(0, 3, 4)]
    return run(gates + [on(rotation(Y, w[2]), 0, 4), on(rotation(Y, w[3]), 3, 4)], 4, Z)


def quanvolution(images, filters, stride, padding):
    padded = np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height, width = ((n + 2 * padding - 2) // stride + 1 for n in images.shape[2:])
    out = np.zeros((images.shape[0], 4 * len(filters), height, width))
    for s in range(images.shape[0]):
        for f, w in enumerate(filters):
            for i in range(height):
                for j in range(width):
                    window = padded[s, 0, i * stride:i * stride + 2, j * stride:j * stride + 2]
                    out[s, 4 * f:4 * f + 4, i, j] = image_filter(window.flatten(), w)
    return out


def differences(function, point):
    gradient = np.zeros(point.size)
    for k in range(point.size):
        step = np.zeros(point.size)
        step[k] = 1e-5
        step = step.reshape(point.shape)
        gradient[k] = (function(point + step) - function(point - step)) / 2e-5
    return gradient.tolist()


def layers(axes, is_ring):
    x, w, gates = 0.1 * np.arange(1, 6), 0.1 * np.arange(1, 46).reshape(3, 5, 3), []
    gates += [on(rotation(X, angle), q, 5) for q, angle in enumerate(x)]
    for layer in range(3):
        for q in range(5):
            gates += [on(rotation(axis, angle), q, 5) for axis, angle in zip(axes, w[layer, q])]
        gates += [cnot(q, (q + (1 if is_ring else layer + 1)) % 5, 5) for q in range(5)]
    return run(gates, 5, Y)


cases = []
for stride, padding in [(2, 0), (1, 1)]:
    images = np.pi * (0.5 + 0.5 * np.sin(1.7 * np.arange(2 * 5 * 4) + 0.3)).reshape(2, 1, 5, 4)
    filters = np.array([[0.3, 0.5, 0.7, 1.1], [2.0, -1.0, 0.4, 0.9]])
    values = quanvolution(images, filters, stride, padding)
    weight = np.cos(0.9 * np.arange(values.size)).reshape(values.shape)
    cases.append({
        "stride": stride, "padding": padding, "shape": list(values.shape), "values": values.flatten().tolist(),
        "weightGradient": differences(lambda w: (weight * quanvolution(images, w, stride, padding)).sum(), filters),
        "imageGradient": differences(lambda x: (weight * quanvolution(x, filters, stride, padding)).sum(), images),
    })
variants = {"strongly-entangling": ((Z, Y, Z), False), "strongly-entangling-yzy": ((Y, Z, Y), False),
            "ring-entangling": ((Z, Y, Z), True), "ring-entangling-yzy": ((Y, Z, Y), True)}
path = pathlib.Path(__file__).with_name("quanvolution.json")
path.write_text(json.dumps({"quanvolutions": cases, "layers": {name: layers(*how) for name, how in variants.items()}}, indent=1) + "\n")
