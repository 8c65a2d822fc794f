"""What counts of a move, by how its turn went: the talk, its resuming and memory agree."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from inference.errors import StageError
from inference.types.audio import AudioClip
from inference.types.dialogue import DialogueRequest
from sessions.live.turn_records import record_of
from sessions.turns.context import LearnerWords, TurnContext, TypedInput
from sessions.turns.events import Outcome, Source
from sessions.turns.health import StageHealth
from sessions.turns.interruption import Interruption
from sessions.turns.playback import Playback, SpokenClause
from sessions.turns.repository import StoredTurn, TurnRecord
from sessions.turns.resuming import resumed_state
from sessions.turns.teaching import TalkTeacher
from sessions.turns.timing import TurnTimer
from tests.fakes.turn_repository import MemoryTurnRepository
from tests.unit.bench.scripted_model import ScriptedRunner
from tests.unit.tutor.test_teaching import WRONG, teacher
from tests.unit.tutor.test_teaching_mishaps import BrokenGate
from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.moves import Move, MoveKind, PlannedItem

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
BILL = PlannedItem("the bill", "what you pay")
PLAN = LessonPlan(title="At the café", items=(BILL,))
# Stands first in a talk, where this turn has an opener.
PARTY = "We had a party for our friends."
BEFORE = "What did you do?"
OPENING = StoredTurn(0, None, BEFORE, None, 0, Outcome.COMPLETED, NOW)
CLAUSE_MS = 100
# The learner's words and what the model makes of each move, in two clauses.
SAID: dict[MoveKind, tuple[str, str]] = {
    MoveKind.ELICIT: (WRONG.text, "Good story. Yesterday you “go”? Try it once more."),
    MoveKind.INTRODUCE: (PARTY, "You ate a lot there. Can you say “the bill” now?"),
    MoveKind.REUSE: (PARTY, "You ate a lot there. Who paid “the bill” then?"),
    MoveKind.PRAISE: (PARTY, "“A party for our friends”: very good! Who came?"),
    MoveKind.CLOSE: (PARTY, ""),
}
# Of these, words are heard before the move; the others have first words of their own.
OPENED = (MoveKind.INTRODUCE, MoveKind.REUSE)
OTHERS = tuple(kind for kind in SAID if kind not in OPENED)


@dataclass
class Went:
    """A turn as it went: ``state`` is the talk's afterwards, ``stored`` the turn."""

    opener: str
    move: Move
    state: TalkState
    record: TurnRecord
    stored: StoredTurn


def choosing(kind: MoveKind, item: PlannedItem = BILL) -> Any:
    """Return a policy that always chooses one kind of move."""

    def choose(turn: object, analysis: Analysis, *_: object) -> Move:
        return Move(
            kind,
            findings=analysis.findings if kind is MoveKind.ELICIT else (),
            item=item if kind in OPENED else None,
            praise_for="a party for our friends" if kind is MoveKind.PRAISE else "",
        )

    return choose


def context(text: str) -> TurnContext:
    return TurnContext(
        index=1,
        attempt=0,
        input=TypedInput(text, Source.TEXT, at=0.0),
        history=(),
        conversation="talk",
        language="en",
        timer=TurnTimer(zero_at=0.0, zero="text_submitted"),
        interruption=Interruption(),
        playback=Playback(),
        max_reply_tokens=60,
        temperature=0.0,
        learner=LearnerWords(text, Source.TEXT),
    )


async def taught(ctx: TurnContext, talk: TalkTeacher, *, clauses: int | None) -> None:
    """Say the answer, or so many clauses of it until the learner speaks."""
    async with aclosing(talk.clauses(ctx)) as steps:
        if clauses == 0:
            first = asyncio.ensure_future(anext(steps))
            await asyncio.sleep(0)
            first.cancel()
            await asyncio.wait({first})
            return
        async for clause in steps:
            ctx.reply_text = f"{ctx.reply_text} {clause}".strip()
            start = ctx.playback.duration_ms
            ctx.playback.add(SpokenClause(clause, start, start + CLAUSE_MS))
            ctx.reply_audio.append(AudioClip(b"\0\0", 16_000))
            if len(ctx.playback.clauses) == clauses:
                return


