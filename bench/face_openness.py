"""How far a mouth is open for each phoneme, by phonetics: what pictures are compared with.

Vowels by their height on the chart of the IPA, close 0.35 to open 1; consonants by the
jaw's position for their place: lips shut 0, lip at the teeth 0.05, teeth together 0.2,
tongue tip 0.25, back of the tongue and glottis 0.4. Made before any face was measured, and
of no other use: the tutors move by other tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inference.types.speech import PhonemeSpan

Floats = npt.NDArray[np.float64]

BILABIALS = frozenset("pbm")
LABIODENTALS = frozenset("fv")
_OPEN = {
    **dict.fromkeys("pbmɸβ", 0.0),
    **dict.fromkeys("fvʋ", 0.05),
    **dict.fromkeys("szʃʒ", 0.2),
    **dict.fromkeys("tdnlɾθðɹrɻ", 0.25),
    **dict.fromkeys("wɥ", 0.2),
    "j": 0.3,
    **dict.fromkeys("kɡgŋxhʔ", 0.4),
    **dict.fromkeys("iyɨʉɯu", 0.35),
    **dict.fromkeys("ɪʏʊᵻ", 0.45),
    **dict.fromkeys("eøɘɵɤo", 0.55),
    "ə": 0.55,
    **dict.fromkeys("ɛœɜɞʌɔɚɝ", 0.75),
    **dict.fromkeys("æɐ", 0.9),
    **dict.fromkeys("aɑɒɶ", 1.0),
}
_UNKNOWN = 0.4


def sound_of(phoneme: str) -> str:
    """Return the base symbols of a phoneme, without length, stress and diacritics."""
    plain = unicodedata.normalize("NFD", phoneme)
    return "".join(
        symbol
        for symbol in plain
        if unicodedata.category(symbol) in {"Ll", "Lo"} and symbol not in "ʰʲʷ"
    )


def openness_at(phonemes: Sequence[PhonemeSpan], times_ms: Floats) -> Floats:
    """Return the openness 0..1 at some moments of a stretch of speech, as a staircase.

    The symbols of a diphthong or an affricate share its time.
    """
    openness = np.zeros(len(times_ms))
    for span in phonemes:
        symbols = sound_of(span.phoneme)
        if not symbols:
            continue
        step = (span.end_ms - span.start_ms) / len(symbols)
        for place, symbol in enumerate(symbols):
            start = span.start_ms + place * step
            inside = (times_ms >= start) & (times_ms < start + step)
            openness[inside] = _OPEN.get(symbol, _UNKNOWN)
    return openness
