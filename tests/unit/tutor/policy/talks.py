"""Short names for turns, findings and histories in the policy's tests."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.brief import LessonPlan
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.history import LedgerEntry, PastTurn, TalkState
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.policy.choosing import choose
from tutor.policy.remembering import past_turn

ITEMS = (
    PlannedItem("receipt", "the paper that says what you paid", "Keep the receipt."),
    PlannedItem("pay by card", "use a card, not money", "Can I pay by card?"),
    PlannedItem("tip", "money for the waiter", "I leave a tip."),
)
PLAN = LessonPlan(title="At the café", items=ITEMS)
FREE = LessonPlan()


def learner(level: Level = Level.A2) -> Learner:
    return Learner(l1="ja", l2="en", level=level)


def finding(
    said: str = "go",
    better: str = "went",
    *,
    category: str = "verb_tense",
    severity: Severity = Severity.ERROR,
    start: int = 0,
) -> Finding:
    return Finding(
        start, start + len(said), said, better, "", category, severity, Evidence.MODEL
    )


def slip(said: str = "a", better: str = "the") -> Finding:
    return finding(said, better, category="article", severity=Severity.SLIP)


def analysis(
    *findings: Finding, text: str = "I go there yesterday.", judged: bool = True
) -> Analysis:
    return Analysis(text, text, findings, judged=judged)


def after(*moves: MoveKind, **last: object) -> TalkState:
    """A history of moves; ``last`` are fields of the last exchange."""
    turns = [PastTurn(move) for move in moves]
    if last:
        turns[-1] = PastTurn(moves[-1], **last)  # type: ignore[arg-type]
    return TalkState(turns=tuple(turns))


def treated(*kinds: MoveKind, key: str = "verb_tense:go>went") -> TalkState:
    """A history in which a mistake was treated, with a talk between the treatments."""
    turns: list[PastTurn] = []
    for kind in kinds:
        turns += [PastTurn(kind, treated=(key,)), PastTurn(MoveKind.CONTINUE)]
    return TalkState(turns=tuple(turns))


def known(key: str, *, addressed: int = 0, better: str = "went") -> LedgerEntry:
    category = key.partition(":")[0]
    return LedgerEntry(key, category, "", better, addressed=addressed)


def move_for(
    text: str = "I go there yesterday.",
    *findings: Finding,
    state: TalkState | None = None,
    level: Level = Level.A2,
    plan: LessonPlan = FREE,
    judged: bool = True,
    sounds: Sequence[SoundProblem] = (),
) -> Move:
    return choose(
        LearnerTurn(text, sounds=tuple(sounds)),
        analysis(*findings, text=text, judged=judged),
        state or TalkState(),
        learner(level),
        plan,
    )


def talk(
    turns: Sequence[tuple[str, Sequence[Finding]]],
    *,
    level: Level = Level.A2,
    plan: LessonPlan = FREE,
) -> list[Move]:
    """Run a whole talk and return the tutor's moves."""
    state = TalkState()
    moves: list[Move] = []
    for text, findings in turns:
        turn = LearnerTurn(text)
        found = analysis(*findings, text=text)
        move = choose(turn, found, state, learner(level), plan)
        past = past_turn(turn, found, move, state, plan)
        state = TalkState(turns=(*state.turns, past))
        moves.append(move)
    return moves
