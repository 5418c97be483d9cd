"""A convolutional network, its loss and all its gradients from PyTorch, and moved images from SciPy; writes images.json beside this.

Run: python3 images.py (needs torch, numpy, scipy).
"""
import json
import math
import pathlib

import numpy as np
import torch
from scipy import ndimage
from torch import nn

torch.set_default_dtype(torch.float64)


def numbers(*shape):
    """The same numbers as the test makes: sin(1.7 k + 0.3) for k = 0, 1, ..., row-major."""
    count = math.prod(shape)
    return np.sin(1.7 * np.arange(count) + 0.3).reshape(shape)


def network():
    model = nn.Sequential(
        nn.Conv2d(2, 3, 5, padding=2), nn.BatchNorm2d(3), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(16, 3))
    with torch.no_grad():
        for place, parameter in enumerate(model.parameters()):
            parameter.copy_(torch.from_numpy((0.5 + 0.1 * place) * numbers(*parameter.shape)))
    images = torch.from_numpy(numbers(4, 2, 8, 6)).requires_grad_()
    loss = nn.CrossEntropyLoss(label_smoothing=0.1)(model(images), torch.tensor([0, 2, 1, 2]))
    loss.backward()
    return {
        "loss": loss.item(), "imageGradient": images.grad.flatten().tolist(),
        "gradient": torch.cat([p.grad.flatten() for p in model.parameters()]).tolist(),
        "runningMean": model[1].running_mean.tolist(), "runningVariance": model[1].running_var.tolist(),
    }


def moved():
    """Bilinear resampling about the centre with zeros outside, for given angles and shifts."""
    image, cases = np.abs(numbers(9, 7)), []
    for angle, x, y in [(0, 0, 0), (0, 1, -2), (0, 0.25, 0.5), (12, 0, 0), (-30, 1.3, -0.4)]:
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        centre = (np.array(image.shape) - 1) / 2
        matrix = np.array([[c, -s], [s, c]])  # (row, column): y = c dy - s dx, x = c dx + s dy
        offset = centre - matrix @ (centre + np.array([y, x]))
        # grid-constant blends with the zeros outside, as reading single pixels with zeros there does.
        values = ndimage.affine_transform(image, matrix, offset, order=1, mode="grid-constant", cval=0)
        cases.append({"angle": angle, "x": x, "y": y, "values": values.flatten().tolist()})
    return cases


path = pathlib.Path(__file__).with_name("images.json")
path.write_text(json.dumps({"network": network(), "moved": moved()}, indent=1) + "\n")
