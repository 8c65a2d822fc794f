"""What a turn changes in the error ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tutor.categories import Category
from tutor.memory.ledger import KnownError, changed, for_policy

from .findings import analysed

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
KEY = "verb_tense:go>went"
Ledger = dict[str, KnownError]


def told(
    ledger: Ledger, marked: str, *, days: float = 0, treated: str = "", **more: object
) -> Ledger:
    """Return the ledger after a turn."""
    analysis = analysed(marked, **more)  # type: ignore[arg-type]
    now = NOW + timedelta(days=days)
    keys = {treated} - {""}
    return ledger | changed(ledger, analysis, language="en", treated=keys, now=now)


def test_a_mistake_is_kept_with_its_sentence_beside_a_better_one() -> None:
    entry = told({}, "Hello. Yesterday I [go|went] home. It was late.")[KEY]
    assert entry.sentence == "Yesterday I go home."
    assert entry.corrected == "Yesterday I went home."
    assert (entry.said, entry.better, entry.seen) == ("go", "went", 1)


def test_the_same_mistake_counts_up_and_starts_anew() -> None:
    ledger = told({}, "I [go|went] home.")
    ledger = told(ledger, "I went there.", days=1)
    ledger = told(ledger, "Then we [go|went] out.", days=2)
    entry = ledger[KEY]
    assert (entry.seen, entry.right_since, entry.first_right_on) == (2, 0, None)
    assert entry.first_seen_at == NOW
    assert entry.sentence == "Then we go out."


def test_twice_in_one_turn_counts_twice() -> None:
    assert told({}, "I [go|went] and I [go|went].")[KEY].seen == 2


@pytest.mark.parametrize(
    ("days", "resolved"),
    [((0, 0, 0), False), ((0, 1), False), ((0, 0, 1), True), ((1, 2, 3), True)],
)
def test_three_right_uses_on_two_days_resolve(
    days: tuple[int, ...], resolved: bool
) -> None:
    ledger = told({}, "I [go|went] home.")
    for day in days:
        ledger = told(ledger, "I went home.", days=day + 0.01)
    assert (ledger[KEY].resolved_at is not None) is resolved
    assert ledger[KEY].right_since == len(days)


def test_a_resolved_mistake_comes_back() -> None:
    ledger = told({}, "I [go|went] home.")
    for day in (1, 2, 3):
        ledger = told(ledger, "We went out.", days=day)
    assert ledger[KEY].resolved_at is not None
    assert told(ledger, "I [go|went] home.", days=9)[KEY].resolved_at is None


@pytest.mark.parametrize(
    ("marked", "category", "right", "not_right"),
    [
        ("I am [|a] teacher.", Category.ARTICLE, "She is a teacher.", "I saw a dog."),
        ("We met [in|on] Monday.", Category.PREPOSITION, "On Monday.", "On the table."),
        (
            "It is [in|on] the table.",
            Category.PREPOSITION,
            "Put it on the table.",
            "On the wall.",
        ),
        ("I like [the|] music.", Category.ARTICLE, "I like music.", "Nice music."),
        ("She [have|has] it.", Category.AGREEMENT, "She has it.", "He has a dog."),
    ],
)
def test_small_words_are_right_only_beside_their_neighbours(
    marked: str, category: str, right: str, not_right: str
) -> None:
    ledger = told({}, marked, category=category)
    (key,) = ledger
    assert told(ledger, not_right)[key].right_since == 0
    assert told(ledger, right)[key].right_since == 1


def test_right_words_in_a_mistake_are_not_right() -> None:
    ledger = told({}, "I [go|went] home.")
    assert told(ledger, "I have [went|gone] home.")[KEY].right_since == 0


def test_a_turn_that_was_not_judged_shows_nothing_right() -> None:
    ledger = told({}, "I [go|went] home.")
    assert told(ledger, "I went home.", judged=False)[KEY].right_since == 0


def test_what_the_move_treated_was_addressed_now_or_before() -> None:
    ledger = told({}, "I [go|went] home.", treated=KEY)
    assert ledger[KEY].addressed == 1
    assert told(ledger, "Sorry, what?", treated=KEY)[KEY].addressed == 2
    assert told({}, "Fine.", treated="unknown:a>b") == {}


def test_a_sentence_without_punctuation_is_cut_around_the_mistake() -> None:
    marked = f"{'so and ' * 30}I [go|went] home {'and then ' * 30}"
    entry = told({}, marked)[KEY]
    assert len(entry.sentence.split()) <= 26
    assert "I go home" in entry.sentence
    assert "I went home" in entry.corrected


def test_the_policy_gets_open_mistakes_those_that_matter_first() -> None:
    ledger = told({}, "I [go|went] home.")
    ledger = told(ledger, "I [go|went] home.")
    ledger = told(ledger, "She [goed|went] home.")
    for day in (1, 2, 3):
        ledger = told(ledger, "We went out.", days=day)
    ledger = told(ledger, "He [eated|ate] it and [runned|ran].", days=4)
    ledger = told(ledger, "He [runned|ran].", days=5)
    found = for_policy(ledger.values())
    assert [entry.key for entry in found] == [
        "verb_tense:runned>ran",
        "verb_tense:eated>ate",
    ]
    assert found[0].example == "He runned."
    assert found[0].better == "He ran."
