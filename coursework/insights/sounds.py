"""Learners and sounds: how surely each comes out right, and which drill would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from learners.mastery import SoundMastery, belief
from learners.progress.sound_map import GOOD_FROM, SoundState, state_of
from lessons.sounds.contrast_files import defined_contrasts
from lessons.sounds.contrasts import contrasts_for
from lessons.sounds.library import sounds_of
from lessons.sounds.sound import Sound
from tutor.languages.function_words import primary

from .heat import MOST_COLUMNS, Cell, Column, Learner, Shade
from .ranking import SoundFigures
from .reads import Weights

KIND = "sounds"
_SHADES = {
    SoundState.GOOD: Shade.GOOD,
    SoundState.FAIR: Shade.FAIR,
    SoundState.WEAK: Shade.WEAK,
    SoundState.UNKNOWN: Shade.UNKNOWN,
}
# A share is drawn towards this by as many attempts before a column is chosen by it.
_EXPECTED, _DRAWN_BY = 0.9, 4.0


def merged(
    weights: Mapping[tuple[int, str], Weights], l2: str
) -> dict[tuple[int, str], Weights]:
    """Return the evidence by a language's sounds: other dictionaries' symbols are one."""
    sounds = sounds_of(primary(l2))
    found: dict[tuple[int, str], Weights] = {}
    for (learner_id, phoneme), one in weights.items():
        sound = sounds.get(phoneme)
        if sound is None:
            continue
        known = found.get((learner_id, sound.ipa))
        found[learner_id, sound.ipa] = one if known is None else _sum(known, one)
    return found


def columns(weights: Mapping[tuple[int, str], Weights], l2: str) -> list[Column]:
    """Return the sounds that somebody tried, those that go wrong most in the class first.

    By a quick estimate: what is believed of each cell takes longer, and is worked out for
    the columns that are shown alone.
    """
    lost: dict[str, float] = {}
    for (_learner, ipa), one in weights.items():
        n = one.right + one.wrong
        share = (one.right + _EXPECTED * _DRAWN_BY) / (n + _DRAWN_BY)
        lost[ipa] = lost.get(ipa, 0.0) + max(0.0, GOOD_FROM - share)
    sounds = sounds_of(primary(l2))
    ordered = sorted(lost, key=lambda ipa: (-lost[ipa], ipa))
    return [_column(sounds[ipa]) for ipa in ordered]


def cells(
    weights: Mapping[tuple[int, str], Weights], shown: Iterable[Column]
) -> dict[tuple[int, str], Cell]:
    """Return a cell for each learner and sound of the columns that are shown."""
    keys = {one.key for one in shown}
    return {
        place: _cell(believed(place[1], one))
        for place, one in weights.items()
        if place[1] in keys
    }


def figures(
    weights: Mapping[tuple[int, str], Weights], l2: str, *, most: int = MOST_COLUMNS
) -> dict[int, list[SoundFigures]]:
    """Return the sounds of each learner of which enough is known.

    Only the weakest sounds of the class are looked at.
    """
    keys = {one.key for one in columns(weights, l2)[:most]}
    found: dict[int, list[SoundFigures]] = {}
    for (learner_id, ipa), one in weights.items():
        # What came out right nearly always cannot be what somebody needs.
        if ipa not in keys or one.wrong < 1.0:
            continue
        known = believed(ipa, one)
        if known.is_known:
            found.setdefault(learner_id, []).append(
                SoundFigures(ipa, known.mean, known.attempts)
            )
    return found


def believed(ipa: str, one: Weights) -> SoundMastery:
    """Return what the evidence about a sound says."""
    return belief(
        ipa, right=one.right, wrong=one.wrong, attempts=one.attempts, as_of=one.as_of
    )


def contrast_for(ipa: str, learners: Sequence[Learner], l2: str) -> str:
    """Return the contrast of a sound to drill with these learners, ``""`` without one.

    The one that is most common among speakers of their first languages.
    """
    language = primary(l2)
    weights: dict[str, float] = {}
    for learner in learners:
        for contrast in contrasts_for(learner.l1, language).contrasts:
            if contrast.sound == ipa:
                key = contrast.key
                weights[key] = weights.get(key, 0.0) + contrast.weight
    if weights:
        return min(weights, key=lambda key: (-weights[key], key))
    defined = defined_contrasts(language)
    return next((key for key, one in defined.items() if one.sound == ipa), "")


def _column(sound: Sound) -> Column:
    return Column(
        sound.ipa,
        f"/{sound.ipa}/",
        sound.example,
        _("the sound /%(ipa)s/ as in “%(example)s”")
        % {"ipa": sound.ipa, "example": sound.example},
    )


def _cell(sound: SoundMastery) -> Cell:
    state = state_of(sound)
    shade = _SHADES[state]
    if shade is Shade.UNKNOWN:
        words = _("heard %(n)s times, too few to say") % {"n": sound.attempts}
        return Cell(shade, "", words, 0.0, is_empty=False)
    share, low, high = (
        round(100 * value) for value in (sound.mean, sound.low, sound.high)
    )
    words = _("%(share)s of 100 right (%(low)s to %(high)s), heard %(n)s times") % {
        "share": share,
        "low": low,
        "high": high,
        "n": sound.attempts,
    }
    need = max(0.0, GOOD_FROM - sound.mean)
    return Cell(shade, str(share), words, need, is_empty=False)


def _sum(one: Weights, other: Weights) -> Weights:
    # Both are faded to the same moment already.
    return Weights(
        one.right + other.right,
        one.wrong + other.wrong,
        one.attempts + other.attempts,
        max(one.as_of, other.as_of),
    )
