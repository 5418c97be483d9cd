"""Writes python.safetensors beside this file as the format's README describes it, with numpy and json alone.

Run: python3 safetensors_file.py
"""
import json
import pathlib
import struct

import numpy as np

tensors = {
    "weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "bias": np.array([1e-3, -2.5], dtype=np.float64),
    "empty": np.zeros((0, 3), dtype=np.float32),
}
header, data = {"__metadata__": {"made by": "numpy", "note": "ünïcode"}}, b""
for name, array in tensors.items():
    kind = {"float32": "F32", "float64": "F64"}[array.dtype.name]
    bytes_ = array.tobytes()
    header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(bytes_)]}
    data += bytes_
text = json.dumps(header, ensure_ascii=False).encode()
pathlib.Path(__file__).with_name("python.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
