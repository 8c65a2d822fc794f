from __future__ import annotations

import pytest

from tutor.analysis import STRONG, Form, Trust, analyser
from tutor.analysis.analyser import weighed
from tutor.analysis.edit import Edit
from tutor.categories import Category
from tutor.findings import Evidence
from tutor.learner import HeardWord, Learner, LearnerTurn, Level

from .answers import Answering

LEARNER = Learner(l1="ja", l2="es", level=Level.A2)
SAID = "Ayer compré una casa rojo."
RIGHT = "Ayer compré una casa roja."


def test_a_strong_model_is_believed_and_places_are_of_the_turn() -> None:
    said = "Eh, ayer compré una, una casa rojo."
    made = analyser("es", Answering("ayer compré una casa roja."), trust=STRONG)
    found = made.analyse(LearnerTurn(said), LEARNER)
    (one,) = found.findings
    assert said[one.start : one.end] == one.said == "rojo"
    assert one.better == "roja"
    assert one.evidence is Evidence.MODEL
    assert found.judged
    assert not found.typed
    assert "coarse" in found.missing
    assert found.corrected == "Eh, ayer compré una, una casa roja."


def test_a_right_sentence_is_clean() -> None:
    made = analyser("es-MX", Answering(RIGHT), trust=STRONG)
    found = made.analyse(LearnerTurn(RIGHT), LEARNER)
    assert found.clean
    assert found.corrected == RIGHT


def test_a_model_is_not_asked_about_a_language_that_it_cannot_judge() -> None:
    model = Answering(RIGHT)
    found = analyser("es", model).analyse(LearnerTurn(SAID), LEARNER)
    assert not model.asked
    assert not found.judged
    assert not found.clean
    assert found.findings == ()


def test_a_doubtful_change_is_neither_claimed_nor_called_right() -> None:
    trust = Trust("careful", frozenset({"es"}), types=frozenset())
    found = analyser("es", Answering(RIGHT), trust=trust).analyse(
        LearnerTurn(SAID), LEARNER
    )
    assert found.findings == ()
    assert not found.judged
    assert not found.clean


def test_a_rule_that_agrees_makes_a_doubtful_change_sure() -> None:
    said = "Creo que la problema es grande."
    trust = Trust("careful", frozenset({"es"}), types=frozenset())
    model = Answering("Creo que el problema es grande.")
    found = analyser("es", model, trust=trust).analyse(LearnerTurn(said), LEARNER)
    (one,) = found.findings
    assert one.evidence is Evidence.BOTH
    assert found.judged


@pytest.mark.parametrize(
    "model", [None, Answering(fails=True), Answering("Yo soy un modelo de lenguaje.")]
)
def test_without_a_usable_answer_only_rules_speak(model: Answering | None) -> None:
    made = analyser("es", model, trust=STRONG)
    found = made.analyse(LearnerTurn("Creo que la problema es grande."), LEARNER)
    assert [one.evidence for one in found.findings] == [Evidence.RULE]
    assert not found.judged
    assert found.missing
    silent = made.analyse(LearnerTurn("Ayer fui al mercado con Ana."), LEARNER)
    assert not silent.clean


def test_a_strong_model_overrules_a_rule() -> None:
    said = "Creo que la problema es grande."
    made = analyser("es", Answering(said), trust=STRONG)
    assert made.analyse(LearnerTurn(said), LEARNER).clean


def test_a_sentence_changed_all_over_is_not_believed() -> None:
    trust = Trust("careful", frozenset({"es"}), most_edits=0)
    found = analyser("es", Answering(RIGHT), trust=trust).analyse(
        LearnerTurn(SAID), LEARNER
    )
    assert found.findings == ()
    assert not found.judged


def test_a_word_that_was_not_surely_heard_is_no_mistake() -> None:
    start = SAID.index("rojo")
    words = tuple(
        HeardWord(word, SAID.index(word), SAID.index(word) + len(word), confidence)
        for word, confidence in [
            ("Ayer", 0.9),
            ("compré", 0.9),
            ("una", 0.9),
            ("casa", 0.9),
            ("rojo.", 0.4),
        ]
    )
    made = analyser("es", Answering(RIGHT), trust=STRONG)
    found = made.analyse(LearnerTurn(SAID, words=words), LEARNER)
    assert start > 0
    assert found.findings == ()


@pytest.mark.parametrize("text", ["", "...", "eh, mm", "Sí.", "En casa."])
def test_nearly_nothing_is_not_sent_and_not_wrong(text: str) -> None:
    model = Answering("Estoy en casa.")
    found = analyser("es", model, trust=STRONG).analyse(LearnerTurn(text), LEARNER)
    assert found.findings == ()
    assert not model.asked


def test_another_language_than_the_one_taught_is_not_judged() -> None:
    model = Answering(RIGHT)
    found = analyser("es", model, trust=STRONG).analyse(
        LearnerTurn("I bought a house.", language="en"), LEARNER
    )
    assert not model.asked
    assert not found.judged
    assert "en" in found.missing


def test_a_language_without_data_says_what_is_missing() -> None:
    found = analyser("zh", Answering("x")).analyse(LearnerTurn("你好吗"), LEARNER)
    assert not found.judged
    assert not found.typed
    assert "zh" in found.missing


@pytest.mark.parametrize(("most_doubtful", "claimed"), [(0, []), (1, ["b"])])
def test_a_rewritten_sentence_is_not_believed_in_part(
    most_doubtful: int, claimed: list[str]
) -> None:
    trusted = Edit(2, 3, "c", "R:PREP", Category.PREPOSITION)
    doubtful = Edit(6, 7, "d", "R:NOUN", Category.WORD_CHOICE)
    trust = Trust(
        "careful",
        frozenset({"en"}),
        types=frozenset({"R:PREP"}),
        most_doubtful=most_doubtful,
    )
    claims, is_doubtful = weighed([trusted, doubtful], [], trust)
    assert [edit.said("a b c d") for edit, _ in claims] == claimed
    assert is_doubtful


@pytest.mark.parametrize(
    ("l2", "said", "right"),
    [
        ("fr", "Il y a deux gâteau ici.", "Il y a deux gâteaux ici."),
        ("fr", "Les enfants mange du pain.", "Les enfants mangent du pain."),
        ("fr", "Hier elle est allé au marché.", "Hier elle est allée au marché."),
        ("es", "Mañana voy ha comer aquí.", "Mañana voy a comer aquí."),
        ("de", "Ich weiß, das ihr müde seit.", "Ich weiß, dass ihr müde seid."),
    ],
)
def test_what_only_writing_shows_is_no_mistake_of_a_speaker(
    l2: str, said: str, right: str
) -> None:
    made = analyser(l2, Answering(right), trust=STRONG)
    found = made.analyse(LearnerTurn(said), LEARNER)
    assert found.clean


@pytest.mark.parametrize(
    ("answer", "plainly", "said_by", "judged"),
    [
        (f'{{"corrected": "{RIGHT}"}}', "", Evidence.MODEL, True),
        ("null", RIGHT, Evidence.MODEL, True),
        ("null", "null", None, False),
    ],
)
def test_an_answer_by_schema_is_judged_as_far_as_it_is_usable(
    answer: str, plainly: str, said_by: Evidence | None, judged: bool
) -> None:
    model = Answering(answer, plainly=plainly)
    made = analyser("es", model, trust=STRONG, form=Form.JSON)
    found = made.analyse(LearnerTurn(SAID), LEARNER)
    assert [one.evidence for one in found.findings] == ([said_by] if said_by else [])
    assert found.judged is judged
    assert not found.clean
