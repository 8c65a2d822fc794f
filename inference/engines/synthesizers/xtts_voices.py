"""How each voice sounds to XTTS: computed once for a clip, forgotten with it."""

from __future__ import annotations

import io
import logging
from collections import OrderedDict
from typing import Protocol

import numpy as np

from inference.types.audio import FloatSamples

from .reference_voices import ReferenceVoices
from .xtts_model import Sounding

logger = logging.getLogger(__name__)

# A voice is 0.13 MB; so many are at hand without reading a file.
_MOST_IN_MEMORY = 64


class Listener(Protocol):
    """What is asked of the model."""

    fingerprint: str

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of its own voices."""
        ...

    def speaker(self, name: str) -> Sounding:
        """Return one of its own voices."""
        ...

    def sounding_of(self, samples: FloatSamples, rate_hz: int) -> Sounding:
        """Return how the person of a clip sounds."""
        ...


class XttsVoices:
    """The voices of a process. Raises LookupError where the model has no voice at all."""

    def __init__(
        self, model: Listener, references: ReferenceVoices | None, *, speaker: str
    ) -> None:
        self._model = model
        self._references = references
        self._speaker = self._chosen(speaker)
        self._known: OrderedDict[str, Sounding] = OrderedDict()

    def sounding(self, voice: str) -> Sounding:
        """Return how a voice sounds; the model's own where that voice is not there.

        A voice whose clip has gone is forgotten at once. Raises LookupError.
        """
        found = self._of_person(voice) if voice else None
        return found or self._own()

    def _of_person(self, voice: str) -> Sounding | None:
        references = self._references
        if references is None or not references.has(voice):
            self._known.pop(voice, None)
            logger.warning("The voice %s is not here: another speaks", voice)
            return None
        if voice not in self._known:
            made = self._kept_or_made(references, voice)
            if made is None:
                return None
            self._known[voice] = made
        self._known.move_to_end(voice)
        while len(self._known) > _MOST_IN_MEMORY:
            self._known.popitem(last=False)
        return self._known[voice]

    def _kept_or_made(self, references: ReferenceVoices, voice: str) -> Sounding | None:
        clip = references.read(voice)
        if clip is None:
            logger.warning("The clip of the voice %s cannot be read", voice)
            return None
        suffix = f"{clip.sha256[:16]}-{self._model.fingerprint}.npz"
        try:
            with np.load(references.made(voice, suffix), allow_pickle=False) as kept:
                return Sounding(kept["manner"], kept["timbre"])
        except (OSError, ValueError, KeyError, EOFError):
            pass
        try:
            made = self._model.sounding_of(clip.samples, clip.rate_hz)
        except ValueError:
            logger.warning("The clip of the voice %s is too short", voice)
            return None
        file = io.BytesIO()
        np.savez(file, manner=made.manner, timbre=made.timbre)
        try:
            references.keep(voice, suffix, file.getvalue())
        except OSError:
            logger.warning("What the voice %s sounds like cannot be kept", voice)
        return made

    def _own(self) -> Sounding:
        if not self._speaker:
            raise LookupError("the model has no voice of its own")
        return self._model.speaker(self._speaker)

    def _chosen(self, speaker: str) -> str:
        speakers = self._model.speakers
        if not speaker:
            return speakers[0] if speakers else ""
        if speaker not in speakers:
            raise LookupError(f"the model has no speaker {speaker!r}")
        return speaker
