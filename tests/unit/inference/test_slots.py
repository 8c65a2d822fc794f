"""Slots of the language model's server."""

from __future__ import annotations

import pytest

from inference.engines.dialogue.slots import SlotTable


def slot_of(table: SlotTable, conversation: str) -> int:
    with table.use(conversation) as slot:
        return slot


def test_a_conversation_keeps_its_slot() -> None:
    table = SlotTable(2)
    assert slot_of(table, "a") == slot_of(table, "a")
    assert slot_of(table, "a") != slot_of(table, "b")


def test_the_one_silent_longest_loses_its_slot() -> None:
    table = SlotTable(2)
    a, b = slot_of(table, "a"), slot_of(table, "b")
    slot_of(table, "a")
    assert slot_of(table, "c") == b
    assert slot_of(table, "a") == a


def test_a_busy_slot_is_not_taken_while_another_is_idle() -> None:
    table = SlotTable(2)
    with table.use("a") as a:
        slot_of(table, "b")
        assert slot_of(table, "c") != a


def test_with_all_busy_two_share() -> None:
    table = SlotTable(1)
    with table.use("a") as a:
        assert slot_of(table, "b") == a
    table.release("a")
    table.release("b")
    assert slot_of(table, "c") == a


def test_release_and_forget_free_slots() -> None:
    table = SlotTable(2)
    a = slot_of(table, "a")
    slot_of(table, "b")
    table.release("a")
    assert slot_of(table, "c") == a
    table.forget_all()
    assert {slot_of(table, "x"), slot_of(table, "y")} == {0, 1}


def test_no_slots_make_no_table() -> None:
    with pytest.raises(ValueError, match="slot"):
        SlotTable(0)