async def went(
    kind: MoveKind,
    *,
    clauses: int | None = None,
    played: float = 0.0,
    outcome: Outcome = Outcome.INTERRUPTED,
    model: str | StageError = "",
    voice: bool = True,
    broken: bool = False,
) -> Went:
    """Run a turn that was stopped after so many clauses, ``played`` of them heard."""
    text, reply = SAID[kind]

    def says(_: DialogueRequest) -> str:
        if isinstance(model, StageError):
            raise model
        return model or reply

    tutor = teacher(None, plan=PLAN, words_corrections=True, openers=True)  # type: ignore[arg-type]
    if broken:
        tutor._speaker.gatekeeper.gates = (BrokenGate(),)
    talk = TalkTeacher(
        tutor,
        runner=ScriptedRunner(says, says),
        health=StageHealth(lambda event: None),
        state=TalkState(last_reply=BEFORE),
        on_looked=lambda ctx: None,
    )
    ctx = context(text)
    await taught(ctx, talk, clauses=clauses)
    assert ctx.taught is not None
    ctx.outcome = outcome
    ctx.playback.stopped(played * CLAUSE_MS)
    if not voice:
        ctx.reply_audio.clear()
    heard = ctx.heard_reply()
    heard = ctx.reply_text if heard is None else heard
    talk.ended(ctx, "" if outcome is Outcome.FAILED else heard)
    record = record_of(ctx, started_at=NOW, engines={}, ended_at=NOW)
    repository = MemoryTurnRepository()
    await repository.save(record)
    (stored,) = await repository.load()
    return Went(ctx.taught.opener, ctx.taught.move, talk.state, record, stored)


def check(found: Went, *, happened: bool) -> None:
    """The talk, a talk that is taken up again and memory say the same of the move."""
    move, past = found.move, found.state.turns[-1]
    is_correction = move.kind is MoveKind.ELICIT
    assert past.move is (move.kind if happened else MoveKind.CONTINUE)
    assert past.introduced == ("the bill" if happened and move.item else "")
    assert bool(past.treated) is (happened and is_correction)
    assert past.praised is (happened and move.kind is MoveKind.PRAISE)
    kept = found.record.heard.kept_move(move)
    assert kept.kind is move.kind
    assert (kept.findings, kept.item) == (
        (move.findings, move.item) if happened else ((), None)
    )
    again = resumed_state([OPENING, found.stored], plan=PLAN, ledger=())
    assert again.turns == found.state.turns
    assert again.last_reply == found.state.last_reply


@pytest.fixture(autouse=True)
def policy(kind: MoveKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy chooses the test's move."""
    monkeypatch.setattr("tutor.teaching.choose", choosing(kind))


DONE = {"outcome": Outcome.COMPLETED}
PATHS: dict[str, dict[str, Any]] = {
    "cancelled": {"clauses": 0},
    "nothing heard": {"clauses": 1},
    "worded, nothing heard": {},
    "answer failed": {"outcome": Outcome.FAILED},
    "all heard": DONE,
    "model failed": {**DONE, "model": StageError("llm.timeout", "late")},
    "nothing of the model fits": {**DONE, "model": "!!!"},
    "teaching failed": {**DONE, "broken": True},
}
HAPPENED = {
    "all heard",
    "model failed",
    "nothing of the model fits",
    "teaching failed",
}


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("path", PATHS)
async def test_a_move_happened_if_it_was_heard(kind: MoveKind, path: str) -> None:
    found = await went(kind, **PATHS[path])
    assert found.move.kind is kind
    check(found, happened=path in HAPPENED)


# ``behind``: how many clauses were heard after the opener; the word is in the second.
@pytest.mark.parametrize("kind", OPENED)
@pytest.mark.parametrize("worded", [False, True])
@pytest.mark.parametrize("behind", [0, 1, 2])
async def test_a_word_is_taught_once_it_was_heard_behind_the_opener(
    kind: MoveKind, behind: int, worded: bool
) -> None:
    heard = 1 + behind
    found = await went(kind, clauses=None if worded else heard, played=heard)
    assert found.opener
    check(found, happened=behind == 2)
    assert found.state.turns[-1].opener == found.opener
    assert found.state.last_reply == (found.record.reply_heard if behind else BEFORE)


@pytest.mark.parametrize("kind", OPENED)
async def test_a_part_of_an_opener_was_heard_too(kind: MoveKind) -> None:
    found = await went(kind, clauses=1, played=0.5)
    check(found, happened=False)
    assert found.state.turns[-1].opener == found.opener


@pytest.mark.parametrize("kind", OPENED)
async def test_an_opener_that_was_read_is_no_move_either(kind: MoveKind) -> None:
    found = await went(kind, clauses=1, voice=False)
    check(found, happened=False)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("worded", [False, True])
async def test_other_moves_happened_with_their_first_clause(
    kind: MoveKind, worded: bool
) -> None:
    found = await went(kind, clauses=None if worded else 1, played=1)
    assert found.opener == ""
    check(found, happened=True)


@pytest.mark.parametrize("kind", OPENED)
async def test_a_move_that_became_going_on_taught_nothing(
    kind: MoveKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfit = PlannedItem("fuck this shit")
    monkeypatch.setattr("tutor.teaching.choose", choosing(kind, unfit))
    found = await went(kind, model="!!!", outcome=Outcome.COMPLETED)
    assert (found.move.kind, found.move.item) == (MoveKind.CONTINUE, None)
    check(found, happened=True)
