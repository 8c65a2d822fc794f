"""How much of each viseme a mouth shows at a moment: every cue leaks into its neighbours.

The same idea and the same numbers as in the browser (``avatar_coarticulation.js``,
``avatar_viseme_weights.js``), so that a tutor moves its lips alike in both; a test compares
the two.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inference.types.speech import Viseme, VisemeCue

Floats = npt.NDArray[np.float32]

VISEMES = tuple(Viseme)
PLACE = {viseme: place for place, viseme in enumerate(VISEMES)}
# Lips get ready before the sound and let go of it a little faster.
LEAD_MS = 82.0
TAIL_MS = 66.0
# A contact stays whole at least so long on each side of its centre.
CONTACT_HALF_MS = 20.0
CONTACT_FADE_MS = 42.0
# A vowel this long reaches its full shape; shorter ones fall short as they do in speech.
FULL_VOWEL_MS = 110.0
SHORT_VOWEL_MS = 40.0
_LEAST_REACH = 0.8
VOWELS = frozenset({Viseme.AA, Viseme.E, Viseme.I, Viseme.O, Viseme.U})
CLOSURES = frozenset({Viseme.PP, Viseme.FF})
# How strongly a viseme holds the lips and jaw, and the tongue.
DOMINANCE: dict[Viseme, tuple[float, float]] = {
    Viseme.SIL: (0.9, 0.3),
    Viseme.PP: (1.0, 0.1),
    Viseme.FF: (1.0, 0.1),
    Viseme.TH: (0.7, 1.4),
    Viseme.DD: (0.55, 1.2),
    Viseme.KK: (0.5, 0.8),
    Viseme.CH: (0.9, 0.5),
    Viseme.SS: (0.75, 0.5),
    Viseme.NN: (0.5, 1.2),
    Viseme.RR: (0.7, 0.7),
    Viseme.AA: (1.0, 0.35),
    Viseme.E: (1.0, 0.35),
    Viseme.I: (1.0, 0.35),
    Viseme.O: (1.0, 0.35),
    Viseme.U: (1.0, 0.35),
}


def mouth_weights(
    cues: Sequence[VisemeCue], times_ms: Sequence[float]
) -> tuple[Floats, Floats]:
    """Return the shares of ``VISEMES`` in the lips and in the tongue at some moments.

    Both have shape ``(n_times, 15)``; each row sums to 1.
    """
    times = np.asarray(times_ms, np.float64)
    lips = np.zeros((len(times), len(VISEMES)))
    tongue = np.zeros_like(lips)
    still = PLACE[Viseme.SIL]
    for cue in cues:
        present = _presence(cue, times)
        lip_hold, tongue_hold = DOMINANCE[cue.viseme]
        reach = _reach(cue)
        # What a short vowel does not reach stays at rest.
        lips[:, PLACE[cue.viseme]] += present * lip_hold * reach
        lips[:, still] += present * lip_hold * (1 - reach)
        tongue[:, PLACE[cue.viseme]] += present * tongue_hold
    for shares in (lips, tongue):
        nobody = shares.sum(axis=1) < 1e-6
        shares[nobody, still] = 1.0
        shares /= shares.sum(axis=1, keepdims=True)
    for cue in cues:
        if cue.viseme in CLOSURES:
            # Laid over the blend: a contact is what a viewer reads at once.
            made = _contact(cue, times)[:, None]
            lips *= 1 - made
            lips[:, PLACE[cue.viseme]] += made[:, 0]
    return lips.astype(np.float32), tongue.astype(np.float32)


def _presence(
    cue: VisemeCue, times: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    before = (cue.start_ms - times) / LEAD_MS
    after = (times - cue.end_ms) / TAIL_MS
    outside = np.clip(np.where(times < cue.start_ms, before, after), 0, 1)
    return np.asarray(((1 + np.cos(np.pi * outside)) / 2) ** 3)


def _contact(cue: VisemeCue, times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    half = max(CONTACT_HALF_MS, (cue.end_ms - cue.start_ms) * 0.3)
    away = np.abs(times - (cue.start_ms + cue.end_ms) / 2) - half
    faded = np.clip(away / CONTACT_FADE_MS, 0, 1)
    return np.asarray(1 - faded * faded * (3 - 2 * faded))


def _reach(cue: VisemeCue) -> float:
    if cue.viseme not in VOWELS:
        return 1.0
    long = (cue.end_ms - cue.start_ms - SHORT_VOWEL_MS) / FULL_VOWEL_MS
    return _LEAST_REACH + (1 - _LEAST_REACH) * min(1.0, max(0.0, long))
