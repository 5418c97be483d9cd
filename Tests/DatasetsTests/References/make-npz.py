#!/usr/bin/env python3
"""Write the npz files of the reader's tests with numpy (made with numpy 2.4.6): python3 make-npz.py, in this folder.

Element i of an array of images is (7 i) mod 251, and of real numbers i / 8, i counting in row-major order; label i is i mod 3.
The tests compute the same numbers, so no expected values are stored.
"""
import io
import zipfile

import numpy as np


def images(*shape):
    return ((7 * np.arange(np.prod(shape))) % 251).astype(np.uint8).reshape(shape)


def labels(count, dtype, column):
    values = (np.arange(count) % 3).astype(dtype)
    return values[:, None] if column else values


parts = {"train": 9, "val": 6, "test": 3}

# The form of MedMNIST: stored, labels in a column, with a validation part.
np.savez("medmnist-grey.npz", **{f"{p}_images": images(n, 4, 5) for p, n in parts.items()},
         **{f"{p}_labels": labels(n, np.uint8, True) for p, n in parts.items()})

# Colour images, compressed, labels of 8 bytes.
np.savez_compressed("medmnist-colour.npz", **{f"{p}_images": images(n, 2, 3, 3) for p, n in parts.items()},
                    **{f"{p}_labels": labels(n, np.int64, True) for p, n in parts.items()})

# The order of PyTorch: channels first, one and three of them.
np.savez("channels-first.npz", **{f"{p}_images": images(n, 3, 4, 5) for p, n in parts.items()},
         **{f"{p}_labels": labels(n, np.int64, False) for p, n in parts.items()})

# Red, green, blue and opacity.
np.savez("four-channels.npz", train_images=images(4, 5, 6, 4), train_labels=labels(4, np.int64, False) % 2)

# Black and white as booleans, where a byte of 1 would be nearly black.
np.savez("booleans.npz", train_images=images(6, 2, 3) % 2 == 1, train_labels=labels(6, np.int64, False))

# Real features whose first index runs fastest.
real = {p: (np.arange(n * 4) / 8).reshape(n, 4) for p, n in parts.items()}
np.savez("fortran.npz", x_train=np.asfortranarray(real["train"].astype(np.float32)), y_train=labels(9, np.int64, False),
         x_test=np.asfortranarray(real["test"]), y_test=labels(3, np.float64, False))

# Every version of the header and every type of element, one array each.
with zipfile.ZipFile("types.npz", "w", zipfile.ZIP_DEFLATED) as archive:
    for dtype in ["|u1", "|i1", "|b1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f4", "<f8", ">i4", ">f8"]:
        for version in [(1, 0), (2, 0), (3, 0)]:
            array = (np.arange(6) % 2 if dtype == "|b1" else np.arange(6) - (3 if dtype[1] in "if" else 0)).astype(dtype)
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array.reshape(2, 3), version)
            name = f"{'big' if dtype[0] == '>' else 'little'}-{dtype[1:]}-{version[0]}.npy"
            archive.writestr(zipfile.ZipInfo(name), buffer.getvalue(), zipfile.ZIP_DEFLATED)

# What is refused: an array of half precision, an array without labels, an archive compressed in another way.
np.savez("half.npz", train_images=images(2, 2, 2).astype(np.float16), train_labels=labels(2, np.uint8, False))
np.savez("unlabelled.npz", train_images=images(2, 2, 2))
np.savez("foreign.npz", angles=images(2, 2), phases=images(2, 2))
with zipfile.ZipFile("bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
    buffer = io.BytesIO()
    np.save(buffer, images(2, 2, 2))
    archive.writestr(zipfile.ZipInfo("train_images.npy"), buffer.getvalue(), zipfile.ZIP_BZIP2)
