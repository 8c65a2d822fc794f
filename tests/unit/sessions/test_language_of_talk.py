"""A talk is heard and spoken in the language of its lesson."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inference.protocols import Cancelled
from inference.types.speech import (
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)
from sessions.turns.prompting import Brief, opening_line
from tests.fakes.engines import (
    ScriptedDialogue,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.live import LiveHarness


class NotedVoice(ScriptedSynthesizer):
    """A voice that notes the languages it was asked for."""

    def __init__(self) -> None:
        super().__init__(char_ms=4.0)
        self.languages: set[str] = set()

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Note and hum."""
        self.languages.add(request.language)
        return super().synthesize(request, cancelled=cancelled)


class NotedEars(ScriptedTranscriber):
    """Ears that note the languages they were asked for."""

    def __init__(self) -> None:
        super().__init__(("quiero tres manzanas",))
        self.languages: set[str | None] = set()

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Note and hear."""
        self.languages.add(request.language)
        return super().transcribe(request, cancelled=cancelled)


@pytest.mark.parametrize(
    ("l2", "opening"),
    [
        ("en-GB", "Hello, Ana! It is good to see you."),
        ("es", "¡Hola, Ana! Me alegro de verte."),
        ("fr", "Bonjour, Ana ! Ça me fait plaisir de te voir."),
        ("de", "Hallo, Ana! Schön, dass du da bist."),
    ],
)
def test_the_first_talk_begins_in_its_language(l2: str, opening: str) -> None:
    line = opening_line(Brief(l2=l2, level="A1", learner_name="Ana"))
    assert line.startswith(opening)
    assert line.endswith("?")
    assert "Ana" not in opening_line(Brief(l2=l2, level="A1"))


async def test_the_tutor_that_cannot_think_says_so_in_the_language() -> None:
    async with LiveHarness(
        dialogue=ScriptedDialogue(errors=("llm.failed",) * 9),
        language="de",
        max_llm_retries=0,
    ) as harness:
        await harness.speak(1200)
        await harness.until("turn.ended", turn=1)
    said = [
        event["text"] for event in harness.events if event["type"] == "reply.clause"
    ]
    assert any("mir fällt gerade nichts ein" in text for text in said)


async def test_a_spanish_talk_is_spanish_to_voice_and_ears() -> None:
    voice, ears = NotedVoice(), NotedEars()
    async with LiveHarness(
        synthesizer=voice, transcriber=ears, language="es", opening="Hola."
    ) as harness:
        await harness.speak(1200)
        await harness.until("turn.ended", turn=1)
    assert voice.languages == ears.languages == {"es"}
