"""Seconds a pass over 60,000 images of 28 x 28 takes PyTorch on the processor, for the convolutional networks of
`hilbert reproduce image-classification` without their circuits. Random pixels: the time does not depend on them.

Run: python3 image_trunk.py [--threads 2] [--images 60000] [--batch 64] (needs torch).
"""
import argparse
import time

import torch
from torch import nn


def trunk(width):
    """Order of the layers as in Hilbert's preset: pooling before ReLU, which is the same function."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2), nn.BatchNorm2d(16), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(16, 32, 5, padding=2), nn.BatchNorm2d(32), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(1568, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 10))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=60_000)
    parser.add_argument("--batch", type=int, default=64)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for channels_last in (False, True):
        torch.manual_seed(1)
        model = trunk(20)
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
