"""Takes out of recordings: ``AUDIO=folder`` and the list that may stand beside them.

Each sound file is one turn of one learner. ``labels.csv`` in the folder may say more of
some of them; its first line names the columns, of which only ``file`` is needed:

``file``   the file's name
``class``  what it is counted in (``short``, ``hesitation``...), or one that is said while
           the tutor speaks: ``interruption``, ``back-channel``, ``cough``
``begins_s``, ``ends_s``  when the learner begins and is done, in seconds of the file
``asked``  what the tutor says before

Without times the loudness tells where the voice is, which noise misleads; without a class
a turn of up to 1.2 s is ``short`` and any other ``recording``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile
import soxr

from inference.types.audio import FloatSamples

from .scripts import Kind
from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES, LEAD_S, TAIL_S, Take, Truth, truth_of

LABELS = "labels.csv"
SUFFIXES = {".wav", ".flac", ".ogg", ".opus"}
_KINDS = {
    "interruption": Kind.INTERRUPTION,
    "back-channel": Kind.BYSTANDER,
    "cough": Kind.BYSTANDER,
}
_SHORT_S = 1.2
# Rooms and breath are louder than in what was made.
VOICED_DB = -30.0


def takes_of(folder: Path) -> list[Take]:
    """Return the takes of a folder, by name. Raises ValueError that says what is wrong."""
    labels = _labels(folder / LABELS)
    files = {path.name: path for path in sorted(folder.rglob("*")) if _is_sound(path)}
    if not files:
        raise ValueError(f"{folder} holds no sound ({', '.join(sorted(SUFFIXES))})")
    if unknown := labels.keys() - files.keys():
        raise ValueError(f"{LABELS} names {min(unknown)}, which is not there")
    return [_take(path, labels.get(name, {})) for name, path in files.items()]


def _is_sound(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _labels(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if "file" not in (rows.fieldnames or ()):
            raise ValueError(f"the first line of {LABELS} names no column 'file'")
        return {row["file"]: row for row in rows}


def _take(path: Path, label: Mapping[str, str]) -> Take:
    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    samples: FloatSamples = soxr.resample(sound.mean(axis=1), rate_hz, RATE_HZ)
    truth = _truth(path.name, samples, label)
    length_s = (truth.ends - truth.begins) / RATE_HZ
    class_ = label.get("class") or ("short" if length_s <= _SHORT_S else "recording")
    kind = _KINDS.get(class_, Kind.TURN)
    lead = int(LEAD_S * RATE_HZ)
    whole = np.pad(samples, (lead, int(TAIL_S * RATE_HZ)))
    whole = np.pad(whole, (0, -len(whole) % FRAME_SAMPLES))
    return Take(
        name=path.name,
        kind=kind,
        label=class_,
        pcm=np.clip(whole * 32767, -32768, 32767).astype("<i2").tobytes(),
        truth=Truth(lead + truth.begins, lead + truth.ends, truth.pauses_s),
        asked=label.get("asked") or "",
    )


def _truth(name: str, samples: FloatSamples, label: Mapping[str, str]) -> Truth:
    try:
        found = truth_of(samples, db=VOICED_DB)
        begins = _sample(label.get("begins_s"), found.begins)
        ends = _sample(label.get("ends_s"), found.ends)
    except ValueError as wrong:
        raise ValueError(f"{name}: {wrong}") from None
    if not 0 <= begins < ends <= len(samples):
        raise ValueError(f"{name}: a turn from {begins} to {ends} is not in the file")
    return Truth(begins, ends, found.pauses_s)


def _sample(seconds: str | None, otherwise: int) -> int:
    return int(float(seconds) * RATE_HZ) if seconds else otherwise
