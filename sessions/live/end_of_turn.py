"""Waits of one talk as long as its learner needs: asks voice and words at each pause."""

from __future__ import annotations

import asyncio
import logging

from inference.errors import StageError
from inference.turn_protocols import TurnDetector
from inference.types.audio import FloatSamples
from inference.types.speech import Transcript
from sessions.turns.asked import Asked
from sessions.turns.context import Transcribed
from sessions.turns.endings import Ending
from sessions.turns.heard_words import last_confidence
from sessions.turns.pauses import Pauses
from sessions.turns.segmenter import CandidateReady, Segmenter, UtteranceCut
from sessions.turns.turn_sound import since_pause
from sessions.turns.turn_taking import Decision, Heard, TurnTaking

logger = logging.getLogger(__name__)

# Less likely ends are not worth the work of an answer that may be thrown away.
LIKELY = 0.3
# What is less likely is worth it shortly before the wait is over: as long as finding words
# and speaking the first of them takes.
LEAD_MS = 800.0
# As long as this no cough is, with what is kept before and after the voice; nor, after a
# question that a word answers, what is as long as a word.
CLEARLY_SPEECH_MS = 1_500.0
CLEARLY_A_WORD_MS = 750.0


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
        self._probability: float | None = None
        # What was decided last, and of which candidate.
        self._decided: tuple[int, Decision] | None = None
        self._known = taking.pauses

    def worth_beginning_ms(self, transcript: Transcript) -> float | None:
        """Return after how much silence an answer to these words is worth being begun.

        At once where they are likely enough to be the whole turn; else so long before the
        turn ends that most of an answer is ready by then. None: they are no turn.
        """
        decision = self.taking.decide(_heard(transcript, self._probability))
        if not decision.is_turn:
            return None
        if decision.probability >= LIKELY:
            return 0.0
        return max(0.0, decision.wait_ms - LEAD_MS)

    @property
    def learnt(self) -> Pauses | None:
        """The learner's pauses; None: nothing was learnt of them in this talk."""
        return self.taking.pauses if self.taking.pauses != self._known else None

    def is_turn(self, cut: UtteranceCut) -> bool:
        """Whether an utterance that ended was more than a hum or a sound without words.

        Where nothing was recognised in what was clearly speech, the learner should know.
        """
        if self._decided is None or self._decided[0] != cut.voiced_samples:
            return True
        decision = self._decided[1]
        if decision.ending is Ending.NO_WORDS:
            by_word = self.taking.asked not in (Asked.NOTHING, Asked.OPEN)
            least_ms = CLEARLY_A_WORD_MS if by_word else CLEARLY_SPEECH_MS
            return cut.clip.duration_ms >= least_ms
        return decision.is_turn

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
        sound = since_pause(segmenter.snapshot().as_float32())
        self._task = asyncio.create_task(
            self._look(segmenter, candidate, recognition, sound)
        )

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
        sound: FloatSamples,
    ) -> None:
        probability = self._probability = None
        try:
            probability = await asyncio.to_thread(self._detector.end_probability, sound)
        except StageError as error:
            logger.warning("Turn detector failed: %s", error.code)
        self._probability = probability
        self._set(segmenter, candidate, Heard(0.0, probability, awaits_words=True))
        # The task is the segmenter's; who waits for it must not end it.
        await asyncio.wait([recognition])
        if recognition.cancelled() or recognition.exception() is not None:
            return
        transcript = recognition.result().transcript
        self._set(segmenter, candidate, _heard(transcript, probability))
        if self._resumed_after_ms is not None:
            self.taking.paused(self._resumed_after_ms)

    def _set(
        self, segmenter: Segmenter, candidate: CandidateReady, heard: Heard
    ) -> None:
        decision = self.taking.decide(heard)
        self._decided = (candidate.voiced_samples, decision)
        segmenter.wait(candidate, decision.wait_ms)


def _heard(transcript: Transcript, probability: float | None) -> Heard:
    return Heard(
        0.0,
        probability,
        transcript.text,
        last_confidence=last_confidence(transcript),
    )
