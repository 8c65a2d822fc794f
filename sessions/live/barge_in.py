"""A learner's voice while the tutor speaks: it stands still at once, and then it is decided.

Stands between what the microphone brings (``SpeechInput``) and the turns that come of it
(``SpokenTurns``): until a sound over the tutor's voice is known to be meant, no turn hears of
it. ``docs/turn_taking.md`` tells what is an interruption.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sessions.turns.asked import asked_by
from sessions.turns.barge_in import (
    NEARLY_OVER_MS,
    Overheard,
    Verdict,
    judge,
    judge_now,
)
from sessions.turns.context import SpokenInput, Transcribed, TurnContext
from sessions.turns.echo import ECHO_SHARE
from sessions.turns.events import ReplyAudioEnded, ReplyStarted, TurnEnded, TurnEvent
from sessions.turns.holding import ReplyHeld, ReplyResumed
from sessions.turns.levels import Levels
from sessions.turns.segmenter import CandidateReady, UtteranceCut
from sessions.turns.turn_words import turn_words

from .echo_check import EchoCheck
from .held_case import Case
from .microphone import MS_PER_FRAME
from .speech_input import SpeechInput
from .spoken_turns import SpokenTurns
from .turn_runner import TurnRunner

# A microphone that sends nothing for so long brings no more words.
MUTE_S = 1.0
# Less sure than this that there was speech at all: no words.
NO_SPEECH = 0.6


class BargeIn:
    """Decides about one talk's interruptions. ``speech`` is set once it is made."""

    def __init__(
        self,
        turns: TurnRunner,
        spoken: SpokenTurns,
        *,
        language: str,
        emit: Callable[[TurnEvent], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.speech: SpeechInput | None = None
        self._turns = turns
        self._spoken = spoken
        self._words = turn_words(language)
        self._emit = emit
        self._clock = clock
        self._echo = EchoCheck(clock=clock)
        self._levels = Levels()
        self._case: Case | None = None
        # The reply of which all sound was sent.
        self._whole: tuple[int, int] | None = None

    def told(self, event: TurnEvent) -> None:
        """Note what becomes of a reply."""
        match event:
            case ReplyStarted():
                self._echo.follow(self._turns.current)
                self._be_eager(eager=True)
            case ReplyAudioEnded(turn, attempt):
                self._whole = turn, attempt
            case TurnEnded():
                self._echo.reply_over()
                self._be_eager(eager=False)

    def began(self) -> None:
        """Something is heard that may be speech."""
        if self._case is not None:
            # Its words are still being recognised, and more is said.
            self._admit(self._case)
        ctx = self._spoken_over()
        if self.speech is None or self.speech.segmenter.pressed:
            self._spoken.began()
            return
        sound = self.speech.segmenter.snapshot()
        share = self._echo.share(sound, ctx)
        if share >= ECHO_SHARE:
            self.speech.drop()
        elif ctx is None:
            self._spoken.began()
        elif self._levels.is_background(sound, self._clock()):
            self.speech.drop()
        else:
            self._hold(ctx, share)

    def heard(self) -> None:
        """Another 20 ms of the microphone were taken."""
        case = self._case
        if case is None or self.speech is None:
            return
        case.heard_at = self._clock()
        if self.speech.segmenter.recently_voiced:
            case.voiced_ms += MS_PER_FRAME
            case.silence_ms = 0.0
        else:
            case.silence_ms += MS_PER_FRAME
        self._decide(case)

    def partial(self, text: str, stable: str) -> None:
        """Some of the words are known, the learner still speaks."""
        if (case := self._case) is not None:
            case.partial = (text, stable)
            self._decide(case)
        else:
            self._spoken.partial(text, stable)

    def paused(
        self, candidate: CandidateReady, recognition: asyncio.Task[Transcribed]
    ) -> None:
        """The learner pauses: the words so far are on their way."""
        if (case := self._case) is not None:
            if case.listener is not None:
                case.listener.cancel()
            listening = self._recognised(case, candidate, recognition)
            case.listener = asyncio.create_task(listening)

    def probable(self, spoken: SpokenInput) -> None:
        """The learner has probably finished."""
        if self._case is None:
            self._spoken.probable(spoken)

    def improbable(self) -> None:
        """The learner goes on."""
        if self._case is None:
            self._spoken.improbable()

    def utterance(self, spoken: SpokenInput, cut: UtteranceCut) -> None:
        """The learner has finished."""
        case = self._case
        if case is None:
            self._levels.spoke(cut.clip)
            self._spoken.utterance(spoken, cut)
            return
        case.cut = (spoken, cut)
        if cut.reason != "silence" or spoken.candidate is None:
            self.settle()

    def nothing(self, cut: UtteranceCut) -> None:
        """What was heard is over, and was no turn."""
        if self._case is None:
            self._spoken.nothing(cut)
        else:
            self._dismiss(self._case)

    def settle(self) -> None:
        """Decide by what is known: nobody waits any longer."""
        if (case := self._case) is not None:
            self._act(case, judge_now(self._overheard(case), self._words))

    def close(self) -> None:
        """Decide no more."""
        if self._case is not None:
            self._over(self._case)

    def _spoken_over(self) -> TurnContext | None:
        """Return the turn whose reply is heard, or about to be."""
        ctx = self._turns.current
        if ctx is None or not ctx.reply_started or ctx.playback.finished:
            return None
        return None if ctx.interruption.is_set() else ctx

    def _hold(self, ctx: TurnContext, echo: float) -> None:
        is_whole = self._whole == (ctx.index, ctx.attempt)
        left_ms = ctx.playback.duration_ms - ctx.playback.place_ms
        case = Case(
            ctx,
            nearly_over=is_whole and left_ms < NEARLY_OVER_MS,
            heard_at=self._clock(),
            echo=echo,
        )
        self._case = case
        ctx.playback.hold()
        self._emit(ReplyHeld(ctx.index, ctx.attempt))
        self._watch(case)

    def _watch(self, case: Case) -> None:
        """A microphone that falls silent would leave the tutor standing."""
        if self._case is not case:
            return
        if self._clock() - case.heard_at > MUTE_S:
            self.settle()
        else:
            loop = asyncio.get_running_loop()
            case.timer = loop.call_later(MUTE_S / 2, self._watch, case)

    async def _recognised(
        self,
        case: Case,
        candidate: CandidateReady,
        recognition: asyncio.Task[Transcribed],
    ) -> None:
        # It is somebody else's task too: who waits for it must not end it.
        await asyncio.wait([recognition])
        failed = recognition.cancelled() or recognition.exception() is not None
        if failed or self._case is not case or self.speech is None:
            return
        transcript = recognition.result().transcript
        speech = transcript.no_speech_probability < NO_SPEECH
        text = transcript.text.strip() if speech else ""
        if case.cut is not None or self.speech.segmenter.stands_at(candidate):
            case.text = text
        elif text:
            case.partial = (text, "")
        self._decide(case)

    def _overheard(self, case: Case) -> Overheard:
        return Overheard(
            voiced_ms=case.voiced_ms,
            silence_ms=case.silence_ms,
            text=case.text,
            partial=case.partial[0],
            nearly_over=case.nearly_over,
            asked=asked_by(case.ctx.reply_text, self._words),
            echo=case.echo,
            is_far=self._is_far(),
        )

    def _is_far(self) -> bool:
        if self.speech is None or not self.speech.segmenter.speaking:
            return False
        return self._levels.is_far(self.speech.segmenter.snapshot())

    def _decide(self, case: Case) -> None:
        if case.ctx.interruption.is_set():
            # Something else has ended the reply: nobody is spoken over any more.
            self._admit(case)
            return
        case.nearly_over = case.nearly_over or self._spoken_over() is not case.ctx
        self._act(case, judge(self._overheard(case), self._words))

    def _act(self, case: Case, verdict: Verdict) -> None:
        if verdict is Verdict.INTERRUPTS:
            self._admit(case)
        elif verdict is Verdict.FALSE_ALARM:
            self._dismiss(case)

    def _admit(self, case: Case) -> None:
        """It is speech: the turns hear of it, and of what was heard of it so far."""
        self._over(case)
        self._spoken.began()
        if case.cut is not None:
            self._levels.spoke(case.cut[1].clip)
            self._spoken.utterance(*case.cut)
        elif case.partial[0]:
            self._spoken.partial(*case.partial)

    def _dismiss(self, case: Case) -> None:
        """It is nothing: it is forgotten, and the tutor goes on."""
        self._over(case)
        if self._is_far() and self.speech is not None:
            self._levels.background(self.speech.segmenter.snapshot(), self._clock())
        if case.cut is None and self.speech is not None:
            self.speech.drop()
        elif case.cut is not None and case.cut[0].candidate is not None:
            case.cut[0].candidate.cancel()
        ctx = case.ctx
        if self._spoken_over() is ctx:
            from_ms = ctx.playback.go_on()
            self._emit(ReplyResumed(ctx.index, ctx.attempt, from_ms))

    def _be_eager(self, *, eager: bool) -> None:
        """To stand still for nothing is soon forgotten; to stand still late is not."""
        if self.speech is not None:
            self.speech.segmenter.eager = eager

    def _over(self, case: Case) -> None:
        self._case = None
        if case.timer is not None:
            case.timer.cancel()
        # Where the listener itself decided it is about to end anyway.
        if case.listener is not None and case.listener is not asyncio.current_task():
            case.listener.cancel()
