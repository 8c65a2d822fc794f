"""The end of the demo's talk, typed: mistakes, what the tutor did, and exercises from them.

Nobody said it, and no model found or worded anything: all of it is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord
from tutor.categories import Category
from tutor.completion import CompletionError
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.history import PastTurn, TalkState
from tutor.moves import Move, MoveKind
from tutor.taught import TaughtTurn
from tutorplatform.demo_talk import EXCHANGES, TURN_S


@dataclass(frozen=True, slots=True)
class DemoMistake:
    """A typed turn: ``said`` became ``better`` in it, and the tutor's answer."""

    text: str
    said: str
    better: str
    category: Category
    move: MoveKind
    reply: str


MISTAKES: Final = (
    DemoMistake(
        "Yesterday I go to a café with my sister.",
        "go",
        "went",
        Category.VERB_TENSE,
        MoveKind.ELICIT,
        "Yesterday! So how do you say that?",
    ),
    DemoMistake(
        "My sister work in a bank near here.",
        "work",
        "works",
        Category.AGREEMENT,
        MoveKind.RECAST,
        "Ah, she works in a bank. Does she come here too?",
    ),
    DemoMistake(
        "I want to buy umbrella for her.",
        "",
        "an ",
        Category.ARTICLE,
        MoveKind.RECAST,
        "You want to buy an umbrella for her. There is a shop next door.",
    ),
)

_SENTENCES: Final = {
    "went": "We went to the cinema last night.",
    "works": "He works in a shop near my house.",
    "coffee": "My father drinks coffee every morning.",
    "tea": "Would you like some tea?",
    "water": "Can I have a glass of water?",
    "sandwich": "I eat a sandwich for lunch.",
}


def mistake_records(began_at: datetime) -> Iterator[TurnRecord]:
    """Yield the turns that follow those of ``demo_talk``, as they are kept."""
    for index, mistake in enumerate(MISTAKES, start=len(EXCHANGES) + 1):
        at = began_at + timedelta(seconds=TURN_S * index)
        yield TurnRecord(
            index=index,
            attempt=0,
            started_at=at,
            learner=LearnerWords(mistake.text, Source.TEXT, language="en"),
            learner_clip=None,
            outcome=Outcome.COMPLETED,
            reply_text=mistake.reply,
            ended_at=at + timedelta(seconds=TURN_S - 1),
            taught=_taught(mistake),
        )


def worded_by_hand(
    messages: Sequence[tuple[str, str]],
    *,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
    purpose: str = "",
) -> str:
    """Stand in for the language model that words new sentences for exercises."""
    asked = json.loads(messages[-1][1])
    if purpose == "exercise_choice":
        return json.dumps({"right": "A" if asked["A"] in _SENTENCES else "B"})
    sentence = _SENTENCES.get(asked.get("must_contain", ""))
    if sentence is None:
        raise CompletionError("nothing is written for this")
    return json.dumps({"sentence": sentence})


def _taught(mistake: DemoMistake) -> TaughtTurn:
    at = mistake.text.index(mistake.said) if mistake.said else 14
    end = at + len(mistake.said)
    finding = Finding(
        start=at,
        end=end,
        said=mistake.said,
        better=mistake.better.strip(),
        type="",
        category=mistake.category,
        severity=Severity.ERROR,
        evidence=Evidence.RULE,
    )
    corrected = f"{mistake.text[:at]}{mistake.better}{mistake.text[end:]}"
    move = Move(mistake.move, (finding,), reason="written by hand")
    return TaughtTurn(
        reply=mistake.reply,
        move=move,
        analysis=Analysis(mistake.text, corrected, (finding,)),
        gates=(),
        refused=(),
        repaired=False,
        templated=True,
        gate_ms=(),
        analysis_ms=0.0,
        state=TalkState(turns=(PastTurn(mistake.move, treated=(finding.key,)),)),
    )
