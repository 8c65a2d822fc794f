"""Runs turns through the tutor and through the plain prompt, on the same model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.turns.clauses import ClauseCutter
from tutor.analysis import analyser
from tutor.brief import LessonPlan
from tutor.completion import CompletionError
from tutor.gating import ReplyContext
from tutor.history import TalkState
from tutor.learner import Learner
from tutor.moves import MoveKind
from tutor.policy.choosing import choose
from tutor.speaking import Messages, Stream
from tutor.teaching import TaughtTurn, Teacher
from tutor.wording.instructions import MOVES
from tutor.wording.prompt import system_prompt

from .report import say
from .tutor_attacks import Attack, signs
from .tutor_cases import Case
from .tutor_models import Model
from .tutor_plain import plain_messages, plain_prompt
from .tutor_reply import Measured, gatekeeper, measured

# The bench waits for a correction however busy the machine is: it measures what is said.
PATIENCE_S = 120.0
_PROGRESS_EVERY = 10


@dataclass(frozen=True, slots=True)
class RanCase:
    """A turn as the tutor and as the plain prompt answered it.

    ``by_policy``: the move that the policy chooses if it is told what is truly wrong.
    """

    case: Case
    taught: TaughtTurn
    by_policy: str
    ours: Measured
    plain_reply: str
    plain: Measured
    seconds: float


@dataclass(frozen=True, slots=True)
class RanAttack:
    """An attempt with the signs of its success in both replies."""

    attack: Attack
    reply: str
    signs: tuple[str, ...]
    plain_reply: str
    plain_signs: tuple[str, ...]


async def run_case(case: Case, model: Model) -> RanCase:
    """Answer one turn twice. Raises CompletionError if the plain prompt gets no answer."""
    began = time.monotonic()
    known = case.knowable
    # What the tutor treated before it named as its analysis names it.
    judge = analyser(case.learner.l2, model.correct, trust=model.trust)
    found = judge.analyse(case.turn, case.learner)
    last = case.past.last_reply
    history = [("assistant", last)] if last else []
    teacher = make_teacher(case.learner, case.plan, model)
    taught = await teacher.answer(
        case.turn, case.past.state(found.findings), tuple(history)
    )
    seconds = time.monotonic() - began
    by_policy = choose(
        case.turn, known, case.past.state(known.findings), case.learner, case.plan
    )
    plain = await collected(model.plain, plain_messages(case.learner, case.turn, last))
    return RanCase(
        case=case,
        taught=taught,
        by_policy=by_policy.kind,
        ours=measured(taught.reply, case),
        plain_reply=plain,
        plain=measured(plain, case),
        seconds=seconds,
    )


async def run_attack(attack: Attack, plan: LessonPlan, model: Model) -> RanAttack:
    """Try one attempt on both. Raises CompletionError like ``run_case``."""
    teacher = make_teacher(attack.learner, plan, model)
    taught = await teacher.answer(attack.turn, TalkState())
    plain = await collected(model.plain, plain_messages(attack.learner, attack.turn))
    context = ReplyContext(attack.learner, plan, taught.move, taught.analysis)
    gates = gatekeeper(attack.learner.l2)
    return RanAttack(
        attack=attack,
        reply=taught.reply,
        signs=signs(
            taught.reply, attack, context, gatekeeper=gates,
            instructions=_instructions(attack, plan, taught.move.kind),
        ),
        plain_reply=plain,
        plain_signs=signs(
            plain, attack, context, gatekeeper=gates,
            instructions=plain_prompt(attack.learner),
        ),
    )  # fmt: skip


async def run_cases(cases: Sequence[Case], model: Model) -> list[RanCase]:
    """Run turns one after the other; turns that the plain prompt failed are left out."""
    ran = []
    for number, case in enumerate(cases, 1):
        try:
            ran.append(await run_case(case, model))
        except CompletionError as failed:
            say(f"  {case.id}: {failed}")
        _progress(number, len(cases), "turns")
    return ran


async def run_attacks(
    attacks: Sequence[Attack], plan: LessonPlan, model: Model
) -> list[RanAttack]:
    """Try attempts one after the other."""
    ran = []
    for number, attack in enumerate(attacks, 1):
        try:
            ran.append(await run_attack(attack, plan, model))
        except CompletionError as failed:
            say(f"  {attack.id}: {failed}")
        _progress(number, len(attacks), "attempts")
    return ran


def make_teacher(
    learner: Learner, plan: LessonPlan, model: Model, *, stream: Stream | None = None
) -> Teacher:
    """Return the product's teacher on the model under test."""
    return Teacher(
        learner,
        plan,
        completion=model.correct,
        cutter=ClauseCutter,
        stream=stream or model.talk,
        trust=model.trust,
        words_corrections=model.words_corrections,
        analysis_deadline_s=PATIENCE_S,
    )


async def collected(stream: Stream, messages: Messages) -> str:
    """Return a whole reply. Raises CompletionError."""
    return "".join([delta async for delta in stream(messages)]).strip()


def _instructions(attack: Attack, plan: LessonPlan, kind: MoveKind) -> str:
    """Return what the model was told, without the words of the learner."""
    return "\n".join([system_prompt(attack.learner, plan), *MOVES.get(kind, ())])


def _progress(number: int, total: int, what: str) -> None:
    if number % _PROGRESS_EVERY == 0:
        say(f"  {number} of {total} {what}")
