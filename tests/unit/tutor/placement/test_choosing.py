"""Which item comes, when it ends, and what is said then."""

from collections import Counter

import pytest

from tutor.learner import Level
from tutor.placement.bank_file import read_bank
from tutor.placement.belief import Belief
from tutor.placement.choosing import FEWEST, MOST, is_enough, next_item
from tutor.placement.items import Bank, Item, ItemKind
from tutor.placement.scale import LEVELS, centre
from tutor.placement.verdict import Verdict, verdict


def _placed(
    bank: Bank, knows: Level | None, *, seed: str = "s"
) -> tuple[Verdict, list[str]]:
    """Place somebody who knows all up to a level (None: nothing) and never guesses."""
    belief, asked = Belief.before_anything(), list[str]()
    while not is_enough(belief, len(asked)):
        item = next_item(bank, belief, asked, seed=seed)
        assert item is not None
        right = knows is not None and item.level.rank <= knows.rank
        belief = belief.after(item.difficulty, right=right)
        asked.append(item.key)
    return verdict(belief, top=bank.top), asked


@pytest.mark.parametrize("level", LEVELS)
def test_who_knows_all_of_a_level_and_nothing_above_is_placed_there(
    level: Level,
) -> None:
    found, asked = _placed(read_bank("en"), level)
    assert abs(found.level.rank - level.rank) <= 1
    assert found.low.rank <= level.rank <= found.high.rank
    assert FEWEST <= len(asked) <= MOST


def test_more_knowledge_is_never_placed_lower() -> None:
    ranks = [_placed(read_bank("en"), level)[0].ability for level in LEVELS]
    assert ranks == sorted(ranks)


def test_who_knows_nothing_is_a_beginner_after_few_items() -> None:
    found, asked = _placed(read_bank("en"), None)
    assert found.level == Level.A1
    assert len(asked) < MOST


def test_nobody_is_placed_above_the_items_of_a_bank() -> None:
    found, _asked = _placed(read_bank("es"), Level.B2)
    assert found.level == Level.B2
    assert found.high == Level.B2


def test_vocabulary_and_grammar_take_turns_and_nothing_comes_twice() -> None:
    bank = read_bank("en")
    _found, asked = _placed(bank, Level.B1)
    kinds = Counter(bank.items[key].kind for key in asked)
    assert abs(kinds[ItemKind.VOCABULARY] - kinds[ItemKind.GRAMMAR]) <= 1
    assert len(set(asked)) == len(asked)


def test_the_same_placement_asks_the_same_and_others_ask_others() -> None:
    bank = read_bank("en")
    assert _placed(bank, Level.B1)[1] == _placed(bank, Level.B1)[1]
    firsts = {_placed(bank, Level.B1, seed=str(n))[1][0] for n in range(20)}
    assert len(firsts) > 2


def test_items_of_earlier_placements_come_only_where_nothing_else_is_left() -> None:
    bank = _bank("a", "b")
    belief = Belief.before_anything()
    item = next_item(bank, belief, [], seed="", avoid={"a"})
    assert item is not None
    assert item.key == "b"
    again = next_item(bank, belief, ["b"], seed="", avoid={"a"})
    assert again is not None
    assert again.key == "a"
    assert next_item(bank, belief, ["a", "b"], seed="") is None


def test_an_item_that_left_the_bank_does_no_harm() -> None:
    assert (
        next_item(_bank("a"), Belief.before_anything(), ["gone"], seed="") is not None
    )


def test_choices_are_mixed_the_same_way_each_time() -> None:
    item = read_bank("en").items["a1-hat"]
    assert item.choices("x") == item.choices("x")
    assert sorted(item.choices("x")) == sorted((item.right, *item.wrong))
    firsts = {item.choices(str(n))[0] for n in range(30)}
    assert len(firsts) == 4


def _bank(*keys: str) -> Bank:
    items = [
        Item(
            key=key,
            kind=ItemKind.VOCABULARY,
            level=Level.B1,
            tests=key,
            prompt="x ___",
            right="r",
            wrong=("s", "t", "u"),
            difficulty=centre(Level.B1),
        )
        for key in keys
    ]
    return Bank.of("en", "en-1", items, estimated=False)
