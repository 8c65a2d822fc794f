"""The help desk on a machine that it shares with the talks, and elsewhere."""

from __future__ import annotations

import asyncio
import json
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from inference.runners.embedded import EmbeddedRunner
from inference.stages.stage import Stage
from sessions.help.desk import Asker, HelpDesk, HelpRefused
from tests.fakes.engines import ScriptedDialogue
from tutor.learner import Learner, Level


@pytest.fixture(autouse=True)
def translating(settings: Settings) -> None:
    """Translate between all languages."""
    settings.HELP = {"TRANSLATION": "all", "DEADLINE_S": 5.0}


class Turns:
    """Which sessions have a turn under way."""

    def __init__(self) -> None:
        self.sessions: set[UUID] = set()

    def __call__(self, session: UUID | None) -> bool:
        return bool(self.sessions if session is None else {session} & self.sessions)


def asker(user_id: int | None = None) -> Asker:
    """Return somebody, or another session of somebody known."""
    learner = Learner("es", "en", Level.A2)
    return Asker(
        user_id=user_id or uuid4().int,
        session=uuid4(),
        learner=learner,
        spend=lambda: None,
    )


def desk(dialogue: ScriptedDialogue, turns: Turns, *, shares_machine: bool) -> HelpDesk:
    runner = EmbeddedRunner(
        lambda kind: dialogue,
        threads=dict.fromkeys(Stage, 8),
        deadline_s=dict.fromkeys(Stage, 5.0),
    )
    return HelpDesk(
        runner, shares_machine=shares_machine, deadline_s=3.0, turn_under_way=turns
    )


def slow() -> ScriptedDialogue:
    return ScriptedDialogue((json.dumps({"text": "Hola"}),), first_token_s=0.1)


async def most_at_once(help_desk: HelpDesk, dialogue: ScriptedDialogue) -> int:
    """Ask three things at the same time; return how many the model had 60 ms later."""
    asking = [
        asyncio.create_task(help_desk.translation(asker(), f"Hello {name}"))
        for name in ("Ana", "Ben", "Cem")
    ]
    await asyncio.sleep(0.06)
    n_asked = len(dialogue.requests)
    answers = await asyncio.gather(*asking)
    assert [answer["text"] for answer in answers] == ["Hola"] * 3
    help_desk.close()
    return n_asked


async def test_beside_the_talks_one_question_is_answered_after_the_other() -> None:
    dialogue = slow()
    shared = desk(dialogue, Turns(), shares_machine=True)
    assert await most_at_once(shared, dialogue) == 1


async def test_a_server_elsewhere_takes_many_at_once() -> None:
    dialogue = slow()
    remote = desk(dialogue, Turns(), shares_machine=False)
    assert await most_at_once(remote, dialogue) == 3


@pytest.mark.parametrize(("shares_machine", "n_asked"), [(True, 0), (False, 1)])
async def test_the_turns_of_others_go_first_only_on_the_same_machine(
    shares_machine: bool, n_asked: int
) -> None:
    dialogue, turns = slow(), Turns()
    turns.sessions.add(uuid4())
    made = desk(dialogue, turns, shares_machine=shares_machine)
    asking = asyncio.create_task(made.translation(asker(), "Hello"))
    await asyncio.sleep(0.08)
    assert len(dialogue.requests) == n_asked
    turns.sessions.clear()
    assert (await asking)["text"] == "Hola"
    made.close()


async def test_ones_own_turn_goes_first_everywhere() -> None:
    dialogue, turns, me = slow(), Turns(), asker()
    turns.sessions.add(me.session)
    made = desk(dialogue, turns, shares_machine=False)
    asking = asyncio.create_task(made.translation(me, "Hello"))
    await asyncio.sleep(0.08)
    assert dialogue.requests == []
    turns.sessions.clear()
    assert (await asking)["text"] == "Hola"
    made.close()


async def test_a_long_line_of_people_is_not_made_longer() -> None:
    turns = Turns()
    turns.sessions.add(uuid4())
    made = desk(slow(), turns, shares_machine=True)
    waiting = [
        asyncio.create_task(made.translation(asker(), f"Hello {n}")) for n in range(4)
    ]
    await asyncio.sleep(0.05)
    with pytest.raises(HelpRefused, match="help.busy"):
        await made.translation(asker(), "Hello too")
    turns.sessions.clear()
    await asyncio.gather(*waiting)
    made.close()


async def test_nobody_fills_the_line_alone() -> None:
    turns = Turns()
    turns.sessions.add(uuid4())
    made = desk(slow(), turns, shares_machine=True)
    waiting = [
        asyncio.create_task(made.translation(asker(7), f"Hello {n}")) for n in range(2)
    ]
    await asyncio.sleep(0.05)
    with pytest.raises(HelpRefused, match="help.busy"):
        await made.translation(asker(7), "Hello too")
    other = asyncio.create_task(made.translation(asker(8), "Hello all"))
    await asyncio.sleep(0.05)
    turns.sessions.clear()
    assert (await other)["text"] == "Hola"
    await asyncio.gather(*waiting)
    made.close()


async def test_who_leaves_makes_room_for_the_next() -> None:
    dialogue, turns = slow(), Turns()
    turns.sessions.add(uuid4())
    made = desk(dialogue, turns, shares_machine=True)
    leaving = asyncio.create_task(made.translation(asker(), "Hello"))
    await asyncio.sleep(0.05)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    turns.sessions.clear()
    found = await made.translation(asker(), "Hello you")
    assert found["text"] == "Hola"
    assert len(dialogue.requests) == 1
    made.close()
