"""Which mouth shape an IPA phoneme has. Diphthongs and affricates have two."""

from __future__ import annotations

import unicodedata

from inference.types.speech import Viseme

Shapes = tuple[tuple[Viseme, float], ...]

V = Viseme

# Base symbol -> shape. English as espeak-ng writes it, then the rest of the IPA by the
# nearest place of articulation that can be seen.
_SYMBOLS: dict[str, Viseme] = {
    # lips closed
    **dict.fromkeys("pbmɓʙɱ", V.PP),
    # lip and teeth
    **dict.fromkeys("fvʋⱱ", V.FF),
    # tongue between the teeth
    **dict.fromkeys("θð", V.TH),
    # tongue tip up
    **dict.fromkeys("tdʈɖɗɾɽ", V.DD),
    **dict.fromkeys("nlɲɳɭɫʎɬɮɺ", V.NN),
    # back of the tongue: the lips tell little
    **dict.fromkeys("kgɡŋxɣqɢχʁhɦħʕʔɴɰcɟɠʛʡʢʜ", V.KK),
    # rounded, teeth together
    **dict.fromkeys("ʃʒʂʐɕʑɧ", V.CH),
    **dict.fromkeys("szçʝʦ", V.SS),
    **dict.fromkeys("ɹrɻʀɚɝ", V.RR),
    # lips nearly touching, or rounded and narrow
    **dict.fromkeys("wʍβɸɥuʊɯʉyʏ", V.U),
    **dict.fromkeys("jiɪɨᵻ", V.I),
    **dict.fromkeys("eɛεəɘɜøœɵɞɤ", V.E),
    **dict.fromkeys("aɑæɐʌɒɶ", V.AA),
    **dict.fromkeys("oɔ", V.O),
}
# The rounded front vowels look rounded before they look open.
_SYMBOLS.update(dict.fromkeys("øœɵ", V.O))
_SYMBOLS.update(dict.fromkeys("β", V.PP))

_COMPOUND: dict[str, Shapes] = {
    "aɪ": ((V.AA, 0.6), (V.I, 0.4)),
    "aʊ": ((V.AA, 0.6), (V.U, 0.4)),
    "eɪ": ((V.E, 0.6), (V.I, 0.4)),
    "oʊ": ((V.O, 0.6), (V.U, 0.4)),
    "əʊ": ((V.E, 0.4), (V.U, 0.6)),
    "ɔɪ": ((V.O, 0.6), (V.I, 0.4)),
    "iə": ((V.I, 0.6), (V.E, 0.4)),
    "eə": ((V.E, 1.0),),
    "ʊə": ((V.U, 0.6), (V.E, 0.4)),
    "tʃ": ((V.DD, 0.3), (V.CH, 0.7)),
    "dʒ": ((V.DD, 0.3), (V.CH, 0.7)),
    "ts": ((V.DD, 0.4), (V.SS, 0.6)),
    "dz": ((V.DD, 0.4), (V.SS, 0.6)),
    "pf": ((V.PP, 0.5), (V.FF, 0.5)),
}
_SILENT: Shapes = ((V.SIL, 1.0),)
# An unknown sound moves the mouth a little: better than a mouth frozen shut.
_UNKNOWN: Shapes = ((V.E, 1.0),)


def shapes_of(phoneme: str) -> Shapes:
    """Return the shapes of a phoneme in order, each with its share of the time.

    Length, stress, tone and diacritics do not change the shape. ``""`` is silence.
    """
    base = _base(phoneme)
    if not base:
        return _SILENT if not phoneme.strip() else _UNKNOWN
    if base in _COMPOUND:
        return _COMPOUND[base]
    known = [_SYMBOLS[symbol] for symbol in base if symbol in _SYMBOLS]
    if not known:
        return _UNKNOWN
    return tuple((shape, 1.0 / len(known)) for shape in known)


def _base(phoneme: str) -> str:
    decomposed = unicodedata.normalize("NFD", phoneme)
    return "".join(
        c for c in decomposed if unicodedata.category(c) in {"Ll", "Lo"} and c != "ǃ"
    )
