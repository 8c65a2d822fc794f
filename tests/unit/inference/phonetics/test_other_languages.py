"""Spanish, French and German words in their sentence."""

from __future__ import annotations

import pytest

from inference.phonetics.inventory import LANGUAGES
from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import VariantKind
from tests.fakes.guessers import WrittenGuesser

# What espeak-ng says for these words by themselves.
SAID = {
    "les": "lˈe-", "amis": "amˈi", "petit": "pətˈi", "ami": "amˈi", "héros": "eʁˈo",
    "deux": "dˈø", "huit": "yˈit", "et": "ˈe", "quatre": "kˈatʁ", "chats": "ʃˈa", "il": "ˈil",
    "un": "ˈœ̃", "je": "ʒˈə-", "a": "ˈa", "i grec": "iɡʁˈɛk", "vingt": "vˈɛ̃",
    "la": "lˈa", "ciudad": "θjuðˈad", "dedo": "dˈeðo", "calle": "kˈaʎe", "en": "ˈen",
    "parís": "paɾˈis", "perro": "pˈero",
    "haben": "hˈɑːbən", "wir": "viːɾ", "und": "ʊnt", "wichtig": "vˈɪçtɪç", "pferd": "pfˈeːɾt",
    "tür": "tˈyːɾ", "b": "bˈeː", "m": "ˈɛm", "w": "vˈeː",
}  # fmt: skip


def forms(language: str, text: str, at: int) -> dict[str, VariantKind]:
    words = pronouncer(language, guesser=WrittenGuesser(SAID)).pronounce(text)
    return {" ".join(v.phonemes): v.kind for v in words[at].variants}


@pytest.mark.parametrize(
    ("text", "at", "form"),
    [
        ("les amis", 0, "l e z"), ("petit ami", 0, "p ə t i t"), ("deux amis", 0, "d ø z"),
        ("un ami", 0, "œ̃ n"),
    ],
)  # fmt: skip
def test_french_liaison_before_vowels(text: str, at: int, form: str) -> None:
    found = forms("fr", text, at)
    assert next(iter(found)) == form
    assert found[form] is VariantKind.LINKED


@pytest.mark.parametrize(
    ("text", "at"),
    [("les héros", 0), ("les chats", 0), ("et amis", 0), ("les, amis", 0), ("deux huit", 0)],
)  # fmt: skip
def test_no_liaison_elsewhere(text: str, at: int) -> None:
    assert VariantKind.LINKED not in forms("fr", text, at).values()


def test_french_words_in_quick_speech() -> None:
    assert "k a t" in forms("fr", "quatre chats", 0)
    assert forms("fr", "petit", 0)["p t i"] is VariantKind.DIALECT
    assert forms("fr", "je a", 0)["ʒ"] is VariantKind.WEAK
    assert next(iter(forms("fr", "huit", 0))) == "ɥ i t"
    assert list(forms("fr", "il y a", 1)) == ["i"]
    assert next(iter(forms("fr", "Y.", 0))) in ("i", "i ɡ ʁ ɛ k")


def test_spanish_consonants_soften_after_vowels() -> None:
    assert forms("es", "la dedo", 1)["ð e ð o"] is VariantKind.LINKED
    assert next(iter(forms("es", "dedo", 0))) == "d e ð o"
    assert forms("es", "en parís", 0)["e m"] is VariantKind.LINKED


def test_american_spanish_is_right_too() -> None:
    assert forms("es", "ciudad", 0)["s j u ð a d"] is VariantKind.DIALECT
    assert forms("es", "calle", 0)["k a ʝ e"] is VariantKind.DIALECT
    # A trill is no tap.
    assert list(forms("es", "perro", 0)) == ["p e r o"]


def test_german_r_and_endings() -> None:
    assert next(iter(forms("de", "Tür", 0))) == "t yː ɐ"
    assert forms("de", "haben", 0)["h aː b m"] is VariantKind.DIALECT
    assert forms("de", "wichtig", 0)["v ɪ ç t ɪ k"] is VariantKind.DIALECT
    assert forms("de", "und wir", 0)["ʊ n"] is VariantKind.WEAK
    assert "f eː ɐ t" in forms("de", "Pferd", 0)


def test_german_letters_have_names() -> None:
    assert next(iter(forms("de", "BMW ist", 0))) == "b eː ɛ m v eː"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_without_a_guesser_words_are_unknown_and_kept(language: str) -> None:
    words = pronouncer(language, guesser=WrittenGuesser()).pronounce("qzxv 😀 你好!")
    assert [(w.index, w.variants) for w in words] == [(0, ()), (2, ())]


def test_a_tag_chooses_the_language() -> None:
    assert pronouncer("en-GB", guesser=WrittenGuesser()).language == "en"
    assert pronouncer("fr_FR", guesser=WrittenGuesser()).language == "fr"
    with pytest.raises(KeyError):
        pronouncer("tlh")
