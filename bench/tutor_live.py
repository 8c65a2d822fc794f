"""A talk with the tutor as it ships, without microphone, voice and browser.

Everything between the learner's words and the clauses to be spoken is the product's own:
the teacher of a live talk with its second looks, health and deadlines, and the
conversation that its model reads.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from inference.errors import StageError
from inference.stages.stage import Stage
from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    Verdict,
    WordScore,
)
from inference.types.dialogue import DialogueRequest
from inference.types.speech import Word
from sessions.live.teaching import TeachingSettings, make_talk_teacher
from sessions.turns.context import LearnerWords, TurnContext, TypedInput
from sessions.turns.events import Source
from sessions.turns.health import StageHealth
from sessions.turns.interruption import Interruption
from sessions.turns.playback import Playback
from sessions.turns.prompting import Brief, Conversation, Exchange
from sessions.turns.timing import TurnTimer
from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.gating import GateResult, ReplyContext
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, SoundProblem
from tutor.moves import Move
from tutor.pitch import Pitch
from tutor.policy.choosing import choose
from tutor.taught import TaughtTurn
from tutor.wording.prompt import system_prompt
from tutor.wording.templates import plainest

from .tutor_models import Model
from .tutor_reply import gatekeeper

# All talks share a slot of the model's server: the next one keeps what they have in common.
_CONVERSATION = "talk"
# A second look takes a second or two; a learner listens and thinks for longer.
_LOOK_PATIENCE_S = 20.0
_POLL_S = 0.01


class TalkClock:
    """Seconds since a talk began. It can be set: nobody listens or speaks in a bench."""

    def __init__(self, minutes: float) -> None:
        self.set(minutes)

    def __call__(self) -> float:
        """Return the time."""
        return time.monotonic() - self._began_at

    def set(self, minutes: float) -> None:
        """Let the talk have lasted so long."""
        self._began_at = time.monotonic() - 60.0 * minutes


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn as it was answered.

    ``spoken`` are the clauses as they came, ``failed`` the gates that they do not pass,
    looked at once more. ``chosen`` is the policy's move on what the answer knew: words of
    another one were said if ``taught.move`` is of another kind. ``looked`` is the analysis
    after the second look, ``late`` whether there was one. ``last_resort``: no template of
    the move could be said, or only its plainest sentence.
    """

    turn: LearnerTurn
    before: TalkState
    taught: TaughtTurn
    chosen: Move
    spoken: str
    failed: tuple[GateResult, ...]
    looked: Analysis
    late: bool
    last_resort: bool
    seconds: float
    look_seconds: float

    @property
    def worded(self) -> str:
        """What was spoken behind the words that are heard at once."""
        return self.spoken.removeprefix(self.taught.opener).strip()


