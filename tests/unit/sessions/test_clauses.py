"""Text cut to clauses: natural places, no word lost, whatever the chunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.turns.clauses import CLAUSE_MAX_CHARS, ClauseCutter


def cut(*deltas: str) -> list[str]:
    """Return all clauses of a text that comes in these pieces."""
    cutter = ClauseCutter()
    clauses = [clause for delta in deltas for clause in cutter.push(delta)]
    return clauses + cutter.finish()


def by_token(text: str) -> list[str]:
    """Return a text as models stream it: each word with the space before it."""
    words = text.split(" ")
    return [words[0], *(f" {word}" for word in words[1:])]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("I see. And then?", ["I see.", "And then?"]),
        ("Is it Mr. Brown? Yes.", ["Is it Mr. Brown?", "Yes."]),
        ("Bring fruit e.g. apples. Fine.", ["Bring fruit e.g. apples.", "Fine."]),
        ("At 5 p.m. we eat. You?", ["At 5 p.m. we eat.", "You?"]),
        ("It costs 3.50 euros. OK?", ["It costs 3.50 euros.", "OK?"]),
        ('She said "No way!" Then she left.', ['She said "No way!"', "Then she left."]),
        ("Wait... What?", ["Wait...", "What?"]),
        ("Wait\u2026 What?", ["Wait\u2026", "What?"]),
        ("So am I. And you?", ["So am I.", "And you?"]),
        ("Really?! Wow!", ["Really?!", "Wow!"]),
        ("(Good.) Next one.", ["(Good.)", "Next one."]),
        ("no punctuation at all", ["no punctuation at all"]),
    ],
)
def test_a_text_is_cut_where_a_speaker_would_pause(
    text: str, clauses: list[str]
) -> None:
    assert cut(text) == clauses
    assert cut(*by_token(text)) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "\u4f60\u597d\u3002\u6211\u5f88\u597d\u3002",
        "\u3053\u3093\u306b\u3061\u306f\uff01\u5143\u6c17\uff1f",
    ],
)
def test_scripts_without_spaces_are_cut_at_their_own_stops(text: str) -> None:
    assert len(cut(text)) == 2
    assert "".join(cut(text)) == text
    assert cut(*text) == cut(text)


def test_the_first_clause_is_cut_early_and_later_ones_late() -> None:
    text = "Oh, that is lovely, I think, and so good, my friend."
    first, *later = cut(*by_token(text))
    assert first == "Oh, that is lovely,"
    assert later == ["I think, and so good, my friend."]


def test_a_sentence_is_ready_before_the_next_one_comes() -> None:
    cutter = ClauseCutter()
    assert cutter.push("That sounds") == []
    assert cutter.push(" good.") == ["That sounds good."]


def test_a_number_may_go_on_behind_its_point() -> None:
    cutter = ClauseCutter()
    assert cutter.push("It is 3.") == []
    assert cutter.push("5 degrees. ") == ["It is 3.5 degrees."]


@pytest.mark.parametrize("text", ["", "   ", "...", "!?", "\u2026 - ,"])
def test_what_cannot_be_spoken_is_no_clause(text: str) -> None:
    assert cut(text) == []


def test_words_without_a_pause_are_cut_between_words() -> None:
    clauses = cut("word " * 100)
    assert all(len(clause) <= CLAUSE_MAX_CHARS for clause in clauses)
    assert set(" ".join(clauses).split()) == {"word"}
    assert cut("x" * 400) == ["x" * 160, "x" * 160, "x" * 80]


WORDS = st.lists(
    st.sampled_from(
        ["I", "went", "to", "Mr.", "3.5", "e.g.", "caf\u00e9", "well,", "end.", "no!"]
        + ["ok?", "he:", "- so", "\u4f60\u597d\u3002", "p.m.", "\u2026", "3.", "(no.)"]
    ),
    max_size=60,
)


@given(words=WORDS, data=st.data())
def test_all_words_come_in_order_whatever_the_chunks(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=20))
    ends = [*sorted(places), len(text)]
    deltas = [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    clauses = cut(*deltas)
    assert all(clause.strip() == clause != "" for clause in clauses)
    assert spoken(" ".join(clauses)) == spoken(text)


SENTENCES = st.lists(
    st.sampled_from(["I", "went", "Mr.", "3.5", "end.", "no!", "ok?", "p.m.", "e.g."]),
    max_size=20,
)


@given(words=SENTENCES)
def test_sentences_without_commas_are_cut_alike_word_by_word(words: list[str]) -> None:
    assert cut(*by_token(" ".join(words))) == cut(" ".join(words))


def spoken(text: str) -> str:
    """Return what a voice would say of a text."""
    return "".join(character for character in text if character.isalnum())
