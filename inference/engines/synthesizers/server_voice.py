"""What every voice on another machine has in common: clauses, streamed, with their sounds.

A clause is spoken as it comes: it is cut where the voice is silent for a moment, so that
the first words are heard while the last are made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from threading import Event

import numpy as np

from inference.errors import EngineUnavailable, StageError
from inference.phonetics.inventory import primary_tag
from inference.protocols import Cancelled
from inference.types.audio import FloatSamples
from inference.types.speech import SpeechChunk, SynthesisRequest
from inference.types.voice import (
    SoundTimes,
    SynthesizerCapabilities,
    VoiceCapabilities,
)

from .clause_model import ClauseModel, ClauseModels
from .pcm_stream import PcmStream
from .piper_phonemes import between
from .sentences import clauses
from .spoken_chunk import spoken_chunk
from .spoken_text import spoken_text
from .streamed_sound import StreamedSound
from .voice_client import RawSpeech
from .word_places import Place, place_words

_SPEEDS = (0.5, 2.0)
_CLAUSE_LETTERS = 60


class ServerVoice(ABC):
    """Text to speech by a server. ``speakers`` are its voices, by primary tag."""

    def __init__(self, name: str, speakers: str | Mapping[str, str]) -> None:
        self._name = name
        self._speakers = speakers_of(speakers)
        self._models = ClauseModels()

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """A voice for each language that has a speaker; times of sounds are estimates."""
        return SynthesizerCapabilities(
            {
                language: VoiceCapabilities(
                    name=f"{self._name} {speaker}".strip(),
                    sound_times=SoundTimes.ESTIMATED,
                )
                for language, speaker in self._speakers.items()
            }
        )

    def warm(self) -> None:
        """Say a word. Raises EngineUnavailable if the server does not answer."""
        request = SynthesisRequest("OK.", language=min(self._speakers))
        try:
            for _ in self.synthesize(request, cancelled=Event()):
                pass
        except StageError as failure:
            raise EngineUnavailable(
                failure.code, failure.message, retryable=failure.retryable
            ) from failure

    def close(self) -> None:
        """Close connections."""
        self._models.close()

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause as its sound comes. Raises StageError ``tts.failed``."""
        language = primary_tag(request.language)
        if language not in self._speakers:
            raise StageError(
                "tts.failed", f"{self._name} has no speaker of {language}",
                retryable=False,
            )  # fmt: skip
        speed = min(max(request.speed, _SPEEDS[0]), _SPEEDS[1])
        written = request.text.split()
        words = [spoken_text(word, language) for word in written]
        n_said = 0
        for clause in clauses(
            spoken_text(request.text, language), at_least=_CLAUSE_LETTERS
        ):
            if cancelled.is_set():
                return
            model = self._models.of(clause, words, language, cancelled)
            speaking = _Speaking(model, written, n_said)
            for chunk in self._spoken(clause, language, speed, speaking, cancelled):
                if cancelled.is_set():
                    return
                yield chunk
            n_said = speaking.n_said

    @abstractmethod
    def _stream(
        self, text: str, language: str, speed: float, cancelled: Cancelled
    ) -> Iterator[bytes]:
        """Yield the sound of a clause as the server sends it. Raises StageError."""

    def _pcm(self) -> PcmStream:
        """Return what reads the server's sound."""
        return PcmStream()

    def _stretch(self, speed: float) -> float:
        """Return the speed that is left to be made here."""
        return 1.0

    def _spoken(
        self,
        clause: str,
        language: str,
        speed: float,
        speaking: _Speaking,
        cancelled: Cancelled,
    ) -> Iterator[SpeechChunk]:
        pcm = self._pcm()
        # Without a model only a whole clause can be timed.
        sound = StreamedSound(self._stretch(speed), cuts=bool(speaking.model.rate_hz))
        try:
            for data in self._stream(clause, language, speed, cancelled):
                samples = pcm.feed(data)
                for piece in sound.feed(samples, pcm.rate_hz):
                    yield speaking.chunk(piece, pcm.rate_hz, speed, goes_on=True)
        except ValueError as unreadable:
            raise StageError(
                "tts.failed",
                f"{self._name} sent what is no 16-bit sound ({unreadable})",
            ) from unreadable
        if cancelled.is_set():
            return
        rest = sound.rest()
        if rest.size:
            yield speaking.chunk(rest, pcm.rate_hz, speed, goes_on=False)
        elif not speaking.sound.size:
            raise StageError("tts.failed", f"{self._name} sent no sound")


class _Speaking:
    """A clause that is being said: what was heard of it, and which words were in it."""

    def __init__(self, model: ClauseModel, written: Sequence[str], n_said: int) -> None:
        self.model = model
        self.sound: FloatSamples = np.zeros(0, np.float32)
        self.n_said = n_said
        self._first = n_said
        self._written = written

    def chunk(
        self, piece: FloatSamples, rate_hz: int, speed: float, *, goes_on: bool
    ) -> SpeechChunk:
        """Return the next piece as speech; all before it help to find its sounds."""
        begin = self.sound.size
        self.sound = np.concatenate([self.sound, piece])
        lay = self.model.over_beginning if goes_on else self.model.over
        codes = lay(self.sound, rate_hz)
        raw = RawSpeech(
            piece.astype("<f4").tobytes(),
            tuple(between(codes, begin, self.sound.size)),
            (),
        )
        places = place_words(self.model.words[self._first :], codes)
        return spoken_chunk(
            raw,
            self._words(places, begin),
            rate_hz,
            speed,
            goes_on=goes_on,
            like=self.sound,
        )

    def _words(
        self, places: Sequence[Place | None], begin: int
    ) -> list[tuple[str, Place | None]]:
        """Return the words that begin in this piece, and end with it at the latest."""
        found: list[tuple[str, Place | None]] = []
        for index, place in enumerate(places, self._first):
            if index < self.n_said:
                continue
            if place is not None:
                first = max(place[0] - begin, 0)
                last = min(max(place[1] - begin, first), self.sound.size - begin)
                found.append((self._written[index], (first, last)))
            self.n_said = index + 1
        return found


def speakers_of(given: str | Mapping[str, str]) -> dict[str, str]:
    """Return the speaker of each language from ``en=alloy,es=nova``. Raises EngineUnavailable."""
    pairs = (
        given.items()
        if isinstance(given, Mapping)
        else [each.partition("=")[::2] for each in given.split(",") if each.strip()]
    )
    found = {primary_tag(tag.strip()): name.strip() for tag, name in pairs}
    if not found or not all(found) or not all(found.values()):
        raise EngineUnavailable(
            "engine.bad_option",
            f"speakers is {given!r}, not as in en=alloy,es=nova",
            retryable=False,
        )
    return found
