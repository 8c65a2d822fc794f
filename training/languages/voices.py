"""Every voice of a language, said and encoded once and kept for the next run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.phonetics.pronunciation import Pronouncer
from training.frames import Float16, cached

from .cast import PROGRAMS, said_by_program
from .diphone_signs import VOICES
from .diphones import first_sayable, say
from .neural_cast import EVERY, neural_utterances
from .recordings import recordings
from .sentences import held_back, read_sentences
from .utterances import Utterance, load, save

TEACHERS = ("kokoro", *PROGRAMS)
SEED = 762


@dataclass(frozen=True, slots=True)
class Voiced:
    """An utterance and its frames, and those of a changed copy where there is one."""

    utterance: Utterance
    frames: Float16
    changed: Float16 | None = None


class Voices:
    """The voices of one language, kept in ``work``."""

    def __init__(
        self, language: str, pronouncer: Pronouncer, encoder: FrameEncoder, work: Path
    ) -> None:
        self.language = language
        self.sentences = read_sentences(language)
        self._pronouncer = pronouncer
        self._encoder = encoder
        self._work = work

    def teacher(self, name: str) -> list[Voiced]:
        """Return all sentences in the voices of ``kokoro``, ``pico`` or ``espeak``."""
        if name == "kokoro":
            return self._kept(
                name,
                lambda: neural_utterances(
                    self.sentences[:: EVERY[self.language]],
                    self._pronouncer,
                    self._work,
                    SEED,
                ),
                copies=1,
            )
        return self._kept(
            name,
            lambda: said_by_program(name, self.sentences, self.language, SEED),
            copies=1,
        )

    def tests(self) -> list[Voiced]:
        """Return the sentences held back, in MBROLA's voices."""
        return self._kept("mbrola", self._diphones)

    def recordings(self, root: Path) -> list[Voiced]:
        """Return recordings of people, if there are any for this language."""
        return self._kept("recorded", lambda: recordings(self.language, root))

    def _diphones(self) -> list[Utterance]:
        spoken = []
        for voice in VOICES[self.language]:
            for number, text in enumerate(sorted(held_back(self.sentences))):
                words = self._pronouncer.pronounce(text)
                said = first_sayable(words, text, self.language, voice)
                if said is not None:
                    rng = np.random.default_rng((SEED, number))
                    spoken.append(say(said, text, self.language, voice, rng))
        return spoken

    def _kept(
        self, name: str, make: Callable[[], Sequence[Utterance]], *, copies: int = 0
    ) -> list[Voiced]:
        stem = f"{self.language}-{name}"
        path = self._work / f"{stem}.npz"
        if not path.exists():
            save(path, make())
        utterances = load(path)
        clips = [u.samples for u in utterances]
        frames = [
            cached(self._work / f"{stem}-frames-{n}.npz", self._encoder, clips, copy=n)
            for n in range(copies + 1)
        ]
        return [Voiced(u, *f) for u, *f in zip(utterances, *frames, strict=True)]
