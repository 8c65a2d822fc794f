"""Long utterances are recognised stretch by stretch, and come out as one."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from inference.protocols import Cancelled
from inference.types.audio import AudioClip
from inference.types.speech import (
    EncoderFeatures,
    TranscribeRequest,
    Transcript,
    Word,
)
from sessions.turns.growing import GrowingUtterance
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness


def clip_of(seconds: float) -> AudioClip:
    return AudioClip(bytes(2 * int(16_000 * seconds)), 16_000)


def heard(text: str, seconds: float, first_frame: float = 0.0) -> Transcript:
    """Return a transcript whose words fill the clip and whose frames count up."""
    words = text.split()
    step = 1000 * seconds / max(1, len(words))
    frames = first_frame + np.arange(-(-int(16_000 * seconds) // 320), dtype=np.float32)
    return Transcript(
        text,
        tuple(Word(w, i * step, (i + 1) * step, 0.8) for i, w in enumerate(words)),
        "en",
        0.8,
        0.1,
        EncoderFeatures(frames[:, None], 20.0, "whisper-base"),
    )


def test_stretches_are_one_utterance_with_its_times_and_frames() -> None:
    grown = GrowingUtterance()
    grown.add(clip_of(6.01), heard("I went to the market and then.", 6.01), 800)
    assert grown.n_samples % 320 == 0
    rest = grown.rest(clip_of(9.0))
    assert rest.n_samples == 9 * 16_000 - grown.n_samples
    whole = grown.whole(heard("we cooked a soup.", rest.duration_ms / 1000, 1000.0))
    assert whole.text == "I went to the market and then we cooked a soup."
    assert whole.words[7].start_ms == pytest.approx(6000, abs=20)
    assert whole.words[-1].end_ms == pytest.approx(9000, abs=20)
    assert whole.features is not None
    assert len(whole.features.frames) == 450
    assert whole.features.frames[300, 0] == 1000.0


def test_a_sentence_that_ended_keeps_its_full_stop() -> None:
    grown = GrowingUtterance()
    grown.add(clip_of(6), heard("I went home.", 6), 800)
    assert grown.whole(heard("Then I slept.", 2)).text == "I went home. Then I slept."


@pytest.mark.parametrize(
    ("seconds", "pause_ms", "text"),
    [(2, 800, "I went home."), (6, 150, "I went home."), (6, 800, "")],
)
def test_short_stretches_and_short_pauses_are_heard_again(
    seconds: float, pause_ms: float, text: str
) -> None:
    grown = GrowingUtterance()
    grown.add(clip_of(seconds), heard(text, seconds), pause_ms)
    assert grown.n_samples == 0
    assert grown.text == ""


def test_nothing_after_a_stretch_leaves_it_as_it_is() -> None:
    grown = GrowingUtterance()
    grown.add(clip_of(6), heard("I went home.", 6), 800)
    assert grown.whole(heard("", 0.5)).text == "I went home."


class NotingTranscriber(ScriptedTranscriber):
    """Remembers how long the clips were, and what was said before them."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__(texts)
        self.asked: list[tuple[float, str]] = []

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Note and hear."""
        if not request.partial:
            self.asked.append((request.clip.duration_ms, request.hint))
        return super().transcribe(request, cancelled=cancelled)


async def test_only_what_is_new_is_recognised_after_a_pause() -> None:
    transcriber = NotingTranscriber(("I went to the market.", "and bought some fish."))
    async with LiveHarness(transcriber=transcriber, end_silence_ms=600) as harness:
        harness.frames(6_000, loud=True)
        harness.frames(400, loud=False)
        await asyncio.sleep(0.1)
        harness.frames(1_000, loud=True)
        harness.frames(700, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")
        final = await harness.until("transcript.final", turn=1)
    assert final["text"] == "I went to the market and bought some fish."
    (_, _), (rest_ms, hint) = transcriber.asked
    assert rest_ms < 2_000
    assert hint == "I went to the market"
