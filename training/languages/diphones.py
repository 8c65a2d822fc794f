"""MBROLA: voices joined from recordings of people, for tests alone.

They are told each phone and its length, so they say exactly what they are asked to, also
something wrong, and it is known when each phone begins. Their terms allow speech but no
product that is sold: nothing is learnt from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from inference.phonetics.features import FEATURES
from inference.phonetics.pronunciation import PromptWord, Variant

from .diphone_signs import FEMALE, sayable
from .programs import read_sound, run
from .utterances import RATE_HZ, Utterance

FOLDER = Path("/usr/share/mbrola")
_EDGE_MS = 300
_PAUSE_MS = 250
_PITCH_FALL = 0.75


@dataclass(frozen=True, slots=True)
class Said:
    """What a voice was told to say: the form of each word, and whether a pause follows."""

    words: tuple[Variant, ...]
    pauses: tuple[bool, ...]

    @property
    def phonemes(self) -> list[str]:
        """All phonemes in order."""
        return [p for word in self.words for p in word.phonemes]


def first_sayable(
    words: Sequence[PromptWord], text: str, language: str, voice: str
) -> Said | None:
    """Return each word in its most usual form that a voice has all phonemes of."""
    tokens = text.split()
    forms = []
    for word in words:
        can = (
            v
            for v in word.variants
            if all(sayable(language, voice, p) for p in v.phonemes)
        )
        form = next(can, None)
        if form is None:
            return None
        forms.append(form)
    return Said(tuple(forms), tuple(tokens[w.index][-1] in ",.;:!?" for w in words))


def say(
    said: Said,
    text: str,
    language: str,
    voice: str,
    rng: np.random.Generator,
    *,
    instead: dict[int, str] | None = None,
) -> Utterance:
    """Say a sentence. ``instead`` gives some phonemes, by number, another sound.

    ``sounds`` of the utterance are the right phonemes, not those said instead.
    """
    instead = instead or {}
    pace = float(rng.uniform(0.85, 1.2))
    pitch = float(rng.uniform(190, 230) if voice in FEMALE else rng.uniform(95, 130))
    lines = [f"_ {_EDGE_MS}"]
    now_ms = float(_EDGE_MS)
    borders = []
    n_phonemes, number = len(said.phonemes), 0
    for word, pause in zip(said.words, said.pauses, strict=True):
        for phoneme, stress in zip(word.phonemes, word.stress, strict=True):
            sound = instead.get(number, phoneme)
            length = round(
                _length_ms(sound, stress) * pace * float(rng.uniform(0.85, 1.2))
            )
            hertz = pitch * (1 - (1 - _PITCH_FALL) * number / n_phonemes)
            hertz *= 1.1 if stress else 1.0
            signs = (sayable(language, voice, sound) or "_").split()
            lines += [f"{s} {length // len(signs)} 50 {hertz:.0f}" for s in signs]
            spoken_ms = length // len(signs) * len(signs)
            borders.append((now_ms / 1000, (now_ms + spoken_ms) / 1000))
            now_ms += spoken_ms
            number += 1
        if pause:
            lines.append(f"_ {_PAUSE_MS}")
            now_ms += _PAUSE_MS
    lines.append(f"_ {_EDGE_MS}")
    samples = _sung(voice, lines)
    # MBROLA rounds to whole pitch periods.
    stretch = samples.size / RATE_HZ / ((now_ms + _EDGE_MS) / 1000)
    return Utterance(
        text,
        f"mbrola/{voice}",
        samples,
        tuple(word.phonemes for word in said.words),
        tuple((a * stretch, b * stretch) for a, b in borders),
    )


def _length_ms(phoneme: str, stress: int) -> float:
    """Return a usual length: long vowels long, taps short."""
    features = FEATURES[phoneme]
    if features.vowel:
        long = "ː" in phoneme or len(phoneme) > 1
        return (105 if long else 75) * (1.3 if stress == 1 else 1.0)
    if phoneme in ("ɾ", "j", "w", "ɥ"):
        return 45
    return (
        70 if features.nasal or phoneme in ("l", "ʎ", "r", "ʁ", "β", "ð", "ɣ") else 85
    )


def _sung(voice: str, lines: Sequence[str]) -> np.ndarray:
    with TemporaryDirectory() as folder:
        path = Path(folder, "said.wav")
        run(
            ["mbrola", "-e", str(FOLDER / voice / voice), "-", str(path)],
            "\n".join(lines) + "\n",
        )
        return read_sound(path)
