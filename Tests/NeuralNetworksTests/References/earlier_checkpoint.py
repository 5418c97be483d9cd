"""Writes earlier.safetensors beside this file: a checkpoint as versions wrote it that kept no numbers of the optimizer and no loss.

Checksum and fingerprint of the samples are FNV-1a, by bytes and by words. Run: python3 earlier_checkpoint.py (needs numpy).
"""
import json
import pathlib
import struct

import numpy as np

PRIME, MASK = 0x100000001B3, 2**64 - 1


def fnv(data, value=0xCBF29CE484222325):
    for byte in data:
        value = (value ^ byte) * PRIME & MASK
    return value


def by_words(data, value):
    end = len(data) // 8 * 8
    for (word,) in struct.iter_unpack("<Q", data[:end]):
        value = (value ^ word) * PRIME & MASK
        value ^= value >> 32
    return fnv(data[end:], value)


inputs, labels = np.array([[0.5], [-1], [2]], np.float32), np.array([0, 1, 1], np.int64)
fingerprint = by_words(labels.tobytes(), by_words(inputs.tobytes(), fnv(b"[3, 1]")))
record = {
    "fingerprint": fingerprint,
    "history": [{"epoch": 1, "learningRate": 0.01, "trainingAccuracy": 0.5, "trainingLoss": 0.75}],
    "optimizer": "SGD",
    "settings": {"batchSize": 2, "epochs": 1, "schedule": {"course": {"constant": {}}, "warmUpEpochs": 0}, "seed": 7},
}
tensors = {
    "optimizer/velocity": np.array([0.5, 0.125, -1, 0]),
    "0.bias": np.array([1, 2], np.float32),
    "0.weight": np.array([[0.25], [-0.5]], np.float32),
}
header, data = {}, b""
for name, array in tensors.items():
    end = len(data) + array.nbytes
    header[name] = {
        "data_offsets": [len(data), end], "dtype": {4: "F32", 8: "F64"}[array.itemsize], "shape": list(array.shape)}
    data += array.tobytes()


def text(checksum):
    header["__metadata__"] = {
        "epoch": "1", "hilbert.checksum": checksum, "hilbert.training": json.dumps(record, separators=(",", ":")), "seed": "7"}
    written = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    return written + b" " * (-len(written) % 8)


whole = text("%016x" % fnv(text("0" * 16) + data))
pathlib.Path(__file__).with_name("earlier.safetensors").write_bytes(struct.pack("<Q", len(whole)) + whole + data)
