"""The built dictionary and the words it stands for."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from inference.phonetics.lexicon.codes import decode, encode
from inference.phonetics.lexicon.derived import compound, inflected
from inference.phonetics.lexicon.dictionary import BUILT, Dictionary
from scripts.build_lexicon import packed, read

LINES = """\
'bout B AW1 T
a AH0
a(2) EY1
aardvark AA1 R D V AA2 R K # an animal
b. B IY1
zebra Z IY1 B R AH0
zebra(2) Z IY1 B R AH0
zoo Z UW1
"quote K W OW1 T
"""


@pytest.fixture(scope="module")
def english() -> Dictionary:
    return Dictionary()


def small(folder: Path) -> Dictionary:
    path = folder / "small.xz"
    path.write_bytes(packed(read(LINES.splitlines())))
    return Dictionary(path)


def test_what_was_built_is_found_again(tmp_path: Path) -> None:
    dictionary = small(tmp_path)
    assert dictionary.pronunciations("a") == (("AH0",), ("EY1",))
    assert dictionary.pronunciations("'bout") == (("B", "AW1", "T"),)
    assert dictionary.pronunciations("zoo") == (("Z", "UW1"),)
    assert dictionary.pronunciations("zebra") == (("Z", "IY1", "B", "R", "AH0"),)
    assert "aardvark" in dictionary


@pytest.mark.parametrize(
    "word", ["", "zzz", "aa", "aardvar", "aardvarks", "b", "A", "a\tb", "a\nb", "你", '"quote']
)  # fmt: skip
def test_what_was_not_built_is_not_found(word: str, tmp_path: Path) -> None:
    assert small(tmp_path).pronunciations(word) == ()


def test_the_same_words_give_the_same_file() -> None:
    entries = read(LINES.splitlines())
    shuffled = dict(reversed(entries.items()))
    assert packed(entries) == packed(shuffled)


def test_the_committed_file_is_whole(english: Dictionary) -> None:
    lines = lzma.decompress(BUILT.read_bytes()).decode().splitlines()
    assert len(lines) > 120_000
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(words, key=str.encode)
    for line in lines[::500]:
        word, *codes = line.split("\t")
        assert [encode(p) for p in english.pronunciations(word)] == codes
        assert all(decode(code) for code in codes)


def test_additions_are_in_it(english: Dictionary) -> None:
    assert "emoji" in english
    # "us" is no abbreviation here.
    assert english.pronunciations("us") == (("AH1", "S"),)


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("dora's", "D AO1 R AH0 Z"),
        ("jess's", "JH EH1 S AH0 Z"),
        ("viewings", "V Y UW1 IH0 NG Z"),
        ("stoped", "S T AA1 P T"),
        ("hazarded", "HH AE1 Z ER0 D AH0 D"),
        ("honoured", "AA1 N ER0 D"),
        ("organised", "AO1 R G AH0 N AY2 Z D"),
        ("colourful", "K AH1 L ER0 F AH0 L"),
        ("skyping", "S K AY1 P IH0 NG"),
        ("skypin'", "S K AY1 P IH0 N"),
    ],
)
def test_forms_of_known_words_follow_from_them(
    word: str, spoken: str, english: Dictionary
) -> None:
    found = english.pronunciations(word) or inflected(word, english.pronunciations)
    assert spoken.split() in [list(phones) for phones in found]


def test_two_known_words_make_a_compound(english: Dictionary) -> None:
    (phones,) = compound("smartwatch", english.pronunciations)
    assert phones == ("S", "M", "AA1", "R", "T", "W", "AA2", "CH")
    assert compound("asdfgh", english.pronunciations) == ()
