"""Each language is spoken by the best voice that is here; others are fetched meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from inference.engine_spec import EnginePart
from inference.engines.synthesizers.voices import Voices
from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.types.audio import AudioClip
from inference.types.speech import SpeechChunk, SynthesisRequest
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities
from tests.fakes.engines import ScriptedSynthesizer

REST_S = 600.0


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


class Recorded(ScriptedSynthesizer):
    """A voice that notes what it said, and whether it is loaded."""

    def __init__(self, house: House, name: str, simple: bool) -> None:
        super().__init__(char_ms=1.0)
        self._house, self.name, self._simple = house, name, simple
        house.loaded.append(name)

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """All languages of the house."""
        voice = VoiceCapabilities(self.name, simple=self._simple)
        return SynthesizerCapabilities(dict.fromkeys(self._house.languages, voice))

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Say it, unless the house has this voice broken."""
        if self.name in self._house.broken:
            raise EngineUnavailable("engine.weights_broken", "scripted")
        self._house.said.append((self.name, request.language))
        yield SpeechChunk(AudioClip(bytes(4), 16_000), ())

    def warm(self) -> None:
        """Note it."""
        self._house.warmed.append(self.name)

    def close(self) -> None:
        """Note it."""
        if self.name in self._house.loaded:
            self._house.loaded.remove(self.name)


@dataclass
class House:
    """What is on the machine, and what a hub gives."""

    languages: tuple[str, ...] = ("en", "es", "fr", "de", "it", "pt")
    here: set[str] = field(default_factory=set)
    hub: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    said: list[tuple[str, str]] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    warmed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    may_fetch: threading.Event = field(default_factory=threading.Event)

    def part(self, name: str, *, simple: bool = False) -> EnginePart:
        """Return a voice of the house; simple ones need no weights."""
        return EnginePart(
            key=name,
            make=lambda: Recorded(self, name, simple),
            is_here=lambda: name in self.here,
            fetch=None if simple else lambda: self.fetch(name),
        )

    def fetch(self, name: str) -> None:
        """Bring a voice once fetching is allowed. Raises EngineUnavailable without a hub."""
        self.asked.append(name)
        assert self.may_fetch.wait(5)
        if name not in self.hub:
            raise EngineUnavailable("model.unavailable", "scripted")
        self.here.add(name)


def say(voices: Voices, language: str) -> None:
    request = SynthesisRequest("Hola.", language=language)
    list(voices.synthesize(request, cancelled=threading.Event()))


def name_of(voices: Voices, language: str) -> str:
    return voices.capabilities.voices[language].name


def until(true: Callable[[], bool]) -> None:
    """Wait for another thread."""
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


@pytest.fixture
def house() -> House:
    """A machine with an English voice and a simple one for the rest."""
    return House(here={"piper-en", "pico"})


def voices_of(house: House, clock: Clock | None = None) -> Voices:
    simple = house.part("pico", simple=True)
    return Voices(
        voices={
            "en": [house.part("piper-en")],
            "es": [house.part("piper-es"), house.part("kokoro"), simple],
            "fr": [house.part("piper-fr"), simple],
            "it": [house.part("piper-it")],
        },
        clock=clock or Clock(),
    )


def test_each_request_goes_to_the_voice_of_its_language(house: House) -> None:
    house.here.add("kokoro")
    voices = voices_of(house)
    for language in ("en-GB", "es-MX", "fr"):
        say(voices, language)
    assert house.said == [("piper-en", "en-GB"), ("kokoro", "es-MX"), ("pico", "fr")]
    house.may_fetch.set()


def test_a_start_loads_the_first_language_alone(house: House) -> None:
    voices = voices_of(house)
    voices.warm()
    assert house.warmed == house.loaded == ["piper-en"]
    say(voices, "en")
    assert house.asked == [], "what is best needs nothing"


def test_a_simple_voice_speaks_until_a_better_one_has_come(house: House) -> None:
    house.hub.add("kokoro")
    voices = voices_of(house)
    say(voices, "es")
    assert name_of(voices, "es") == "pico"
    say(voices, "es")
    house.may_fetch.set()
    until(lambda: "kokoro" in house.here)
    say(voices, "es")
    assert [name for name, _ in house.said] == ["pico", "pico", "kokoro"]
    assert name_of(voices, "es") == "kokoro"
    assert house.asked == ["piper-es", "kokoro"], "asked for once, the best first"


def test_nothing_is_asked_again_for_a_while_where_there_is_no_hub(house: House) -> None:
    house.may_fetch.set()
    clock = Clock()
    voices = voices_of(house, clock)
    say(voices, "fr")
    until(lambda: house.asked == ["piper-fr"])
    until(lambda: not voices._being_fetched)
    say(voices, "fr")
    assert house.asked == ["piper-fr"]
    clock.now += REST_S + 1
    say(voices, "fr")
    until(lambda: house.asked == ["piper-fr", "piper-fr"])


def test_words_alone_are_left_while_the_only_voice_is_being_fetched(
    house: House,
) -> None:
    house.hub.add("piper-it")
    voices = voices_of(house)
    with pytest.raises(StageError, match="is being fetched") as silent:
        say(voices, "it")
    assert silent.value.code == "tts.failed"
    assert silent.value.retryable
    house.may_fetch.set()
    until(lambda: "piper-it" in house.here)
    say(voices, "it")
    assert house.said == [("piper-it", "it")]


def test_a_language_without_a_voice_is_silent(house: House) -> None:
    with pytest.raises(StageError, match="no voice") as silent:
        say(voices_of(house), "sv")
    assert silent.value.code == "tts.failed"
    assert "sv" not in voices_of(house).capabilities.voices


def test_a_broken_voice_makes_way_and_rests(house: House) -> None:
    house.here.add("kokoro")
    house.broken.add("kokoro")
    house.may_fetch.set()
    clock = Clock()
    voices = voices_of(house, clock)
    say(voices, "es")
    house.broken.clear()
    say(voices, "es")
    assert [name for name, _ in house.said] == ["pico", "pico"]
    clock.now += REST_S + 1
    say(voices, "es")
    assert house.said[-1][0] == "kokoro"


def test_voices_that_nobody_uses_are_unloaded_but_not_the_first(house: House) -> None:
    house.here |= {"piper-es", "piper-fr", "piper-it"}
    voices = voices_of(house)
    for language in ("en", "es", "fr", "it", "en"):
        say(voices, language)
    assert house.loaded == ["piper-en", "piper-fr", "piper-it"]
    voices.close()
    assert house.loaded == []
    with pytest.raises(StageError):
        say(voices, "en")


def test_a_voice_that_is_speaking_stays_loaded(house: House) -> None:
    house.here |= {"piper-es", "piper-fr", "piper-it"}
    voices = voices_of(house)
    request = SynthesisRequest("Hola.", language="es")
    speaking = voices.synthesize(request, cancelled=threading.Event())
    next(speaking)
    for language in ("fr", "it"):
        say(voices, language)
    assert "piper-es" in house.loaded
    list(speaking)
