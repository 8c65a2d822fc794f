"""What a report makes of a talk's turns."""

from __future__ import annotations

from tests.unit.tutor.memory.findings import analysed
from tutor.categories import Category
from tutor.findings import Severity
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.reports.building import talk_report
from tutor.reports.contents import ReportTurn, StepKind, WellKind
from tutor.reports.contrast import contrast

CONTINUE = Move(MoveKind.CONTINUE)


def turn(
    index: int, marked: str, move: Move | None = CONTINUE, **more: object
) -> ReportTurn:
    """Return a turn of a marked sentence."""
    analysis = analysed(marked, **more)  # type: ignore[arg-type]
    return ReportTurn(index, analysis.text, analysis, move)


def eliciting(marked: str, index: int) -> ReportTurn:
    """Return a turn whose mistake the tutor asked to repair."""
    analysis = analysed(marked)
    move = Move(MoveKind.ELICIT, analysis.findings)
    return ReportTurn(index, analysis.text, analysis, move)


def test_things_to_work_on_are_three_kinds_the_weightiest_first() -> None:
    report = talk_report(
        [
            turn(1, "I [go|went] home.", severity=Severity.BLOCKING),
            turn(2, "I am [|a] cook.", category=Category.ARTICLE),
            turn(3, "I saw [|the] sea.", category=Category.ARTICLE),
            turn(4, "We [in|on] Monday.", category=Category.PREPOSITION),
            turn(5, "Two [dog|dogs].", category="noun_number", severity=Severity.SLIP),
        ],
        language="en",
    )
    assert [thing.category for thing in report.work_on][0:1] == ["verb_tense"]
    assert len(report.work_on) == 3
    article = next(t for t in report.work_on if t.category == "article")
    assert article.times == 2
    assert [(e.sentence, e.corrected) for e in article.examples] == [
        ("I am cook.", "I am a cook."),
        ("I saw sea.", "I saw the sea."),
    ]
    assert report.next_step.kind is StepKind.SAY_BETTER
    assert report.next_step.text.startswith("I went home.")
    assert (report.judged, report.right, report.turns) == (5, 0, 5)


def test_what_was_repaired_is_praised_with_the_learners_words() -> None:
    report = talk_report(
        [
            eliciting("Yesterday I [go|went] home.", 1),
            turn(2, "Ah. I went home."),
        ],
        language="en",
    )
    assert report.well[0].kind is WellKind.REPAIRED
    assert report.well[0].quote == "I went home."
    assert report.work_on[0].repaired
    assert report.next_step.kind is StepKind.TALK_AGAIN


def test_a_word_that_was_brought_in_and_used_is_told() -> None:
    item = PlannedItem("a tip", "extra money")
    report = talk_report(
        [
            turn(1, "Yes.", Move(MoveKind.INTRODUCE, item=item)),
            turn(2, "I give a tip always."),
            turn(3, "No.", Move(MoveKind.INTRODUCE, item=PlannedItem("bill"))),
            turn(4, "Billing is hard."),
        ],
        language="en",
    )
    assert [(w.text, w.used) for w in report.new_words] == [
        ("a tip", True),
        ("bill", False),
    ]
    assert report.well[0].kind is WellKind.USED_WORD
    assert report.next_step == type(report.next_step)(StepKind.USE_WORD, "bill")


def test_praise_is_never_for_a_sentence_with_a_mistake() -> None:
    report = talk_report(
        [turn(1, "I [go|went] to the very big house of my old aunt yesterday.")],
        language="en",
    )
    assert [one.kind for one in report.well] == [WellKind.TALKED]


def test_a_long_right_sentence_and_a_good_share_are_specific() -> None:
    report = talk_report(
        [
            turn(1, "I went to the market with my sister. She [go|went] too."),
            turn(2, "It was fun."),
            turn(3, "We bought fish."),
        ],
        language="en",
    )
    assert [(one.kind, one.quote) for one in report.well] == [
        (WellKind.LONG_SENTENCE, "I went to the market with my sister."),
        (WellKind.MOSTLY_RIGHT, ""),
    ]


def test_delicate_turns_are_not_held_up_to_anybody() -> None:
    report = talk_report(
        [
            turn(1, "I [wants|want] to die.", Move(MoveKind.CARE)),
            turn(2, "He [hit|hits] me.", Move(MoveKind.CONTINUE, flag_teacher=True)),
        ],
        language="en",
    )
    assert report.work_on == ()
    assert [one.kind for one in report.well] == [WellKind.TALKED]


def test_what_nobody_judged_is_not_called_right() -> None:
    report = talk_report(
        [ReportTurn(1, "I go yesterday to the market with my old friends.")],
        language="xx",
    )
    assert (report.judged, report.right) == (0, 0)
    assert [one.kind for one in report.well] == [WellKind.TALKED]
    assert report.words_said == 10


def test_nothing_said_makes_an_empty_report() -> None:
    report = talk_report([], language="en")
    assert (report.well, report.work_on, report.turns) == ((), (), 0)


def test_a_contrast_marks_what_differs() -> None:
    found = contrast("I go home.", "I went back home.")
    assert [(p.text, p.differs) for p in found.said] == [
        ("I", False),
        ("go", True),
        ("home.", False),
    ]
    assert [p.text for p in found.better if p.differs] == ["went back"]
