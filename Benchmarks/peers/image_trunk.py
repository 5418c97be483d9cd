"""Seconds a pass over 60,000 images of 28 x 28 takes PyTorch on the processor, for the convolutional networks of
`hilbert reproduce image-classification` without their circuits, or with them in TensorCircuit-NG on JAX, compiled and batched.
Random pixels: the time does not depend on them.

Run: python3 image_trunk.py [--threads 2] [--images 60000] [--batch 64] [--circuits] (needs torch; for circuits tensorcircuit-ng, jax).
"""
import argparse
import math
import time

import torch
from torch import nn


def circuits():
    """Four circuits of five qubits: RX of the features, three layers of Rot and CX with ranges 1, 2, 3, measured in Y."""
    import jax
    import numpy as np
    import tensorcircuit as tc

    backend = tc.set_backend("jax")
    tc.set_dtype("complex64")

    def circuit(features, weights):
        c = tc.Circuit(5)
        for q in range(5):
            c.rx(q, theta=features[q])
        for layer in range(3):
            for q in range(5):
                phi, theta, omega = (weights[layer, q, k] for k in range(3))
                c.rz(q, theta=phi), c.ry(q, theta=theta), c.rz(q, theta=omega)
            for q in range(5):
                c.cnot(q, (q + layer + 1) % 5)
        return backend.stack([backend.real(c.expectation_ps(y=[q])) for q in range(5)])

    batch = jax.vmap(jax.vmap(circuit), in_axes=(0, None))
    forward = jax.jit(batch)
    backward = jax.jit(lambda x, w, g: jax.vjp(batch, x, w)[1](g))

    class Call(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, weights):
            ctx.save_for_backward(x, weights)
            return torch.from_numpy(np.array(forward(x.detach().numpy(), weights.detach().numpy())))

        @staticmethod
        def backward(ctx, g):
            x, weights = (t.detach().numpy() for t in ctx.saved_tensors)
            return tuple(torch.from_numpy(np.array(part)) for part in backward(x, weights, g.contiguous().numpy()))

    class Circuits(nn.Module):
        def __init__(self):
            super().__init__()
            self.weights = nn.Parameter(2 * math.pi * torch.rand(4, 3, 5, 3))

        def forward(self, x):
            return Call.apply(x.reshape(-1, 4, 5).contiguous(), self.weights).reshape(-1, 20)

    return Circuits()


def trunk(width, *behind):
    """Order of the layers as in Hilbert's preset: pooling before ReLU, which is the same function."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2), nn.BatchNorm2d(16), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(16, 32, 5, padding=2), nn.BatchNorm2d(32), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(1568, width), nn.BatchNorm1d(width), nn.ReLU(), *behind,
        nn.Linear(width, 10))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=60_000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--circuits", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for channels_last in (False, True):
        torch.manual_seed(1)
        model = trunk(20, circuits()) if arguments.circuits else trunk(20)
        images, labels = torch.rand(arguments.images, 1, 28, 28), torch.randint(0, 10, (arguments.images,))
        if channels_last:
            model, images = model.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
        optimizer, loss = torch.optim.Adam(model.parameters(), 3e-3), nn.CrossEntropyLoss(label_smoothing=0.05)
        start = None
        for step, rows in enumerate(torch.randperm(arguments.images).split(arguments.batch)):
            if step == 5:  # the first steps choose kernels
                start = time.perf_counter()
            optimizer.zero_grad()
            loss(model(images[rows]), labels[rows]).backward()
            optimizer.step()
        seconds = time.perf_counter() - start
        done = arguments.images - 5 * arguments.batch
        print(f"channels_last {channels_last}: {60_000 * seconds / done:.1f} s for 60,000 images ({arguments.threads} threads)")


main()
