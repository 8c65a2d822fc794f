"""Which exercises come next."""

from __future__ import annotations

from dataclasses import dataclass

from learners.exercise_turns import in_turn


@dataclass(frozen=True)
class One:
    """An exercise in so far as it is chosen."""

    kind: str
    source: str


def of(source: str, *kinds: str) -> list[One]:
    return [One(kind, source) for kind in kinds]


ABOUT_GO = of("ledger:go", "gap_fill", "transform", "reorder", "shadowing")
ABOUT_WORK = of("ledger:work", "gap_fill", "transform", "reorder", "shadowing")
TALK = of("lesson:Market", "short_answer", "role_play")


def test_kinds_and_matters_take_turns() -> None:
    chosen = in_turn(ABOUT_GO + ABOUT_WORK, limit=4)
    assert [one.source for one in chosen] == [
        "ledger:go", "ledger:work", "ledger:go", "ledger:work",
    ]  # fmt: skip
    assert len({one.kind for one in chosen}) == 4
    assert chosen[0].kind == "gap_fill"


def test_own_mistakes_get_half_of_the_places() -> None:
    found = ABOUT_GO + ABOUT_WORK + of("sound:θ", "minimal_pair") + TALK
    chosen = in_turn(found, limit=6)
    assert sum(one.source.startswith("ledger:") for one in chosen) >= 3
    assert {"minimal_pair", "short_answer"} <= {one.kind for one in chosen}


def test_a_role_play_comes_last_and_once() -> None:
    other = of("lesson:Station", "role_play")
    chosen = in_turn(TALK + other + ABOUT_GO, limit=10)
    assert [one.kind for one in chosen].count("role_play") == 1
    assert chosen[-1].kind == "role_play"


def test_everything_comes_once_and_nothing_gives_nothing() -> None:
    chosen = in_turn(ABOUT_GO + TALK, limit=99)
    assert sorted(chosen, key=str) == sorted(ABOUT_GO + TALK, key=str)
    assert in_turn([], limit=3) == []
    assert len(in_turn(ABOUT_GO, limit=0)) == 0


def test_a_source_of_an_unknown_sort_does_not_go_round_for_ever() -> None:
    assert len(in_turn(of("weather:rain", "dictation"), limit=3)) == 1
