"""When the sounds of a sentence are said, for a voice that does not tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from inference.types.audio import FloatSamples

from .piper_phonemes import Counted
from .time_warp import HOP_S, moments

_SILENT = "_"
_VOWELS = frozenset("aeiouyäöüáéíóúàâèêëîïôûœæ")
_VOWEL_LASTS, _CONSONANT_LASTS, _GAP_LASTS = 1.4, 1.0, 0.3
# Softer than the loudest by this much is the silence around a sentence.
_QUIET_DB = 35.0
_FRAME_S = 0.01


def laid_over(
    codes: Sequence[Counted],
    model: FloatSamples,
    model_hz: int,
    sound: FloatSamples,
    sound_hz: int,
) -> list[Counted]:
    """Return the codes with their counts in ``sound``; ``codes`` count ``model``.

    Only the speech of both is compared: silence around it is cut as each voice likes.
    """
    begins, stops = loud_part(model, model_hz)
    first, last = loud_part(sound, sound_hz)
    borders = moments(model[begins:stops], model_hz, sound[first:last], sound_hz)
    ends_s = (np.cumsum([n for _, n in codes]) - begins) / model_hz
    frames = np.arange(len(borders)) * HOP_S
    inside = np.interp(ends_s, frames, borders)
    ends = first + np.rint(inside * sound_hz).astype(int)
    ends = np.minimum(np.maximum.accumulate(ends), sound.size)
    ends[-1] = sound.size
    starts = np.concatenate([[0], ends[:-1]])
    return [(code, int(n)) for (code, _), n in zip(codes, ends - starts, strict=True)]


def by_letters(text: str, sound: FloatSamples, rate_hz: int) -> list[Counted]:
    """Return the letters of a text as its sounds, by how long such letters take.

    Where nobody knows how a text sounds, this still opens and shuts a mouth in time.
    """
    first, last = loud_part(sound, rate_hz)
    said = [(letter, _lasts(letter)) for letter in text.lower() if _is_said(letter)]
    whole = sum(share for _, share in said)
    if not whole:
        return [(_SILENT, int(sound.size))]
    ends = np.rint(np.cumsum([share for _, share in said]) / whole * (last - first))
    counts = np.diff(np.concatenate([[0], ends])).astype(int)
    codes = [(letter, int(n)) for (letter, _), n in zip(said, counts, strict=True)]
    mark = text.rstrip("\"')»” ")[-1:]
    return [
        (_SILENT, first),
        *codes,
        (mark if mark in ".?!,;:" else ".", 0),
        (_SILENT, int(sound.size) - last),
    ]


def letters_of(word: str) -> list[str]:
    """Return what ``by_letters`` makes of one word."""
    return [letter for letter in word.lower() if letter != " " and _is_said(letter)]


def loud_part(sound: FloatSamples, rate_hz: int) -> tuple[int, int]:
    """Return where speech begins and ends: what is around it is as good as silent."""
    width = max(1, int(rate_hz * _FRAME_S))
    n_frames = sound.size // width
    if not n_frames:
        return 0, int(sound.size)
    framed = sound[: n_frames * width].reshape(n_frames, width)
    power = np.square(framed, dtype=np.float64).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-_QUIET_DB / 10))
    if not loud.size:
        return 0, int(sound.size)
    return int(loud[0]) * width, min((int(loud[-1]) + 1) * width, int(sound.size))


def _is_said(letter: str) -> bool:
    return letter == " " or unicodedata.category(letter)[0] in "LN"


def _lasts(letter: str) -> float:
    if letter == " ":
        return _GAP_LASTS
    return _VOWEL_LASTS if letter in _VOWELS else _CONSONANT_LASTS
