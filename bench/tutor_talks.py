"""Runs whole scripted talks with the tutor as it ships and with the plain prompt."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing

from tutor.completion import CompletionError

from .report import say
from .tutor_cadence import RanTalk
from .tutor_live import LiveTalk
from .tutor_models import Model
from .tutor_plain import PlainTalk
from .tutor_talk import Exchange, Line, Talk, talked


async def run_talks(
    talks: Mapping[str, Talk],
    model: Model,
    *,
    ran: list[RanTalk],
    done: Callable[[], None],
) -> None:
    """Run talks one after the other, adding to ``ran``; ``done`` for each line.

    The plain prompt answers the lines that the tutor had time for.
    """
    for name, talk in talks.items():
        exchanges: list[Exchange] = []
        async with aclosing(held(talk, model)) as going_on:
            async for exchange in going_on:
                exchanges.append(exchange)
                if exchange.line in talk.lines:
                    done()
        said = [one.line for one in exchanges if one.line in talk.lines]
        for _ in range(len(talk.lines) - len(said)):
            done()
        plain = await _plainly(talk, said, model)
        ran.append(RanTalk(name, talk, tuple(exchanges), tuple(plain)))


async def held(talk: Talk, model: Model) -> AsyncGenerator[Exchange, None]:
    """Yield the exchanges of a talk with the tutor as it ships."""
    tutor = LiveTalk(talk.learner, talk.plan, model, opening=talk.opening)
    try:
        async for exchange in talked(talk, tutor):
            yield exchange
    finally:
        await tutor.close()


async def _plainly(
    talk: Talk, lines: Sequence[Line], model: Model
) -> list[tuple[str, str]]:
    """Return the lines with the plain prompt's answers; one that failed is left out."""
    plain = PlainTalk(talk.learner, model, opening=talk.opening)
    said = []
    for line in lines:
        try:
            said.append((line.turn.text, await plain.answer(line.turn)))
        except CompletionError as failed:
            say(f"  {failed}")
    return said
