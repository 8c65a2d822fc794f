"""German: the r that becomes a vowel, endings without schwa, words said in passing."""

from __future__ import annotations

from collections.abc import Iterator

from ..features import FEATURES
from ..pronunciation import VariantKind
from .spoken import Candidate, Place, Spoken, ending, replaced, unstressed

_WEAK = {
    "und": "ʊ n", "ist": "ɪ s", "nicht": "n ɪ ç", "ein": "n;ə n", "eine": "n ə",
    "einen": "n ə n;n", "einem": "n ə m;m", "einer": "n ɐ", "den": "d ə n;d n;n",
    "dem": "d ə m;m", "der": "d ɐ", "er": "ɐ", "wir": "v ɐ", "mir": "m ɐ", "dir": "d ɐ",
    "ihr": "ɐ", "es": "ə s;s", "du": "d ʊ;d ə", "sie": "z ɪ", "die": "d ɪ", "zu": "ts ʊ",
    "so": "z ɔ", "das": "d ə s;s", "auch": "aʊ", "mal": "m a", "jetzt": "j ɛ t s",
    "für": "f ʏ ɐ;f ɐ", "haben": "h aː m", "habe": "h aː p", "sind": "z ɪ n",
    "kann": "k ə n", "als": "a s", "noch": "n ɔ",
}  # fmt: skip
_WEAK_FORMS = {word: unstressed(forms) for word, forms in _WEAK.items()}
# Where the lips or the back of the tongue are closed already, n is made there.
_N_AFTER = {"p": "m", "b": "m", "k": "ŋ", "ɡ": "ŋ"}


def german(word: str, spoken: Spoken, place: Place) -> Iterator[Candidate]:
    """Yield the forms of a word in its place, the most usual first."""
    vocalised = _vocalised(spoken)
    yield vocalised, VariantKind.DICTIONARY
    yield spoken, VariantKind.DICTIONARY
    for form in _WEAK_FORMS.get(word, ()):
        yield form, VariantKind.WEAK
    for form in _short_endings(vocalised):
        yield form, VariantKind.DIALECT
    if word.endswith("ig") and ending(spoken, 1) == ["ç"]:
        yield (*spoken[:-1], ("k", 0)), VariantKind.DIALECT
    yield replaced(vocalised, {"ɛː": "eː"}), VariantKind.DIALECT
    if vocalised[0][0] == "pf":
        yield (("f", 0), *vocalised[1:]), VariantKind.DIALECT


def _vocalised(spoken: Spoken) -> Spoken:
    """Turn r into a vowel behind a vowel, unless another vowel follows."""
    out: list[tuple[str, int]] = []
    for i, (phoneme, stress) in enumerate(spoken):
        following = spoken[i + 1][0] if i + 1 < len(spoken) else ""
        vowel_before = i > 0 and FEATURES[spoken[i - 1][0]].vowel
        vowel_after = bool(following) and FEATURES[following].vowel
        if phoneme == "ʁ" and vowel_before and not vowel_after:
            out.append(("ɐ", 0))
        else:
            out.append((phoneme, stress))
    return tuple(out)


def _short_endings(spoken: Spoken) -> Iterator[Spoken]:
    """ "Haben" as /haːbm/, "Vogel" as /foːɡl/."""
    if len(spoken) > 3 and spoken[-2][0] == "ə" and spoken[-1][0] in ("n", "l"):
        before = spoken[-3][0]
        if FEATURES[before].vowel:
            return
        yield (*spoken[:-2], spoken[-1])
        if spoken[-1][0] == "n" and before in _N_AFTER:
            yield (*spoken[:-2], (_N_AFTER[before], 0))