class LiveTalk:
    """One learner's talk on the model under test.

    ``patience_s`` takes the place of the shipped wait for the model's correction.
    """

    def __init__(
        self,
        learner: Learner,
        plan: LessonPlan,
        model: Model,
        *,
        state: TalkState | None = None,
        opening: str = "",
        patience_s: float | None = None,
    ) -> None:
        shipped = model.shipped
        self._learner, self._plan, self._model = learner, plan, model
        self._runner = model.runner
        self._health = StageHealth(lambda event: None)
        state = state or TalkState()
        if opening and not state.turns:
            state = replace(state, last_reply=state.last_reply or opening)
        self._clock = TalkClock(state.minutes)
        self._teacher = make_talk_teacher(
            TeachingSettings(
                learner=learner,
                plan=plan,
                trust=shipped.trust,
                form=shipped.form,
                words_corrections=shipped.words_corrections,
                analysis_deadline_s=(
                    shipped.analysis_deadline_s if patience_s is None else patience_s
                ),
                clause_deadline_s=shipped.clause_deadline_s,
                openers=shipped.openers,
                state=state,
            ),
            runner=self._runner,
            health=self._health,
            on_looked=lambda ctx: None,
            clock=self._clock,
        )
        self._pitch = Pitch(learner)
        brief = Brief(l2=learner.l2, level=learner.level)
        self._conversation = Conversation(brief, system=system_prompt(learner, plan))
        self._index = 0
        if state.last_reply:
            self._conversation.put(Exchange(0, None, state.last_reply))

    @property
    def state(self) -> TalkState:
        """What the policy knows of the talk."""
        return self._teacher.state

    def at(self, minutes: float) -> None:
        """Let the talk have lasted so long."""
        self._clock.set(minutes)

    async def answer(self, turn: LearnerTurn) -> Answer:
        """Answer a turn, then look at it again if the product would."""
        await self._read_ahead()
        self._index += 1
        ctx = self._context(turn)
        began = time.monotonic()
        before = replace(self.state, minutes=self._clock() / 60.0)
        clauses = [clause async for clause in self._teacher.clauses(ctx)]
        spoken = " ".join(clauses)
        taught = ctx.taught
        assert taught is not None
        ended = time.monotonic()
        self._teacher.ended(ctx, spoken)
        self._conversation.put(Exchange(self._index, turn.text or None, spoken or None))
        late = self._teacher.will_look(self._index)
        await self._looked_at()
        chosen = self._chosen(turn, taught, before)
        context = self._context_of(turn, taught, chosen, before)
        found = gatekeeper(self._learner.l2).check(spoken, context, whole=True)
        return Answer(
            turn=turn,
            before=before,
            taught=taught,
            chosen=chosen,
            spoken=spoken,
            failed=tuple(gate for gate in found if not gate.passed),
            looked=ctx.taught.analysis if ctx.taught is not None else taught.analysis,
            late=late,
            last_resort=taught.templated
            and (
                taught.move.kind is not chosen.kind
                or spoken.removeprefix(taught.opener).strip()
                in self._plainest(turn, context)
            ),
            seconds=ended - began,
            look_seconds=time.monotonic() - ended,
        )

    async def close(self) -> None:
        """End the talk."""
        await self._teacher.close(patience_s=0)

    def _chosen(self, turn: LearnerTurn, taught: TaughtTurn, before: TalkState) -> Move:
        try:
            return choose(turn, taught.analysis, before, self._learner, self._plan)
        except Exception:  # noqa: BLE001 what failed in the talk is counted there
            return taught.move

    def _context_of(
        self, turn: LearnerTurn, taught: TaughtTurn, chosen: Move, before: TalkState
    ) -> ReplyContext:
        """Return what the reply has to pass by what the tutor knew."""
        said, analysis = turn, taught.analysis
        if chosen.earlier and before.late is not None:
            said, analysis = LearnerTurn(chosen.earlier), before.late
        self._pitch.hear(said, chosen.situation)
        return ReplyContext(
            self._pitch.learner, self._plan, taught.move, analysis, before.last_reply
        )

    def _plainest(self, turn: LearnerTurn, context: ReplyContext) -> tuple[str, ...]:
        said = LearnerTurn(context.move.earlier) if context.move.earlier else turn
        return plainest(context.move, said, context.learner, self._plan)

    async def _read_ahead(self) -> None:
        """Let the model read the prompt while the learner is not yet speaking."""
        request = DialogueRequest(
            messages=self._conversation.messages_ahead(),
            conversation=_CONVERSATION,
            max_tokens=0,
        )
        with suppress(StageError):
            run = self._runner.run(Stage.RESPOND, request, cancelled=Interruption())
            async with aclosing(run):
                async for _ in run:
                    pass

    async def _looked_at(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_PATIENCE_S):
                # Nobody tells of a look that found nothing.
                while self._teacher.will_look(self._index):  # noqa: ASYNC110
                    await asyncio.sleep(_POLL_S)

    def _context(self, turn: LearnerTurn) -> TurnContext:
        now = time.monotonic()
        return TurnContext(
            index=self._index,
            attempt=0,
            input=TypedInput(turn.text, Source.SPEECH, at=now),
            history=self._conversation.messages(),
            conversation=_CONVERSATION,
            language=self._learner.l2,
            timer=TurnTimer(zero_at=now, zero="text_submitted"),
            interruption=Interruption(),
            playback=Playback(),
            max_reply_tokens=self._model.shipped.reply_tokens[self._learner.level],
            temperature=self._model.shipped.temperature,
            learner=LearnerWords(
                turn.text,
                Source.SPEECH,
                words=tuple(Word(w.text, 0.0, 0.0, w.confidence) for w in turn.words),
                language=turn.language,
                assessment=assessed(turn.sounds) if turn.sounds else None,
            ),
        )


def assessed(sounds: tuple[SoundProblem, ...]) -> PronunciationAssessment:
    """Return what a scorer says that heard these sounds as wrong."""
    return PronunciationAssessment(
        outcome=AssessmentOutcome.JUDGED,
        model="script",
        language="",
        source=PromptSource.HEARD,
        text=" ".join(sound.word for sound in sounds),
        words=tuple(
            WordScore(
                index, sound.word, 0.0, 0.0, None, Verdict.WORK, (_flagged(sound),)
            )
            for index, sound in enumerate(sounds)
        ),
    )


def _flagged(sound: SoundProblem) -> PhonemeScore:
    heard = Diagnosis(DiagnosisKind.SUBSTITUTED, sound.heard) if sound.heard else None
    return PhonemeScore(
        sound.phoneme, 0.0, 0.0, 0.0, None, sound.probability, Verdict.WORK,
        flagged=True, diagnosis=heard,
    )  # fmt: skip
