"""Words in the tutor's voice are made once and kept for a short while."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from inference.errors import StageError
from inference.runners.base import Produced
from inference.stages.stage import Stage
from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords
from sessions.turns.interruption import Interruption


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


class TwoChunks:
    """A runner whose voice says everything in two chunks of 100 ms, or nothing."""

    def __init__(self, chunks: int = 2) -> None:
        self.asked: list[str] = []
        self._chunks = chunks

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Any
    ) -> AsyncGenerator[Produced, None]:
        """Say it."""
        self.asked.append(request.text)
        spans = (PhonemeSpan("t", 0, 60), PhonemeSpan("", 60, 100))
        for _ in range(self._chunks):
            clip = AudioClip(bytes(2 * 1600), 16_000)
            yield Produced(SpeechChunk(clip, spans), 0, 0)

    def busy(self, stage: Stage) -> bool:
        """Never."""
        return False


async def say(words: SpokenWords, runner: TwoChunks, text: str) -> dict[str, Any]:
    """Have a word said at normal speed."""
    return await words.say(
        runner, text, language="en", speed=1.0, cancelled=Interruption()
    )


async def test_chunks_are_joined_on_one_timeline() -> None:
    said = await say(SpokenWords(), TwoChunks(), "tea")
    assert said["duration_ms"] == 200
    assert [(p["ipa"], p["start_ms"], p["end_ms"]) for p in said["phonemes"]] == [
        ("t", 0, 60),
        ("", 60, 100),
        ("t", 100, 160),
        ("", 160, 200),
    ]


async def test_words_are_kept_for_a_while_the_oldest_go_first() -> None:
    clock, runner = Clock(), TwoChunks()
    words = SpokenWords(max_kept=2, kept_for_s=10, clock=clock)
    for text in ("a", "b", "a", "c", "a", "b"):
        await say(words, runner, text)
    assert runner.asked == ["a", "b", "c", "b"]
    clock.now = 11
    await say(words, runner, "b")
    assert runner.asked[-1] == "b"
    assert len(runner.asked) == 5


async def test_a_voice_that_says_nothing_has_failed() -> None:
    with pytest.raises(StageError) as failure:
        await say(SpokenWords(), TwoChunks(0), "tea")
    assert failure.value.code == "tts.failed"


def test_each_user_has_a_bucket_and_few_are_remembered() -> None:
    clock = Clock()
    buckets = BucketPerUser(rate_per_s=1, burst=1, max_users=2, clock=clock)
    assert [buckets.take(1), buckets.take(1), buckets.take(2)] == [True, False, True]
    buckets.take(3)
    assert buckets.take(1), "forgotten, so it starts anew"
    clock.now = 1.0
    assert buckets.take(3)
