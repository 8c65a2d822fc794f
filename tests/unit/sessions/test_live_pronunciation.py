"""How the learner said it: judged beside the answer of a live turn, never in its way."""

from __future__ import annotations

import asyncio
import gc
import weakref
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from inference.protocols import Cancelled
from inference.stages.stage import Stage
from inference.types.assessment import (
    PromptSource,
)
from inference.types.audio import AudioClip
from inference.types.speech import EncoderFeatures, TranscribeRequest, Transcript
from sessions.turns.events import Outcome
from sessions.turns.voice_print import MAX_COUNT, VoicePrint
from tests.fakes.engines import (
    ScriptedDialogue,
    ScriptedScorer,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.live import LiveHarness

SAID = "I would like a cup of tea please"


async def test_a_spoken_turn_is_judged_against_what_was_heard() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        ready = await harness.until("pronunciation.ready", turn=1)
        assert (ready["outcome"], ready["source"], ready["text"]) == (
            "judged",
            "heard",
            SAID,
        )
        words = {word["text"]: word for word in ready["words"]}
        assert words["tea"]["verdict"] == "work"
        assert words["tea"]["phonemes"][0]["diagnosis"] == {
            "kind": "substituted",
            "heard": "s",
        }
        assert words["please"]["verdict"] == "fine"
        assert ready["message"]
        await harness.until("turn.ended", turn=1)
    kept = harness.repository.records[1].learner
    assert kept is not None
    assert kept.assessment is not None
    assert kept.assessment.voice is None


async def test_a_quick_scorer_is_shown_within_300_ms_of_the_words() -> None:
    harness = LiveHarness(scorer=ScriptedScorer(delay_s=0.1), plays=False)
    async with harness:
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1)
        await harness.until("reply.audio_ended", turn=1)
        harness.send(type="playback.finished", turn=1, attempt=0)
        timing = await harness.until("turn.timing", turn=1)
        marks = timing["marks"]
        assert 0 <= marks["pronunciation_ms"] - marks["final_transcript_ms"] < 300
        assert "assess" in [stage["name"] for stage in timing["stages"]]


async def test_a_slow_scorer_holds_neither_words_nor_answer_nor_the_next_turn() -> None:
    scorer = ScriptedScorer(delay_s=2.0)
    async with LiveHarness(scorer=scorer) as harness:
        await harness.speak()
        ended = await harness.until("turn.ended", turn=1, timeout_s=1.5)
        assert ended["outcome"] == "completed"
        timing = await harness.until("turn.timing", turn=1)
        assert timing["marks"]["first_text_ms"] < 1000
        await harness.speak()
        await harness.until("turn.ended", turn=2, timeout_s=1.5)
        assert "pronunciation.ready" not in harness.types()
        # It comes late, and is written late.
        await harness.until("pronunciation.ready", turn=1)
        await asyncio.sleep(0.05)
        kept = harness.repository.records[1]
        assert kept.learner is not None
        assert kept.learner.assessment is not None
        assert kept.reply_text


@pytest.mark.slow
async def test_a_late_result_does_not_undo_what_a_later_try_brought() -> None:
    dialogue = ScriptedDialogue(errors=("llm.failed", "llm.failed"))
    harness = LiveHarness(dialogue=dialogue, scorer=ScriptedScorer(delay_s=2.0))
    async with harness:
        await harness.speak()
        failed = await harness.until("turn.ended", turn=1, timeout_s=1.8)
        assert failed["outcome"] == "failed"
        await harness.until("turn.ended", turn=1, outcome="completed")
        await harness.until("pronunciation.ready", turn=1)
        await asyncio.sleep(0.05)
    kept = harness.repository.records[1]
    assert (kept.outcome, kept.attempt) == (Outcome.COMPLETED, 1)
    assert kept.learner is not None
    assert kept.learner.assessment is not None


async def test_the_answer_is_asked_for_first() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1)
        await harness.until("turn.ended", turn=1)
    order = [s for s in harness.runner.asked if s in {Stage.RESPOND, Stage.ASSESS}]
    assert order == [Stage.RESPOND, Stage.ASSESS]


