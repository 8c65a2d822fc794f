"""What Piper calls phonemes (code points and marks) to IPA phonemes with sample counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SILENCE = ""
_EDGES = frozenset("^$_")
_PUNCTUATION = frozenset(".,;:!?\"'()-—…¡¿«»“”")
# Marks that come before the phoneme they belong to, and are not part of its name.
_STRESS = frozenset("ˈˌ'")
# Marks that come after it and are.
_TRAILING = frozenset("ːˑʰʲʷˠˤ˞")
_JOINED = {
    ("a", "ɪ"), ("a", "ʊ"), ("e", "ɪ"), ("o", "ʊ"), ("ə", "ʊ"), ("ɔ", "ɪ"),
    ("t", "ʃ"), ("d", "ʒ"),
}  # fmt: skip

Counted = tuple[str, int]


@dataclass(slots=True)
class _Run:
    """A phoneme being put together."""

    name: str
    samples: int
    closed: bool = False


def ipa_phonemes(codes: Sequence[Counted]) -> tuple[Counted, ...]:
    """Merge Piper's code points into phonemes; the counts keep their sum.

    Stress marks give their time to the vowel that follows. A gap between words is
    shared by its neighbours: it is no pause. Punctuation and the edges are silence.
    """
    runs: list[_Run] = []
    carried = 0
    for index, (code, samples) in enumerate(codes):
        if code in _EDGES or code in _PUNCTUATION and code not in _STRESS:
            carried = _silence(runs, samples + carried)
        elif code == " ":
            carried = _gap(runs, samples, carried, _next_is_sound(codes, index))
        elif code in _STRESS:
            carried += samples
            if runs:
                runs[-1].closed = True
        elif runs and runs[-1].name and _extends(runs[-1], code):
            runs[-1].name += code
            runs[-1].samples += samples + carried
            carried = 0
        else:
            runs.append(_Run(code, samples + carried))
            carried = 0
    if carried:
        _silence(runs, carried)
    return tuple((unicodedata.normalize("NFC", r.name), r.samples) for r in runs)


def between(codes: Sequence[Counted], first: int, last: int) -> list[Counted]:
    """Return the part of the codes that lies in ``[first, last)`` of their samples."""
    inside: list[Counted] = []
    at = 0
    for code, n in codes:
        share = min(at + n, last) - max(at, first)
        # Marks take no time, and say how long the pause behind them is.
        if share > 0 or (n == 0 and first <= at <= last):
            inside.append((code, max(share, 0)))
        at += n
    return inside


def _silence(runs: list[_Run], samples: int) -> int:
    if runs and runs[-1].name == SILENCE:
        runs[-1].samples += samples
    else:
        runs.append(_Run(SILENCE, samples))
    return 0


def _gap(runs: list[_Run], samples: int, carried: int, sound_follows: bool) -> int:
    """Share the time of a word boundary; return what the next phoneme gets of it."""
    if not runs or runs[-1].name == SILENCE or not sound_follows:
        return _silence(runs, samples + carried)
    runs[-1].samples += samples // 2
    runs[-1].closed = True
    return carried + samples - samples // 2


def _extends(run: _Run, code: str) -> bool:
    if code in _TRAILING or unicodedata.combining(code[0]):
        return True
    return not run.closed and (run.name, code) in _JOINED


def _next_is_sound(codes: Sequence[Counted], index: int) -> bool:
    following = (code for code, _ in codes[index + 1 :] if code not in _STRESS)
    code = next(following, "$")
    return code not in _EDGES and code not in _PUNCTUATION and code != " "
