#!/usr/bin/env python3
"""Write the pictures of the reader's tests, and what Pillow decodes them to: python3 make-pictures.py, in this folder.

Made with Pillow 13.0.0 and numpy. Colours are arithmetic sequences; JPEG changes them, so pictures.json holds what comes out.
"""
import json
import pathlib

import numpy as np
from PIL import Image

height, width = 9, 14
place = np.arange(height * width).reshape(height, width)
grey = (2 * place % 256).astype(np.uint8)
colours = np.stack([grey, 255 - grey, (5 * place % 256).astype(np.uint8)], axis=-1)
folder = pathlib.Path("pictures")
folder.mkdir(exist_ok=True)


def save(name, array, mode=None, **options):
    image = Image.fromarray(array) if mode is None else Image.fromarray(array).convert(mode)
    image.save(folder / name, **options)


save("grey.png", grey)
save("colours.png", colours)
save("bilevel.png", grey, "1")
save("palette.png", colours // 64 * 64, "P")
# The high byte is the level, the low byte another number.
save("grey16.png", grey.astype(np.uint16) * 256 + 77)
save("transparent.png", np.dstack([colours, np.where(place % 3 == 0, 0, 255).astype(np.uint8)]))
save("grey-as-colours.png", np.dstack([grey] * 3))
smooth = np.stack([20 * np.arange(height)[:, None] + 3 * np.arange(width), 200 - 9 * np.arange(height)[:, None] + 0 * place,
                   18 * np.arange(width) + 0 * place], axis=-1).astype(np.uint8)
save("grey.jpg", smooth[..., 0], quality=90)
save("colours.jpg", smooth, quality=90, subsampling=0)
save("halved-colours.jpg", smooth, quality=90, subsampling=2)
save("progressive.jpeg", smooth, quality=90, subsampling=0, progressive=True)

decoded = {}
for path in sorted(folder.iterdir()):
    image = Image.open(path)
    if image.mode == "RGBA":  # before black
        image = Image.composite(image, Image.new("RGBA", image.size, (0, 0, 0, 255)), image.getchannel("A"))
    array = np.rint(np.asarray(image) / 257) if image.mode.startswith("I") else np.asarray(image.convert("RGB"))
    array = np.dstack([array] * 3) if array.ndim == 2 else array
    decoded[path.name] = array.astype(int).ravel().tolist()
pathlib.Path("pictures.json").write_text(json.dumps({"height": height, "width": width, "pixels": decoded}) + "\n")
