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

from .spoken_chunk import spoken_chunk
from .spoken_text import spoken_text
from .voice_client import VoiceClient
from .word_places import place_words

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
        """Speak one clause, sentence by sentence. Raises StageError ``tts.failed``."""
        voice = self._client.start()
        language = primary_tag(voice.language or request.language)
        text = spoken_text(request.text, language)
        if not text:
            return
        speed = min(max(request.speed, _SPEEDS[0]), _SPEEDS[1])
        written = request.text.split()
        words = [spoken_text(word, language) for word in written]
        spoken = n_placed = 0
        for attempts_left in (1, 0):
            try:
                for index, raw in enumerate(
                    self._client.speak(
                        text,
                        speed,
                        words,
                        language=language,
                        cancelled=cancelled,
                        voice=request.voice,
                    )
                ):
                    # After a crash the text is spoken anew: skip what was heard.
                    if index < spoken:
                        continue
                    spoken += 1
                    places = place_words(raw.words[n_placed:], raw.phonemes)
                    said = zip(written[n_placed:], places, strict=False)
                    n_placed += len(places)
                    yield spoken_chunk(raw, said, voice.sample_rate_hz, speed)
            except ProcessGone as gone:
                if not attempts_left:
                    raise StageError(
                        "tts.failed", f"The {self._name} process died"
                    ) from gone
            else:
                return
