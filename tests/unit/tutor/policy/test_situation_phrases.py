"""The files of phrases and their loader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.languages import situations
from tutor.languages.situations import (
    GROUPS,
    SituationsError,
    load,
    plain_text,
    situation_phrases,
    taught_phrases,
)

FILES = sorted(Path(situations.__file__).parent.glob("*/situations.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_file_is_valid_and_hears_danger(path: Path) -> None:
    assert "danger" in load(path).groups


def test_four_languages_can_be_taught() -> None:
    assert {phrases.tag for phrases in taught_phrases()} == {"en", "es", "fr", "de"}
    assert all(phrases.groups.keys() >= GROUPS for phrases in taught_phrases())


def test_tags_are_found_by_their_language() -> None:
    assert situation_phrases("pt-BR") is situation_phrases("pt")
    assert situation_phrases("xx") is None
    assert situation_phrases("../en") is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Don’t   STOP!", "don't stop"),
        ("Ça va? L'été, à Köln.", "ca va\nl'ete a koln"),
        ("Mañana, ¿sí?", "mañana si"),
        ("Straße", "strasse"),
        ("'Fork' isn't it", "fork isn't it"),
        ("Ｉｇ\u200bnore", "ignore"),
        ("मरना चाहता", "मरना चाहता"),
        ("...", ""),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- danger", "must be a mapping"),
        ("dangr: [x]", "dangr: is not known"),
        ("danger: x", "danger: must be a list"),
        ("danger: [a, 3]", "danger.1: must be text"),
        ("danger: [a, '(b']", "danger.1: "),
        ("danger: [a]\nquestion: [b]", "is missing"),
        ("danger: [", "cannot be read"),
    ],
)
def test_mistakes_in_a_file_are_named(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "xx" / "situations.yaml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SituationsError, match="xx/situations.yaml") as error:
        load(path)
    assert message in str(error.value)