async def test_a_scorer_that_fails_is_told_once_and_talks_go_on() -> None:
    async with LiveHarness(scorer=ScriptedScorer(failures=2)) as harness:
        for turn in (1, 2, 3):
            await harness.speak()
            ended = await harness.until("turn.ended", turn=turn)
            assert ended["outcome"] == "completed"
        await harness.until("pronunciation.ready", turn=3)
        await harness.until("stage.recovered", stage="assess")
        degraded = [e for e in harness.events if e["type"] == "stage.degraded"]
        assert [e["code"] for e in degraded] == ["assess.failed"]
        assert degraded[0]["message"]
        assert "error" not in harness.types()
    assert harness.repository.records[1].errors == ("assess.failed",)


@pytest.mark.slow
async def test_an_interrupted_turn_is_judged_all_the_same() -> None:
    harness = LiveHarness(
        scorer=ScriptedScorer(delay_s=0.4),
        synthesizer=ScriptedSynthesizer(char_ms=40),
        plays=False,
    )
    async with harness:
        await harness.speak()
        await harness.until("reply.clause", turn=1)
        harness.send(type="reply.stop")
        ended = await harness.until("turn.ended", turn=1)
        assert ended["outcome"] == "interrupted"
        await harness.until("pronunciation.ready", turn=1)


async def test_words_that_were_not_answered_are_judged_too() -> None:
    transcriber = ScriptedTranscriber(("I went", "to the market"), delay_s=0.3)
    async with LiveHarness(transcriber=transcriber) as harness:
        await harness.speak()
        await harness.until("speech.ended", turn=1)
        await harness.speak()
        ended = await harness.until("turn.ended", turn=1)
        assert ended["outcome"] == "cancelled"
        first = await harness.until("pronunciation.ready", turn=1)
        assert first["text"] == "I went"
        await harness.until("pronunciation.ready", turn=2)


async def test_typed_words_have_no_pronunciation() -> None:
    async with LiveHarness() as harness:
        harness.send(type="text.submit", text="Hello", client_id="a")
        await harness.until("turn.ended", turn=1)
        await asyncio.sleep(0.05)
        assert not harness.scorer.requests
        assert "pronunciation.withdrawn" not in harness.types()


@pytest.mark.slow
async def test_a_correction_in_time_is_judged_anew_as_a_given_text() -> None:
    harness = LiveHarness(synthesizer=ScriptedSynthesizer(char_ms=40), plays=False)
    async with harness:
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1, text=SAID)
        harness.send(type="transcript.correct", turn=1, text="I would like three")
        again = await harness.until(
            "pronunciation.ready", turn=1, text="I would like three"
        )
        assert again["source"] == "read"
        assert again["mic_start_ms"] is not None
    last = harness.scorer.requests[-1]
    assert last.source is PromptSource.READ
    assert last.heard is not None
    assert last.heard.text == SAID
    kept = harness.repository.records[1].learner
    assert kept is not None
    assert kept.assessment is not None
    assert kept.assessment.text == "I would like three"


async def test_a_correction_without_its_sound_takes_the_scores_back() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        harness.send(type="transcript.correct", turn=1, text="I would like more")
        withdrawn = await harness.until("pronunciation.withdrawn", turn=1)
        assert withdrawn["message"]
        await harness.until("reply.completed", turn=1, attempt=1)
        await asyncio.sleep(0.1)
        ready = harness.live.ready(resumed=False, last_seq=0)
        assert ready["transcript"][1]["learner"]["pronunciation"] is None
    kept = harness.repository.records[1].learner
    assert kept is not None
    assert kept.assessment is None


async def test_saying_it_again_cancels_the_judgement_of_the_first_take() -> None:
    transcriber = ScriptedTranscriber(("I buyed it", "I bought it"))
    harness = LiveHarness(scorer=ScriptedScorer(delay_s=0.6), transcriber=transcriber)
    async with harness:
        await harness.speak()
        await harness.until("transcript.final", turn=1)
        harness.send(type="turn.redo", turn=1)
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1, text="I bought it")
        told = [e for e in harness.events if e["type"] == "pronunciation.ready"]
        assert [e["text"] for e in told] == ["I bought it"]


