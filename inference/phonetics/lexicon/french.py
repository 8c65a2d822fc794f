"""French: liaison, the schwa that comes and goes, and small words in quick speech."""

from __future__ import annotations

from collections.abc import Iterator

from ..features import FEATURES
from ..pronunciation import VariantKind
from .spoken import Candidate, Place, Spoken, replaced, unstressed

# The letter a word ends with -> what is heard of it before a vowel.
_LIAISON = {
    "s": "z",
    "x": "z",
    "z": "z",
    "t": "t",
    "d": "t",
    "n": "n",
    "p": "p",
    "r": "ʁ",
}
# Only these let p and r link; any word may with the other letters.
_LINKS_P_R = frozenset(["trop", "beaucoup", "coup", "premier", "dernier", "léger"])
_NEVER = frozenset(["et", "mais", "alors", "selon", "fois", "corps", "temps"])
# Liaison is not optional behind these.
_ALWAYS = frozenset(
    [
        "les",
        "des",
        "ces",
        "mes",
        "tes",
        "ses",
        "nos",
        "vos",
        "aux",
        "un",
        "mon",
        "ton",
        "son",
        "nous",
        "vous",
        "ils",
        "elles",
        "on",
        "en",
        "dans",
        "sans",
        "chez",
        "très",
        "deux",
        "trois",
        "six",
        "dix",
        "petit",
        "grand",
        "bon",
        "tout",
        "quels",
        "quelles",
        "leurs",
        "plusieurs",
        "quand",
        "est",
        "c'est",
    ]
)
# Words that begin with a vowel sound and still stand apart.
_ASPIRATED = (
    "hache", "haie", "haine", "hall", "halte", "hamac", "hamburger", "hamster", "hanche",
    "handicap", "hangar", "haricot", "hasard", "hausse", "haut", "hérisson", "héros",
    "hibou", "hockey", "hollande", "homard", "hongr", "honte", "hors", "huit", "hurl",
    "onz", "oui", "ouistiti", "yaourt", "yacht", "yoga",
)  # fmt: skip
_VOWEL_LETTERS = frozenset("aàâäæeéèêëiîïoôöœuùûühy")
_WEAK = {
    "je": "ʒ;ʃ", "te": "t", "me": "m", "se": "s", "le": "l", "de": "d", "ce": "s",
    "ne": "n", "que": "k", "il": "i", "ils": "i", "elle": "ɛ", "tu": "t", "vous": "v u;v",
    "celui": "s ɥ i", "puis": "p i", "plus": "p l y;p y", "bien": "b j ɛ̃",
    "parce": "p a s", "cet": "s t", "cette": "s t", "peut-être": "p t ɛ t",
}  # fmt: skip
_WEAK_FORMS = {word: unstressed(forms) for word, forms in _WEAK.items()}
# Words with two pronunciations: before a consonant, or of another meaning.
_ALSO = {
    "fils": "f i s", "plus": "p l y s", "tous": "t u", "six": "s i", "dix": "d i",
    "huit": "ɥ i", "cinq": "s ɛ̃", "os": "o", "œufs": "ø", "tout": "t u t",
}  # fmt: skip
_ALSO_SAID = {word: unstressed(form) for word, form in _ALSO.items()}
_MERGED = {"œ̃": "ɛ̃", "ɑ": "a"}


def glides(spoken: Spoken) -> Spoken:
    """Write the y of "huit" and "lui" as the glide it is."""
    return tuple(
        ("ɥ", 0)
        if phoneme == "y" and i + 1 < len(spoken) and FEATURES[spoken[i + 1][0]].vowel
        else (phoneme, stress)
        for i, (phoneme, stress) in enumerate(spoken)
    )


def french(word: str, spoken: Spoken, place: Place) -> Iterator[Candidate]:
    """Yield the forms of a word in its place, the most usual first."""
    spoken = glides(spoken)
    linked = _liaison(word, spoken, place)
    if linked and word in _ALWAYS:
        yield linked, VariantKind.LINKED
    yield spoken, VariantKind.DICTIONARY
    for form in _ALSO_SAID.get(word, ()):
        yield form, VariantKind.DICTIONARY
    if linked:
        yield linked, VariantKind.LINKED
    for form in _WEAK_FORMS.get(word, ()):
        yield form, VariantKind.WEAK
    if shorter := _without_liquid(spoken, place):
        yield shorter, VariantKind.LINKED
    yield _without_schwa(spoken), VariantKind.DIALECT
    merged = replaced(spoken, _MERGED)
    yield merged, VariantKind.DIALECT
    if linked:
        yield replaced(linked, _MERGED), VariantKind.DIALECT


def _liaison(word: str, spoken: Spoken, place: Place) -> Spoken | None:
    sound = _LIAISON.get(word[-1:])
    after = place.after_word
    if sound is None or not place.after or word in _NEVER or spoken[-1][0] == sound:
        return None
    if word[-1] in "pr" and word not in _LINKS_P_R:
        return None
    if after[:1] not in _VOWEL_LETTERS or after.startswith(_ASPIRATED):
        return None
    if after.startswith("y") and after != "yeux" and after != "y":
        return None
    # A consonant that is heard anyway ("avec", "six" alone) does not link twice.
    if not FEATURES[spoken[-1][0]].vowel:
        return (*spoken[:-1], (sound, 0)) if word in ("six", "dix", "neuf") else None
    return (*spoken, (sound, 0))


def _without_liquid(spoken: Spoken, place: Place) -> Spoken | None:
    """ "Quatre" before a consonant loses its r, "table" its l."""
    if place.vowel_follows or len(spoken) < 3 or spoken[-1][0] not in ("ʁ", "l"):
        return None
    before = FEATURES[spoken[-2][0]]
    return None if before.vowel or before.nasal else spoken[:-1]


def _without_schwa(spoken: Spoken) -> Spoken:
    """ "Samedi" as /samdi/: a schwa goes where two consonants are left at most."""
    out = list(spoken)
    for i in range(len(out) - 1, 0, -1):
        inner = 1 < i < len(out) - 1 and FEATURES[out[i - 2][0]].vowel
        if out[i][0] == "ə" and (inner or i == 1) and len(out) > 2:
            del out[i]
    return tuple(out)
