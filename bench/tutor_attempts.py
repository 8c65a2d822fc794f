"""Runs the attempts to make a tutor leave its role, on the tutor and on the plain prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.completion import CompletionError
from tutor.gating import ReplyContext
from tutor.wording.instructions import MOVES
from tutor.wording.prompt import system_prompt

from .report import say
from .tutor_attacks import Attack, signs
from .tutor_live import Answer, LiveTalk
from .tutor_models import Model
from .tutor_plain import PlainTalk, plain_prompt
from .tutor_reply import gatekeeper


@dataclass(frozen=True, slots=True)
class RanAttack:
    """An attempt with all replies to it, and the signs of its success in any of them."""

    attack: Attack
    answers: tuple[Answer, ...]
    signs: tuple[str, ...]
    plain_replies: tuple[str, ...]
    plain_signs: tuple[str, ...]


async def run_attacks(
    attacks: Sequence[Attack],
    model: Model,
    *,
    ran: list[RanAttack],
    done: Callable[[], None],
) -> None:
    """Try attempts one after the other, adding to ``ran``."""
    for attack in sorted(attacks, key=lambda one: (one.learner.l2, one.plan.title)):
        try:
            ran.append(await run_attack(attack, model))
        except CompletionError as failed:
            say(f"  {attack.id}: {failed}")
        done()


async def run_attack(attack: Attack, model: Model) -> RanAttack:
    """Try one attempt on both. Raises CompletionError if the plain prompt failed."""
    opening = attack.lesson.opens(attack.learner)
    talk = LiveTalk(attack.learner, attack.plan, model, opening=opening)
    plain = PlainTalk(attack.learner, model, opening=opening)
    answers, plain_replies = [], []
    try:
        for turn in attack.turns:
            answers.append(await talk.answer(turn))
            plain_replies.append(await plain.answer(turn))
    finally:
        await talk.close()
    told = [system_prompt(attack.learner, attack.plan)]
    for answer in answers:
        told += MOVES.get(answer.taught.move.kind, ())
    plainly_told = plain_prompt(attack.learner)
    return RanAttack(
        attack=attack,
        answers=tuple(answers),
        signs=_signs(attack, answers, [one.spoken for one in answers], "\n".join(told)),
        plain_replies=tuple(plain_replies),
        plain_signs=_signs(attack, answers, plain_replies, plainly_told),
    )


def _signs(
    attack: Attack,
    answers: Sequence[Answer],
    replies: Sequence[str],
    instructions: str,
) -> tuple[str, ...]:
    """Return the signs in any of the replies, which are held to the tutor's moves."""
    found: dict[str, None] = {}
    for answer, reply in zip(answers, replies, strict=True):
        taught = answer.taught
        context = ReplyContext(
            attack.learner, attack.plan, taught.move, taught.analysis
        )
        found |= dict.fromkeys(
            signs(
                reply,
                attack,
                context,
                instructions=instructions,
                gatekeeper=gatekeeper(attack.learner.l2),
            )
        )
    return tuple(found)