async def test_answering_again_keeps_the_scores() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1)
        await harness.until("turn.ended", turn=1)
        harness.send(type="turn.retry", turn=1)
        await harness.until("reply.completed", turn=1, attempt=1)
        await asyncio.sleep(0.1)
        ready = harness.live.ready(resumed=False, last_seq=0)
        assert ready["transcript"][1]["learner"]["pronunciation"]["text"] == SAID
    assert len(harness.scorer.requests) == 1
    kept = harness.repository.records[1]
    assert kept.learner is not None
    assert kept.learner.assessment is not None


@pytest.mark.parametrize("outcome", ["noise", "other_voice", "unsure", "wrong_text"])
async def test_what_was_not_judged_has_words_and_no_scores(outcome: str) -> None:
    async with LiveHarness(scorer=ScriptedScorer(outcome=outcome)) as harness:
        await harness.speak()
        ready = await harness.until("pronunciation.ready", turn=1)
        assert (ready["outcome"], ready["words"], ready["scores"]) == (
            outcome,
            [],
            None,
        )
        assert ready["message"]


async def test_the_clip_lies_where_the_page_says_it_does() -> None:
    async with LiveHarness() as harness:
        harness.frames(2000, loud=False)
        await harness.speak(600)
        ready = await harness.until("pronunciation.ready", turn=1)
        clip = harness.scorer.requests[0].clip
        # Voice began 2000 ms in; the clip takes the sound just before it along.
        quiet_ms = _quiet_ms(clip)
        assert ready["mic_start_ms"] + quiet_ms == pytest.approx(2000, abs=1)


def _quiet_ms(clip: AudioClip) -> float:
    samples = clip.as_float32()
    return 1000 * float((abs(samples) > 0.001).argmax()) / clip.sample_rate_hz


async def test_the_voice_of_a_sitting_is_known_to_the_next_request_only() -> None:
    async with LiveHarness() as harness:
        for turn in (1, 2):
            await harness.speak()
            await harness.until("pronunciation.ready", turn=turn)
            await harness.until("turn.ended", turn=turn)
    assert [r.voice for r in harness.scorer.requests] == [None, (1.0, 0.0)]


class FeatureTranscriber(ScriptedTranscriber):
    """Hears with features, and lets a test see whether they are still in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bool] = []
        self.frames: list[weakref.ref[Any]] = []

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Hear; a final look has features if they are wanted."""
        heard = super().transcribe(request, cancelled=cancelled)
        if request.partial:
            return heard
        self.asked.append(request.want_features)
        frames = np.zeros((50, 8), np.float32)
        self.frames.append(weakref.ref(frames))
        return replace(heard, features=EncoderFeatures(frames, 20.0, "scripted"))


async def test_features_reach_the_scorer_and_are_freed_with_their_turn() -> None:
    transcriber = FeatureTranscriber()
    async with LiveHarness(transcriber=transcriber) as harness:
        await harness.speak()
        await harness.until("pronunciation.ready", turn=1)
        request = harness.scorer.requests.pop()
        assert request.heard is not None
        assert request.heard.features is not None
        assert request.heard.features.encoder == "scripted"
        del request
        await harness.until("turn.ended", turn=1)
        await asyncio.sleep(0.05)
        gc.collect()
        assert all(transcriber.asked)
        assert [frames() for frames in transcriber.frames] == [None] * len(
            transcriber.frames
        )


def test_a_voice_is_a_mean_that_follows() -> None:
    assert VoicePrint().value is None
    voice = VoicePrint()
    voice.add((1.0, 0.0))
    voice.add((0.0, 1.0))
    assert voice.value == pytest.approx((0.5, 0.5))
    for _ in range(10 * MAX_COUNT):
        voice.add((0.0, 1.0))
    assert voice.value == pytest.approx((0.0, 1.0), abs=0.01)
    voice.add((1.0,))
    assert voice.value == pytest.approx((1.0,))


@pytest.mark.slow
async def test_a_scorer_that_lags_behind_leaves_turns_out() -> None:
    async with LiveHarness(scorer=ScriptedScorer(delay_s=30)) as harness:
        for turn in range(1, 6):
            await harness.speak(200)
            await harness.until("turn.ended", turn=turn)
        assert len(harness.live.turns._assessor._running) == 3
