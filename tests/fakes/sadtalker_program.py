"""Stands in for SadTalker's ``inference.py``: the same command line, a plain video.

A picture of one colour has no face. A file ``behaviour`` beside it makes it do otherwise:
``hang`` (and start a helper that hangs too), ``crash``, ``no_video``, ``mpeg4``. The arguments it was called
with are left in ``called.json``, its environment in ``environment.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Read the command line, draw progress bars and write the video."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--driven_audio", type=Path, required=True)
    parser.add_argument("--source_image", type=Path, required=True)
    parser.add_argument("--result_dir", type=Path, required=True)
    parser.add_argument("--checkpoint_dir", type=Path, required=True)
    parser.add_argument("--pose_style", type=int, default=0)
    parser.add_argument("--batch_size", type=int, default=2)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--expression_scale", type=float, default=1.0)
    parser.add_argument("--enhancer")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--still", action="store_true")
    parser.add_argument(
        "--preprocess", choices=["crop", "extcrop", "resize", "full", "extfull"]
    )
    options = parser.parse_args()
    (HERE / "called.json").write_text(json.dumps(sys.argv[1:]))
    (HERE / "environment.json").write_text(json.dumps(dict(os.environ)))
    behaviour = HERE / "behaviour"
    wanted = behaviour.read_text() if behaviour.exists() else ""
    if wanted == "hang":
        hang()
    if wanted == "crash":
        sys.stderr.write(f"Traceback: {options.source_image}\n")
        return 3
    sys.stdout.write("3DMM Extraction for source image\n")
    with Image.open(options.source_image) as picture:
        is_plain = len(picture.getcolors(1 << 24) or ()) == 1
    if is_plain:
        sys.stdout.write("Can't get the coeffs of the input\n")
        return 0
    for step in ("mel:", "audio2exp:", "Face Renderer:"):
        for percent in (0, 50, 100):
            sys.stderr.write(f"\r{step}: {percent:3d}%|##  | {percent}/100 [00:01<]")
            sys.stderr.flush()
    if wanted != "no_video":
        name = time.strftime("%Y_%m_%d_%H.%M.%S") + ".mp4"
        write(options, options.result_dir / name, wanted or "libx264")
        sys.stdout.write(f"The generated video is named: {options.result_dir / name}\n")
    return 0


def hang() -> None:
    """Never end, nor let the helper end."""
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    helper = subprocess.Popen(command)
    (HERE / "pids").write_text(f"{os.getpid()} {helper.pid}")
    time.sleep(600)


def write(options: argparse.Namespace, target: Path, codec: str) -> None:
    """Write one grey picture for each twenty-fifth of a second of the speech."""
    with wave.open(str(options.driven_audio)) as speech:
        seconds = speech.getnframes() / speech.getframerate()
    with av.open(str(target), "w") as file:
        stream: Any = file.add_stream(codec, rate=25)
        stream.width = stream.height = options.size
        stream.pix_fmt = "yuv420p"
        pixels = np.full((options.size, options.size, 3), 99, np.uint8)
        for _ in range(int(seconds * 25)):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        file.mux(stream.encode(None))


if __name__ == "__main__":
    sys.exit(main())
