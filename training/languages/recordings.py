"""Recordings of people with their texts, for tests alone: Asterisk's announcements.

The packages ``asterisk-core-sounds-es-g722`` and ``-fr-g722`` of Debian (CC BY-SA 3.0)
hold a few hundred telephone announcements a language, read by one woman each (Mexican
Spanish, Canadian French), with a list of their texts.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from inference.types.audio import FloatSamples

from .utterances import RATE_HZ, Utterance

_SPEAKERS = {"es": "es_MX_f_Allison", "fr": "fr_CA_f_June"}
_SOUNDS = "usr/share/asterisk/sounds"
_TEXTS = "usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
_WORDS = range(2, 13)
_SECONDS = (0.5, 9.0)
# What a hand-written list gets wrong, and sounds that are no speech.
_NO_TEXT = "[(0123456789<"


def recordings(language: str, root: Path = Path("/")) -> list[Utterance]:
    """Return the announcements that are a sentence; none if they are not installed."""
    speaker = _SPEAKERS.get(language, "")
    texts = root / _TEXTS.format(language)
    if not speaker or not texts.exists():
        return []
    found = []
    for name, text in _listed(texts):
        path = root / _SOUNDS / speaker / f"{name}.g722"
        if not path.exists() or len(text.split()) not in _WORDS:
            continue
        samples = _decoded(path)
        if _SECONDS[0] <= samples.size / RATE_HZ <= _SECONDS[1]:
            found.append(Utterance(text, f"recorded/{speaker}", samples))
    return found


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    raw = gzip.decompress(path.read_bytes())
    try:
        lines = raw.decode().splitlines()
    except UnicodeDecodeError:
        lines = raw.decode("latin-1").splitlines()
    for line in lines:
        name, colon, text = line.partition(":")
        if colon and name[:1] != ";" and not set(text) & set(_NO_TEXT):
            yield name.strip(), text.strip()


def _decoded(path: Path) -> FloatSamples:
    with av.open(str(path), format="g722") as container:
        parts = [
            np.asarray(frame.to_ndarray(), dtype=np.float32).ravel() / 32768
            for frame in container.decode(audio=0)
        ]
    if not parts:
        return np.zeros(0, np.float32)
    samples: FloatSamples = np.concatenate(parts)
    return samples
