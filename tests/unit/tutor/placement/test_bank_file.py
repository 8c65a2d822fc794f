"""The banks of items, and what is refused in one."""

from collections import Counter
from pathlib import Path

import pytest

from tutor.learner import Level
from tutor.placement.bank_file import BankFaults, has_bank, read_bank, read_bank_file
from tutor.placement.items import ItemKind
from tutor.placement.scale import centre

HEAD = "language: en\nversion: 1\nitems:\n"
GOOD = (
    "  - {key: a1-hat, kind: vocabulary, level: A1, tests: hat, "
    'prompt: "You wear it.", right: hat, wrong: [shoe, sock, glove]}\n'
)


def _faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "placement.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BankFaults) as caught:
        read_bank_file(path)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


def _changed(**parts: str) -> str:
    line = GOOD
    for old, new in parts.items():
        start = line.index(f"{old}: ")
        end = next(
            n
            for n in range(start, len(line))
            if line[n] in ",}" and line[start:n].count("[") == line[start:n].count("]")
        )
        line = f"{line[:start]}{old}: {new}{line[end:]}"
    return line


@pytest.mark.parametrize(
    ("language", "fewest", "top"),
    [
        ("en", 150, Level.C2),
        ("es", 60, Level.B2),
        ("fr", 60, Level.B2),
        ("de", 60, Level.B2),
    ],
)
def test_banks_are_large_and_balanced(language: str, fewest: int, top: Level) -> None:
    bank = read_bank(language)
    assert len(bank.items) >= fewest
    assert bank.top == top
    assert bank.estimated == (language != "en")
    counts = Counter((item.level, item.kind) for item in bank.items.values())
    assert len(counts) == top.rank * len(ItemKind)
    assert max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_choices_look_alike(language: str) -> None:
    """The right one is not known by its form: an article, a capital, a comma."""
    for item in read_bank(language).items.values():
        if item.has_gap or item.kind == ItemKind.GRAMMAR:
            continue
        words = {len(choice.split()) for choice in item.wrong}
        assert len(item.right.replace("l'", "l' ").split()) in words | {1}, item.key
        assert item.right[0].isupper() in {one[0].isupper() for one in item.wrong}


def test_difficulties_stay_near_their_level() -> None:
    for language in ("en", "es", "fr", "de"):
        for item in read_bank(language).items.values():
            assert abs(item.difficulty - centre(item.level)) <= 1.5, item.key


def test_languages_without_a_bank_say_so() -> None:
    assert has_bank("en-GB")
    assert not has_bank("ja")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD + GOOD, "placement.yaml:4: the key 'a1-hat' is there 2 times"),
        (_changed(level="B7"), "placement.yaml:4: items.level:"),
        (_changed(kind="music"), "placement.yaml:4: items.kind:"),
        (_changed(wrong="[shoe, sock]"), "placement.yaml:4: items.wrong:"),
        (_changed(wrong="[Hat, sock, cup]"), "two choices are the same"),
        (_changed(kind="grammar"), "grammar needs a gap"),
        (_changed(prompt='"A ___ and a ___."'), "more than one gap"),
        (_changed(prompt='"A __ is here."'), "a gap is written ___"),
        (_changed(prompt='"A hat."'), "gives the answer away"),
        (_changed(prompt='"<b>Worn</b>"'), "placement.yaml:4: items.prompt:"),
        (GOOD.replace("key:", "colour: red, key:"), "items.colour:"),
        (GOOD.replace("key:", "kind: grammar, key:"), "'kind' is there twice"),
        ("  - &a {key: *a}\n", "no aliases"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, line: str, fault: str) -> None:
    assert fault in "\n".join(_faults(tmp_path, HEAD + line))


def test_a_file_that_is_no_bank_is_refused(tmp_path: Path) -> None:
    assert "placement.yaml:1:" in _faults(tmp_path, "- 1\n")[0]
    assert "placement.yaml:0:" in _faults(tmp_path, "")[0]
    assert "placement.yaml:2:" in _faults(tmp_path, "language: en\n\tx: 1\n")[0]
    with pytest.raises(BankFaults, match="missing"):
        read_bank_file(tmp_path / "nothing.yaml")


def test_difficulties_beside_the_bank_move_items_and_their_faults_are_named(
    tmp_path: Path,
) -> None:
    bank, beside = tmp_path / "placement.yaml", tmp_path / "placement.tsv"
    bank.write_text(HEAD + GOOD)
    beside.write_text("# comment\na1-hat\t-2.5\n")
    assert read_bank_file(bank, beside).items["a1-hat"].difficulty == -2.5
    beside.write_text("a1-hat\tvery\nother\t1\n")
    with pytest.raises(BankFaults) as caught:
        read_bank_file(bank, beside)
    assert [fault.line for fault in caught.value.faults] == [1, 2]
