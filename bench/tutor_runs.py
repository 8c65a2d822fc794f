"""Runs scenario turns through the tutor as it ships and through the plain prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sessions.live.teaching import StageCompletion
from tutor.analysis import analyser
from tutor.completion import CompletionError
from tutor.findings import Analysis, Finding
from tutor.history import TalkState
from tutor.learner import LearnerTurn
from tutor.moves import CORRECTIONS, Move, MoveKind
from tutor.policy.choosing import choose
from tutor.teaching import TaughtTurn

from .report import say
from .tutor_cases import Case, heard_words
from .tutor_live import Answer, LiveTalk
from .tutor_models import Model
from .tutor_plain import PlainTalk, plain_prompt
from .tutor_reply import Measured, measured

# Who waits for a correction, for comparison, waits however busy the machine is.
PATIENCE_S = 120.0
_CORRECTION_S = 8.0


@dataclass(frozen=True, slots=True)
class Taught:
    """A turn as the tutor answered it.

    ``next`` is the answer to the learner's next turn, where it asks for a mistake of this
    one. ``waited`` is the answer of a tutor that waits for the model's correction, and
    ``by_policy`` the move if it is told what is truly wrong.
    """

    case: Case
    answer: Answer
    next: Answer | None
    waited: TaughtTurn
    by_policy: MoveKind
    ours: Measured
    ours_next: Measured | None
    ours_waited: Measured

    @property
    def taught(self) -> TaughtTurn:
        """The turn as it went."""
        return self.answer.taught


@dataclass(frozen=True, slots=True)
class RanCase(Taught):
    """The same with the plain prompt's answer beside it."""

    plain_reply: str
    plain: Measured


async def run_cases(
    cases: Sequence[Case],
    model: Model,
    *,
    ran: list[RanCase],
    done: Callable[[], None],
) -> None:
    """Run turns, adding to ``ran``; those that the plain prompt failed are left out.

    Turns whose prompts begin alike follow each other, so that a server reads what they
    share once. ``done`` is called after each turn.
    """
    for _, group in groupby(sorted(cases, key=_ours_alike), key=_level):
        taught = []
        for case in group:
            taught.append(await run_case(case, model))
            done()
        for one in sorted(taught, key=lambda one: plain_prompt(one.case.learner)):
            try:
                ran.append(await beside_plain(one, model))
            except CompletionError as failed:
                say(f"  {one.case.id}: {failed}")


async def run_case(case: Case, model: Model) -> Taught:
    """Have the tutor answer one turn, and the next one if that is about this one."""
    before = case.past.state(await _named(case, model))
    opening = case.past.last_reply
    if not before.turns:
        opening = opening or case.lesson.opens(case.learner)
    talk = LiveTalk(case.learner, case.plan, model, state=before, opening=opening)
    try:
        answer = await talk.answer(case.turn)
        following = await _next(case, talk)
        waited = await _waited(case, model, answer, before, opening)
    finally:
        await talk.close()
    known = case.knowable
    ideal = choose(
        case.turn, known, case.past.state(known.findings), case.learner, case.plan
    )
    later = following is not None and meets_truth(following.taught.move, case)
    return Taught(
        case=case,
        answer=answer,
        next=following,
        waited=waited,
        by_policy=ideal.kind,
        # A mistake that is asked about a turn later need not be asked about twice.
        ours=measured(
            answer.spoken, case, move=Move(MoveKind.CONTINUE) if later else None
        ),
        ours_next=measured(following.spoken, case) if following else None,
        ours_waited=measured(waited.reply, case),
    )


async def beside_plain(one: Taught, model: Model) -> RanCase:
    """Add the plain prompt's answer. Raises CompletionError if it gets none."""
    case = one.case
    talk = PlainTalk(case.learner, model, opening=one.answer.before.last_reply)
    reply = await talk.answer(case.turn)
    return RanCase(
        **{name: getattr(one, name) for name in Taught.__dataclass_fields__},
        plain_reply=reply,
        plain=measured(reply, case),
    )


def meets_truth(move: Move, case: Case) -> bool:
    """Return whether a correction is about a mistake that is truly one."""
    return move.kind in CORRECTIONS and any(
        is_true(finding, case) for finding in move.findings
    )


def is_true(finding: Finding, case: Case) -> bool:
    """Return whether a finding is where a mistake truly is."""
    return any(
        true.start <= finding.end and finding.start <= true.end
        for true in case.knowable.findings
    )


async def _named(case: Case, model: Model) -> tuple[Finding, ...]:
    """Return the mistakes of a turn as the tutor names them.

    What it treated before, in the talk that a case tells of, it named in the same way.
    """
    if not any(past.treated for past in case.past.turns):
        return ()
    language = case.learner.l2
    completion = StageCompletion(
        model.runner, asyncio.get_running_loop(),
        deadline_s=_CORRECTION_S, language=language,
    )  # fmt: skip
    found: dict[str, Finding] = {}
    for judge in (
        analyser(language, None),
        analyser(
            language,
            completion,
            trust=model.shipped.trust,
            form=model.shipped.form,
        ),
    ):
        analysis = await asyncio.to_thread(judge.analyse, case.turn, case.learner)
        found.update({finding.key: finding for finding in analysis.findings})
    return tuple(found.values())


async def _next(case: Case, talk: LiveTalk) -> Answer | None:
    """Answer what the learner says next, where the tutor then asks for a late finding."""
    if talk.state.late is None:
        return None
    text = case.lesson.next
    turn = LearnerTurn(text, words=heard_words(text), language=case.learner.l2)
    known = analyser(case.learner.l2, None).analyse(turn, case.learner)
    move = choose(turn, known, talk.state, case.learner, case.plan)
    return await talk.answer(turn) if move.earlier else None


async def _waited(
    case: Case, model: Model, answer: Answer, before: TalkState, opening: str
) -> TaughtTurn:
    """Return the answer of a tutor that waits; the shipped one if the move is the same."""
    known: Analysis = answer.looked
    move = choose(case.turn, known, answer.before, case.learner, case.plan)
    if replace(move, reason="") == replace(answer.chosen, reason=""):
        return answer.taught
    talk = LiveTalk(
        case.learner, case.plan, model,
        state=before, opening=opening, patience_s=PATIENCE_S,
    )  # fmt: skip
    try:
        return (await talk.answer(case.turn)).taught
    finally:
        await talk.close()


def _level(case: Case) -> tuple[bool, str, str]:
    """English comes first, so that a run that is interrupted has most of its levels."""
    return case.learner.l2 != "en", case.learner.l2, case.learner.level


def _ours_alike(case: Case) -> tuple[bool, str, str, str]:
    return (*_level(case), case.plan.title)
