"""Parameters after every step of each optimizer, from the published formulas; writes optimizers.json beside this file.

The objective is f(p) = sum_i a_i (p_i - t_i)^2 / 2 + sin(p_0 p_1), whose gradient changes from step to step.
Run: python3 optimizers.py (needs numpy).
"""
import json
import pathlib

import numpy as np

A, T, START = np.array([1.0, 10.0, 0.1]), np.array([1.0, -2.0, 3.0]), np.array([0.3, 0.7, -1.2])
STEPS = 12


def gradient(p):
    g = A * (p - T)
    c = np.cos(p[0] * p[1])
    return g + np.array([p[1] * c, p[0] * c, 0.0])


def sgd(rate, momentum=0.0, nesterov=False, decay=0.0):
    """Sutskever et al. 2013, learning rate outside the momentum."""
    p, m, path = START.copy(), None, []
    for _ in range(STEPS):
        g = gradient(p) + decay * p
        m = g if m is None else momentum * m + g
        p = p - rate * (g + momentum * m if nesterov else m)
        path.append(p.tolist())
    return path


def adam(rate, decay=0.0, b1=0.9, b2=0.999, eps=1e-8):
    """Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2."""
    p, m, v, path = START.copy(), np.zeros(3), np.zeros(3), []
    for t in range(1, STEPS + 1):
        g = gradient(p)
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g**2
        p = p - rate * (m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps) + decay * p)
        path.append(p.tolist())
    return path


def rmsprop(rate, decay=0.99, eps=1e-8):
    """Tieleman and Hinton 2012, lecture 6.5."""
    p, v, path = START.copy(), np.zeros(3), []
    for _ in range(STEPS):
        g = gradient(p)
        v = decay * v + (1 - decay) * g**2
        p = p - rate * g / (np.sqrt(v) + eps)
        path.append(p.tolist())
    return path


paths = {
    "sgd": sgd(0.05),
    "momentum": sgd(0.02, momentum=0.9),
    "nesterov": sgd(0.02, momentum=0.9, nesterov=True),
    "weight decay": sgd(0.05, momentum=0.5, decay=0.1),
    "adam": adam(0.1),
    "adamw": adam(0.1, decay=0.05),
    "rmsprop": rmsprop(0.03),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(paths, indent=1) + "\n")
