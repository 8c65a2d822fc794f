"""What every voice in a program of its own has in common on the tutor's side."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from threading import Event

from inference.calls import ProcessGone
from inference.errors import EngineUnavailable, StageError
from inference.lifecycle import FOR_LATER, ChildProcess
from inference.phonetics.inventory import primary_tag
from inference.protocols import Cancelled
from inference.types.speech import SpeechChunk, SynthesisRequest

from .spoken_sentences import SpokenSentences
from .spoken_text import spoken_text
from .voice_client import VoiceClient
from .voice_level import VoiceLevel

_SPEEDS = (0.5, 2.0)


class ChildVoice:
    """Text to speech. One process serves all threads, one clause after the other.

    ``libraries`` are what the program imports, and ``install`` what brings them; where
    it has an interpreter of its own, ``python``, nobody looks for them here.
    """

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str] = (),
        *,
        libraries: Sequence[str],
        install: str,
        warm_texts: Sequence[tuple[str, str]],
        patience_s: float,
        load_patience_s: float = 60.0,
        python: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._name = name
        self._libraries = () if python else libraries
        self._install = install
        self._warm_texts = warm_texts
        self._level = VoiceLevel()
        self._client = VoiceClient(
            # What is being said goes before what will be: its pictures, and the ears.
            ChildProcess(
                module,
                arguments,
                environment=environment,
                pipe_output=True,
                politeness=FOR_LATER,
                python=python,
            ),
            name=name,
            patience_s=patience_s,
            load_patience_s=load_patience_s,
        )

    @property
    def pid(self) -> int | None:
        """The child's process id, or None when it does not run."""
        return self._client.pid

    def warm(self) -> None:
        """Start the process and speak a little of different lengths."""
        for library in self._libraries:
            if importlib.util.find_spec(library) is None:
                raise EngineUnavailable(
                    "engine.library_missing",
                    f"{self._name} needs {library}: {self._install}",
                    retryable=False,
                )
        for text, language in self._warm_texts:
            request = SynthesisRequest(text, language=language)
            for _ in self.synthesize(request, cancelled=Event()):
                pass

    def close(self) -> None:
        """End the process."""
        self._client.close()

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause, sentence by sentence or sooner. Raises StageError ``tts.failed``."""
        voice = self._client.start()
        language = primary_tag(voice.language or request.language)
        text = spoken_text(request.text, language)
        if not text:
            return
        speed = min(max(request.speed, _SPEEDS[0]), _SPEEDS[1])
        written = request.text.split()
        words = [spoken_text(word, language) for word in written]
        said = SpokenSentences(written, voice.sample_rate_hz, speed, self._level)
        for attempts_left in (1, 0):
            try:
                for raw in self._client.speak(
                    text,
                    speed,
                    words,
                    language=language,
                    cancelled=cancelled,
                    voice=request.voice,
                ):
                    chunk = said.chunk(raw)
                    if chunk is not None:
                        yield chunk
            except ProcessGone as gone:
                if not attempts_left:
                    raise StageError(
                        "tts.failed", f"The {self._name} process died"
                    ) from gone
                said.again()
            else:
                return
