"""Regular differences between accents of English, as rewriting rules.

The dictionary is General American. Each rule turns a pronunciation into what speakers
with that feature say, at all places at once, and gives back its input where the feature
has nothing to do. None of them is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .phones import Phones, base, is_unstressed, is_vowel

Rule = Callable[[Phones, str], Phones]

# "ew", "u" and "eu" have a /j/ after t, d, n in most of Britain; "oo" and "o" never.
_YOD_SPELLING = re.compile(r"[tdn](ew|eu|u(?!y|$))|view")
# Short o: also "a" after w ("want", "watch", "quality").
_LOT_SPELLING = re.compile(r"o|(w|wh|qu)a")
# The words whose "a" is long in the south of England. Prefixes of the spelling, so that
# inflections and compounds follow.
_BATH = re.compile(
    r"(after|answer|ask|aunt|bask|bath|blast|branch|brass|broadcast|calf|can't|cast|"
    r"castle|chanc|chant|class|command|craft|danc|daft|demand|disaster|draft|draught|"
    r"enhanc|exampl|fast|flask|france|glanc|glass|graft|grant|graph|grasp|"
    r"grass|half|lance|last|laugh|mask|mast|master|nasty|pass(?!i|e[^ds]|a)|past(?!a)|"
    r"path(?!e)|plant|plaster|raft|rather|sampl|shaft|slander|slant|staff|task|trance|"
    r"vast)|(advanc|advantage|telegraph|photograph|classroom|grandmaster)"
)


def non_rhotic(phones: Phones, spelling: str, *, vowel_follows: bool = False) -> Phones:
    """Drop /r/ that no vowel follows: "car", "water", "here" as in London."""
    out: list[str] = []
    for i, phone in enumerate(phones):
        after = phones[i + 1] if i + 1 < len(phones) else ""
        vowel_next = is_vowel(after) if after else vowel_follows
        if phone == "ER0":
            out += ["AH0", "R"] if vowel_next else ["AH0"]
        elif phone == "R" and out and is_vowel(out[-1]) and not vowel_next:
            if base(out[-1]) == "IY":
                out[-1] = "IH" + out[-1][2]
            if base(out[-1]) in ("IH", "UH", "UW", "AY", "AW"):
                out.append("AH0")
        else:
            out.append(phone)
    return tuple(out)


def lot(phones: Phones, spelling: str) -> Phones:
    """Round the vowel of "lot", "want"."""
    if not _LOT_SPELLING.search(spelling):
        return phones
    return _swap(phones, "AA", "AO")


def caught(phones: Phones, spelling: str) -> Phones:
    """Unround the vowel of "caught": the same as in "cot"."""
    return _swap(phones, "AO", "AA")


def bath(phones: Phones, spelling: str) -> Phones:
    """Lengthen the vowel of "bath", "dance"."""
    if not _BATH.match(spelling):
        return phones
    return tuple("AA" + phone[2] if base(phone) == "AE" else phone for phone in phones)


def yod(phones: Phones, spelling: str) -> Phones:
    """Say "new", "Tuesday" with a /j/."""
    if not _YOD_SPELLING.search(spelling):
        return phones
    out: list[str] = []
    for phone in phones:
        if base(phone) == "UW" and out and out[-1] in ("T", "D", "N"):
            out.append("Y")
        out.append(phone)
    return tuple(out)


def no_yod(phones: Phones, spelling: str) -> Phones:
    """Say "new", "tune" without the /j/."""
    return tuple(
        phone
        for i, phone in enumerate(phones)
        if not (
            phone == "Y"
            and i
            and phones[i - 1] in ("T", "D", "N")
            and phones[i + 1 : i + 2]
            and base(phones[i + 1]) == "UW"
        )
    )


def flap(phones: Phones, spelling: str) -> Phones:
    """Say the t of "water", "party" as a tap, nearly a d; drop it in "twenty"."""
    out: list[str] = []
    for i, phone in enumerate(phones):
        after = phones[i + 1 : i + 3]
        if phone == "T" and i and after and is_unstressed(after[0]):
            if after == ("AH0", "N"):
                out.append(phone)
            elif is_vowel(phones[i - 1]) or phones[i - 1] == "R":
                out.append("D")
            elif phones[i - 1] != "N":
                out.append(phone)
        else:
            out.append(phone)
    return tuple(out)


def syllabic(phones: Phones, spelling: str) -> Phones:
    """Let l, n, r make the syllable: "people", "listen", "camera" without schwa."""
    out: list[str] = []
    for i, phone in enumerate(phones):
        after = phones[i + 1] if i + 1 < len(phones) else ""
        beyond = phones[i + 2] if i + 2 < len(phones) else ""
        reduced = phone == "AH0" or (phone == "IH0" and after == "N")
        if reduced and out and after in ("L", "N") and not is_vowel(out[-1]):
            if not (beyond and is_vowel(beyond)) and out[-1] not in (
                "R",
                "L",
                "W",
                "Y",
            ):
                continue
        elif phone == "ER0" and out and after and is_unstressed(after):
            out.append("R")
            continue
        out.append(phone)
    return tuple(out)


def weak_vowel(phones: Phones, spelling: str) -> Phones:
    """Say unstressed /ɪ/ as schwa: "begin", "roses"."""
    if sum(map(is_vowel, phones)) < 2:
        return phones
    return tuple(
        "AH0" if phone == "IH0" and phones[i + 1 : i + 2] != ("NG",) else phone
        for i, phone in enumerate(phones)
    )


def full_vowel(phones: Phones, spelling: str) -> Phones:
    """Say schwa before t, d, s, z, v, dʒ as /ɪ/: "minute", "village"."""
    if sum(map(is_vowel, phones)) < 2:
        return phones
    return tuple(
        "IH0"
        if phone == "AH0" and i and phones[i + 1 : i + 2] and phones[i + 1] in _TEETH
        else phone
        for i, phone in enumerate(phones)
    )


def lax_y(phones: Phones, spelling: str) -> Phones:
    """End "happy" with the vowel of "hit"."""
    if len(phones) > 2 and phones[-1] == "IY0" and spelling.endswith(("y", "ie", "ey")):
        return (*phones[:-1], "IH0")
    return phones


def near(phones: Phones, spelling: str) -> Phones:
    """Begin the two vowels of "idea", "serious" with the one of "hit"."""
    return tuple(
        "IH" + phone[2]
        if base(phone) == "IY" and phones[i + 1 : i + 2] == ("AH0",)
        else phone
        for i, phone in enumerate(phones)
    )


def marry(phones: Phones, spelling: str) -> Phones:
    """Say "carry", "marry" with the vowel of "cat"."""
    if "arr" not in spelling:
        return phones
    return tuple(
        "AE" + phone[2]
        if base(phone) == "EH" and phones[i + 1 : i + 2] == ("R",)
        else phone
        for i, phone in enumerate(phones)
    )


def breathed_w(phones: Phones, spelling: str) -> Phones:
    """Say "which" unlike "witch"."""
    if spelling.startswith("wh") and phones[:1] == ("W",):
        return ("HH", *phones)
    return phones


def in_for_ing(phones: Phones, spelling: str) -> Phones:
    """End "going" with n."""
    if spelling.endswith("ing") and phones[-2:] == ("IH0", "NG"):
        return (*phones[:-1], "N")
    return phones


_TEETH = frozenset(["T", "D", "S", "Z", "V", "JH"])
# Single features, the more usual first.
_FEATURES: tuple[Rule, ...] = (
    flap, bath, yod, no_yod, lot, caught, syllabic, marry, near,
    weak_vowel, full_vowel, lax_y, breathed_w, in_for_ing,
)  # fmt: skip
_SOUTHERN_BRITISH: tuple[Rule, ...] = (lot, bath, yod, marry)


def accents(phones: Phones, spelling: str, *, vowel_follows: bool) -> Iterator[Phones]:
    """Yield how other accents say it, the more usual first; may repeat and be equal."""
    without_r = non_rhotic(phones, spelling, vowel_follows=vowel_follows)
    british = phones
    for rule in _SOUTHERN_BRITISH:
        british = rule(british, spelling)
    # Last: the rules before tell "car" from "cot" by the r.
    british = non_rhotic(british, spelling, vowel_follows=vowel_follows)
    yield flap(phones, spelling)
    yield british
    yield without_r
    for rule in _FEATURES:
        yield rule(phones, spelling)
    yield syllabic(without_r, spelling)
    if vowel_follows:
        # Not everybody links.
        yield non_rhotic(phones, spelling)


def _swap(phones: Phones, old: str, new: str) -> Phones:
    """Replace a vowel except before r."""
    return tuple(
        new + phone[2]
        if base(phone) == old and phones[i + 1 : i + 2] != ("R",)
        else phone
        for i, phone in enumerate(phones)
    )
