"""All acceptable pronunciations of one English word in its place, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..inventory import acoustic_class, from_arpabet
from ..pronunciation import Variant, VariantKind
from .accents import accents
from .linking import Neighbours, linked
from .phones import Phones
from .weak_forms import is_function_word, weak_forms

# A scorer tries each variant: more would cost it time and make it forgive too much.
MOST_VARIANTS = 8
# So many of the dictionary's own leave room for the rest.
_MOST_LISTED = 4
_ROOTS_FOR_ACCENTS = 2

_NO_STRESS = str.maketrans("", "", "012")

_Candidate = tuple[Phones, VariantKind]


@lru_cache(maxsize=16_384)
def variants(
    word: str, listed: tuple[Phones, ...], near: Neighbours, *, final: bool,
    kind: VariantKind = VariantKind.DICTIONARY,
) -> tuple[Variant, ...]:  # fmt: skip
    """Return the variants of a lower-case word.

    ``listed`` are its pronunciations by itself, of ``kind``; ``final`` says that a
    sentence ends here, where most function words are not weak. Variants that only
    differ in stress sound alike, and only the first is kept.
    """
    kept: dict[str, _Candidate] = {}
    for candidate in _candidates(word, listed, near, final=final, kind=kind):
        if candidate[0]:
            kept.setdefault(_sound(candidate[0]), candidate)
        if len(kept) == MOST_VARIANTS:
            break
    return tuple(_variant(phones, kind) for phones, kind in kept.values())


def distinct(candidates: Iterable[Variant]) -> tuple[Variant, ...]:
    """Return the variants that sound different, the first ``MOST_VARIANTS``."""
    kept: dict[tuple[int, ...], Variant] = {}
    for variant in candidates:
        sound = tuple(acoustic_class(phoneme) for phoneme in variant.phonemes)
        if sound:
            kept.setdefault(sound, variant)
        if len(kept) == MOST_VARIANTS:
            break
    return tuple(kept.values())


def _candidates(
    word: str, listed: tuple[Phones, ...], near: Neighbours, *, final: bool,
    kind: VariantKind,
) -> Iterator[_Candidate]:  # fmt: skip
    weak = weak_forms(word, final=final)
    weak_sounds = {_sound(form) for form in weak_forms(word, final=False)}
    own: list[_Candidate] = []
    for phones in _before_vowel(word, listed, near):
        # What the dictionary lists without stress is as weak as our forms.
        unstressed = not any(phone[-1] in "12" for phone in phones)
        weakened = unstressed and _sound(phones) in weak_sounds
        own.append((phones, VariantKind.WEAK if weakened else kind))
    yield from own[:_MOST_LISTED]
    roots = own[:_ROOTS_FOR_ACCENTS]
    for form in weak:
        yield form, VariantKind.WEAK
    for phones, _ in roots:
        for changed in linked(word, phones, near):
            yield changed, VariantKind.LINKED
    if is_function_word(word):
        roots += [(form, VariantKind.WEAK) for form in weak[:1]]
    for phones, root_kind in roots:
        listed_form = root_kind is VariantKind.DICTIONARY
        accent = VariantKind.DIALECT if listed_form else root_kind
        for other in accents(phones, word, vowel_follows=near.vowel_follows):
            yield other, accent
    yield from own[_MOST_LISTED:]


def _before_vowel(
    word: str, listed: tuple[Phones, ...], near: Neighbours
) -> tuple[Phones, ...]:
    """Put the form first that "the" and "to" take before this neighbour."""
    wanted = {"the": "IY", "to": "UW"}.get(word)
    if wanted is None or not near.after:
        return listed
    return tuple(
        sorted(
            listed, key=lambda phones: (wanted in phones[-1]) is not near.vowel_follows
        )
    )


def _sound(phones: Phones) -> str:
    """Return what tells acoustic classes apart: the phones without their stress."""
    return " ".join(phones).translate(_NO_STRESS)


def _variant(phones: Phones, kind: VariantKind) -> Variant:
    pairs = [from_arpabet(phone) for phone in phones]
    if kind is VariantKind.WEAK:
        # A weak form has no stress, also where the table spells a full one.
        pairs = [from_arpabet(phone.rstrip("012")) for phone in phones]
    return Variant(
        tuple(phoneme for phoneme, _ in pairs),
        tuple(stress for _, stress in pairs),
        kind,
    )
