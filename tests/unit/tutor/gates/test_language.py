"""The language taught is the language spoken."""

from __future__ import annotations

import pytest

from tutor.gates.language import LanguageGate
from tutor.moves import Move, MoveKind

from .contexts import context


@pytest.mark.parametrize(
    ("l2", "reply"),
    [
        ("en", "Muy bien, ¿qué hiciste ayer?"),
        ("en", "Très bien, qu'est-ce que tu as fait hier ?"),
        ("en", "Das ist schön. Was hast du gemacht?"),
        ("en", "Isso é muito bom. O que você fez?"),
        ("en", "Mitä sinä teit eilen illalla?"),
        ("en", "昨日は何をしましたか。とても楽しかったですね。"),
        ("en", "Great! Что ты делал вчера вечером?"),
        ("es", "That is nice. What did you do yesterday?"),
        ("es", "C'est bien. Où est ta maison ?"),
        ("fr", "That is nice. What did you do yesterday?"),
        ("fr", "Hoy comemos en casa con mi madre."),
        ("de", "That is nice. What did you do yesterday?"),
        ("de", "Qu'est-ce que tu fais dans ta maison ?"),
    ],
)
def test_another_language_is_refused(l2: str, reply: str) -> None:
    assert not LanguageGate(l2).check(reply, context(l2, "A2"), whole=False).passed


@pytest.mark.parametrize(
    ("l2", "reply"),
    [
        ("en", "“Perro” is dog in English."),
        ("en", "Gracias means thank you."),
        ("en", "Did you like the sushi in Kyoto?"),
        ("en", "In English we say dog."),
        ("es", "¿Te gusta el rock o el jazz?"),
        ("fr", "Tu fais du shopping le week-end ?"),
        ("de", "Hast du einen Computer und ein Handy?"),
    ],
)
def test_single_foreign_words_pass(l2: str, reply: str) -> None:
    result = LanguageGate(l2).check(reply, context(l2, "A2"), whole=True)

    assert result.passed, result.measured


def test_the_learners_own_words_and_name_pass() -> None:
    said = context(text="How do you say もちろん in English?", name="健二")

    reply = "健二, もちろん is of course."
    assert LanguageGate("en").check(reply, said, whole=True).passed


@pytest.mark.parametrize(
    ("kind", "use_l1", "passed"),
    [
        (MoveKind.EXPLAIN, True, True),
        (MoveKind.EXPLAIN, False, False),
        (MoveKind.CONTINUE, True, False),
    ],
)
def test_only_explanations_use_the_first_language(
    kind: MoveKind, use_l1: bool, passed: bool
) -> None:
    explaining = context("en", "A1", l1="es", move=Move(kind, use_l1=use_l1))

    reply = "Con «she» el verbo lleva una s al final."
    result = LanguageGate("en").check(reply, explaining, whole=True)
    assert result.passed is passed


@pytest.mark.parametrize(
    ("l1", "reply", "passed"),
    [
        ("ja", "「she」のときは動詞に s を付けます。", True),
        ("ja", "Con «she» el verbo lleva una s al final de la palabra.", False),
        ("es", "Con «she» el verbo lleva una s al final de la palabra.", True),
        ("es", "主語のときは、動詞に付けます。それだけです。", False),
    ],
)
def test_an_explanation_is_in_the_learners_own_language(
    l1: str, reply: str, passed: bool
) -> None:
    move = Move(MoveKind.EXPLAIN, use_l1=True)
    explaining = context("en", "A1", l1=l1, move=move)

    assert LanguageGate("en").check(reply, explaining, whole=True).passed is passed
