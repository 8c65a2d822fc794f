"""Waits of one talk as long as its learner needs: asks voice and words at each pause."""

from __future__ import annotations

import asyncio
import logging

from inference.errors import StageError
from inference.turn_protocols import TurnDetector
from sessions.turns.context import Transcribed
from sessions.turns.segmenter import CandidateReady, Segmenter
from sessions.turns.turn_taking import Heard, TurnTaking

logger = logging.getLogger(__name__)


class EndOfTurn:
    """Sets the segmenter's wait after each pause, and again when more is known of it.

    The voice is known after some 50 ms, the words when the candidate is recognised; what is
    not known yet, or cannot be had, counts for nothing.
    """

    def __init__(self, taking: TurnTaking, detector: TurnDetector) -> None:
        self.taking = taking
        self._detector = detector
        self._task: asyncio.Task[None] | None = None
        self._resumed_after_ms: float | None = None

    def tutor_said(self, text: str) -> None:
        """Note what the learner is about to answer."""
        self.taking.tutor_said(text)

    def resumed(self, pause_ms: float) -> None:
        """Note that the learner went on, once it is known after what words."""
        if self._task is None or self._task.done():
            self.taking.paused(pause_ms)
        else:
            self._resumed_after_ms = pause_ms

    def paused(
        self,
        segmenter: Segmenter,
        candidate: CandidateReady,
        recognition: asyncio.Task[Transcribed],
    ) -> None:
        """Look at what was said before a pause."""
        self.forget()
        self._task = asyncio.create_task(self._look(segmenter, candidate, recognition))

    def forget(self) -> None:
        """Stop looking at the latest pause: it is over."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._resumed_after_ms = None

    async def settled(self) -> None:
        """Wait until all that can be known of the latest pause is."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _look(
        self,
        segmenter: Segmenter,
        candidate: CandidateReady,
        recognition: asyncio.Task[Transcribed],
    ) -> None:
        samples = candidate.clip.as_float32()
        probability: float | None = None
        try:
            probability = await asyncio.to_thread(
                self._detector.end_probability, samples
            )
        except StageError as error:
            logger.warning("Turn detector failed: %s", error.code)
        self._set(segmenter, candidate, Heard(0.0, probability))
        # The task is the segmenter's; who waits for it must not end it.
        await asyncio.wait([recognition])
        if recognition.cancelled() or recognition.exception() is not None:
            return
        text = recognition.result().transcript.text
        self._set(segmenter, candidate, Heard(0.0, probability, text))
        if self._resumed_after_ms is not None:
            self.taking.paused(self._resumed_after_ms)

    def _set(
        self, segmenter: Segmenter, candidate: CandidateReady, heard: Heard
    ) -> None:
        segmenter.wait(candidate, self.taking.decide(heard).wait_ms)
