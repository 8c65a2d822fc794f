"""The rules on pronunciations stand any row of sounds, also those nobody says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.phonetics.features import FEATURES
from inference.phonetics.inventory import EN_PHONES, from_arpabet, is_vowel, phonemes
from inference.phonetics.lexicon.accents import accents
from inference.phonetics.lexicon.derived import compound, inflected
from inference.phonetics.lexicon.french import french
from inference.phonetics.lexicon.german import german
from inference.phonetics.lexicon.linking import linked, neighbours
from inference.phonetics.lexicon.spanish import spanish
from inference.phonetics.lexicon.spoken import Place, Rules, Spoken

ARPABET = [
    name + digit
    for name in EN_PHONES
    for digit in ("012" if is_vowel(from_arpabet(name)[0]) else ("",))
]
PHONES = st.lists(st.sampled_from(ARPABET), min_size=1, max_size=6).map(tuple)
WORDS = st.sampled_from(
    [
        "you",
        "have",
        "of",
        "carry",
        "which",
        "new",
        "dance",
        "lot",
        "going",
        "happy",
        "x",
        "whey",
        "view",
        "quantity",
        "tuesday",
        "to",
    ]
)
ENDINGS = st.sampled_from(
    [
        "s",
        "es",
        "ies",
        "ed",
        "ied",
        "ing",
        "in'",
        "'s",
        "s'",
        "'ll",
        "ly",
        "er",
        "ise",
        "ised",
        "our",
        "tre",
        "ae",
    ]
)


@given(PHONES, WORDS, st.booleans())
def test_english_accents(phones: tuple[str, ...], word: str, vowel: bool) -> None:
    for other in accents(phones, word, vowel_follows=vowel):
        assert set(other) <= set(ARPABET)


@given(PHONES, PHONES, PHONES, WORDS, WORDS)
def test_english_links(
    before: tuple[str, ...],
    phones: tuple[str, ...],
    after: tuple[str, ...],
    word: str,
    after_word: str,
) -> None:
    for other in linked(word, phones, neighbours(before, after, after_word)):
        assert set(other) <= set(ARPABET)
        assert len(phones) - 1 <= len(other) <= len(phones)


@given(st.text("aeiscktrl'", max_size=8), ENDINGS, PHONES)
def test_derived_words(stem: str, ending: str, phones: tuple[str, ...]) -> None:
    for rule in (inflected, compound):
        for other in rule(stem + ending, lambda word: (phones,) if word else ()):
            assert set(other) <= set(ARPABET)


def check(rules: Rules, language: str, data: st.DataObject) -> None:
    row = st.lists(st.sampled_from(phonemes(language)), min_size=1, max_size=6)
    before, spoken, after = (said(data.draw(row)) for _ in range(3))
    words = st.sampled_from(
        [
            "les",
            "six",
            "est",
            "grand",
            "quatre",
            "y",
            "amis",
            "oui",
            "ciudad",
            "hablado",
            "dedo",
            "und",
            "wichtig",
            "haben",
            "b.",
            "s",
        ]
    )
    place = Place(before, after, data.draw(words))
    forms = [form for form, _ in rules(data.draw(words), spoken, place)]
    assert forms
    for form in forms:
        assert {phoneme for phoneme, _ in form} <= set(phonemes(language))


def said(row: list[str]) -> Spoken:
    return tuple((phoneme, int(FEATURES[phoneme].vowel)) for phoneme in row)


@given(st.data())
def test_french(data: st.DataObject) -> None:
    check(french, "fr", data)


@given(st.data())
def test_spanish(data: st.DataObject) -> None:
    check(spanish, "es", data)


@given(st.data())
def test_german(data: st.DataObject) -> None:
    check(german, "de", data)
