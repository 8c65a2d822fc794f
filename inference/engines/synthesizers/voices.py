"""A voice for each language: the best that this machine has, loaded when it first speaks.

For each language the settings list voices, the best first. The first whose weights and
libraries are here speaks. If a better one could be fetched, that happens meanwhile, in the
background; where it fails (no network) nothing is asked again for a while.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock, Thread

from inference.engine_spec import EnginePart
from inference.errors import EngineUnavailable, StageError
from inference.phonetics.inventory import primary_tag
from inference.protocols import Cancelled, SpeechSynthesizer
from inference.types.speech import SpeechChunk, SynthesisRequest
from inference.types.voice import SynthesizerCapabilities

logger = logging.getLogger(__name__)

# A voice that could not be fetched or started is left alone for so long.
_REST_S = 600.0
# Voices beside the first languages' that stay loaded; each takes 0.05 to 0.4 GB.
_MOST_LOADED = 2


class Voices:
    """Hands each request to the voice of its language. Thread-safe.

    ``voices`` are what each language can be spoken with. Voices of the ``first``
    languages are loaded at the start and stay; of the others those that spoke last.
    """

    def __init__(
        self,
        *,
        voices: Mapping[str, Sequence[EnginePart]],
        first: Sequence[str] = ("en",),
        most_loaded: int = _MOST_LOADED,
        fetch_in_background: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voices = {tag: tuple(parts) for tag, parts in voices.items()}
        self._first = tuple(first)
        self._most_loaded = most_loaded
        self._fetches = fetch_in_background
        self._clock = clock
        self._lock = Lock()
        self._engines: OrderedDict[str, SpeechSynthesizer] = OrderedDict()
        self._in_use: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}
        self._being_fetched: set[str] = set()
        self._closed = False

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """The voice that would speak each language now; those without one are left out."""
        found = {}
        for language in self._voices:
            for part in self._speakable(language):
                try:
                    known = self._engine(part).capabilities.voices
                except EngineUnavailable:
                    continue
                if language in known:
                    found[language] = known[language]
                    break
        return SynthesizerCapabilities(found)

    def warm(self) -> None:
        """Load the voices of the first languages."""
        for language in self._first:
            self._engine(self._best(language)).warm()

    def close(self) -> None:
        """End every voice."""
        with self._lock:
            self._closed = True
            engines = list(self._engines.values())
            self._engines.clear()
        for engine in engines:
            engine.close()

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause in the language it is in. Raises StageError ``tts.failed``."""
        language = primary_tag(request.language)
        self._fetch_better(language)
        for part in self._speakable(language):
            began = False
            try:
                engine = self._begin(part)
                for chunk in engine.synthesize(request, cancelled=cancelled):
                    began = True
                    yield chunk
            except EngineUnavailable as error:
                if began:
                    raise
                logger.warning("The voice %s cannot be used: %s", part.key, error.code)
                self._let_rest(part.key)
                continue
            finally:
                self._end(part)
            return
        raise StageError("tts.failed", self._why_silent(language))

    def _best(self, language: str) -> EnginePart:
        for part in self._speakable(language):
            return part
        parts = self._voices.get(language, ())
        if not parts:
            raise EngineUnavailable(
                "engine.unknown", f"No voice is set for {language}", retryable=False
            )
        # Nothing is here: making the first says what is missing.
        return parts[0]

    def _speakable(self, language: str) -> Iterator[EnginePart]:
        for part in self._voices.get(language, ()):
            if self._rests_until.get(part.key, 0.0) <= self._clock() and part.is_here():
                yield part

    def _why_silent(self, language: str) -> str:
        if any(p.key in self._being_fetched for p in self._voices.get(language, ())):
            return f"The voice of {language} is being fetched"
        return f"There is no voice of {language} on this machine"

    def _engine(self, part: EnginePart) -> SpeechSynthesizer:
        with self._lock:
            return self._made(part)

    def _made(self, part: EnginePart) -> SpeechSynthesizer:
        if self._closed:
            raise EngineUnavailable("tts.failed", "The voices were closed")
        if part.key not in self._engines:
            self._engines[part.key] = part.make()
        return self._engines[part.key]

    def _begin(self, part: EnginePart) -> SpeechSynthesizer:
        with self._lock:
            self._in_use[part.key] = self._in_use.get(part.key, 0) + 1
            engine = self._made(part)
            self._engines.move_to_end(part.key)
            idle = self._too_many()
        for one in idle:
            one.close()
        return engine

    def _end(self, part: EnginePart) -> None:
        with self._lock:
            left = self._in_use.get(part.key, 0) - 1
            if left > 0:
                self._in_use[part.key] = left
            else:
                self._in_use.pop(part.key, None)

    def _too_many(self) -> list[SpeechSynthesizer]:
        """Take out the voices that nobody has used for longest. Called with the lock."""
        kept = {part.key for tag in self._first for part in self._voices.get(tag, ())}
        others = [key for key in self._engines if key not in kept]
        spare = [key for key in others if key not in self._in_use]
        excess = max(0, len(others) - self._most_loaded)
        return [self._engines.pop(key) for key in spare[:excess]]

    def _let_rest(self, key: str) -> None:
        with self._lock:
            self._rests_until[key] = self._clock() + _REST_S

    def _fetch_better(self, language: str) -> None:
        """Begin to fetch the voices that are better than the one that would speak."""
        if not self._fetches:
            return
        wanted = []
        with self._lock:
            for part in self._voices.get(language, ()):
                if part.is_here():
                    break
                rests = self._rests_until.get(part.key, 0.0) > self._clock()
                if part.fetch is None or rests or part.key in self._being_fetched:
                    continue
                wanted.append(part)
            self._being_fetched |= {part.key for part in wanted}
        if wanted:
            Thread(target=self._fetch, args=(wanted,), daemon=True).start()

    def _fetch(self, parts: Sequence[EnginePart]) -> None:
        """Fetch the best that can be had."""
        had = False
        for part in parts:
            try:
                if part.fetch is not None and not had:
                    part.fetch()
                    had = True
                    logger.info("The voice %s is here now", part.key)
            except EngineUnavailable as error:
                logger.info("The voice %s cannot be had: %s", part.key, error.code)
                self._let_rest(part.key)
            finally:
                with self._lock:
                    self._being_fetched.discard(part.key)
