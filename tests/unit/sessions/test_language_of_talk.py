"""A talk is heard and spoken in the language of its lesson."""

from __future__ import annotations

from collections.abc import Iterator

from inference.protocols import Cancelled
from inference.types.speech import (
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)
from tests.fakes.engines import ScriptedSynthesizer, ScriptedTranscriber
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


async def test_a_spanish_talk_is_spanish_to_voice_and_ears() -> None:
    voice, ears = NotedVoice(), NotedEars()
    async with LiveHarness(
        synthesizer=voice, transcriber=ears, language="es", opening="Hola."
    ) as harness:
        await harness.speak(1200)
        await harness.until("turn.ended", turn=1)
    assert voice.languages == ears.languages == {"es"}
