"""Portraits of nobody: a disc for a face, on a plain wall."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

BOX = (200, 140, 440, 460)


def portrait(shift: int = 0) -> Image.Image:
    """Return a picture of 640x560 whose face lies in BOX."""
    image = Image.new("RGB", (640, 560), (90, 110, 140))
    draw = ImageDraw.Draw(image)
    draw.ellipse(
        [(BOX[0] + shift, BOX[1]), (BOX[2] + shift, BOX[3])], fill=(200, 160, 140)
    )
    return image


def save_still(folder: Path, name: str = "ana") -> Path:
    """Write a still portrait with its file of faces."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    portrait().save(path)
    save_faces(folder, name)
    return path


def save_faces(folder: Path, name: str, n: int = 1) -> None:
    """Write the file of faces of a portrait."""
    faces = {"faces": [{"box": list(BOX)}] * n}
    (folder / f"{name}.faces.json").write_text(json.dumps(faces))


def save_video(path: Path, *, fps: int, n: int) -> None:
    """Write a video of the face moving to the right, a pixel a picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = 640, 560, "yuv420p"
        for i in range(n):
            pixels = np.asarray(portrait(i))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))
