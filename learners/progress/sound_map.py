"""The sounds of a language in their places: a chart of vowels, a grid of consonants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lessons.sounds.features import made
from lessons.sounds.library import sounds_of
from lessons.sounds.sound import Sound, SoundKind

from ..mastery import SoundMastery

GOOD_FROM, WEAK_BELOW = 0.85, 0.65
_WIDTH, _HEIGHT = 300.0, 240.0
_MARGIN = 26.0
_NEAR = 30.0


class SoundState(StrEnum):
    """How well a sound comes out; each has a sign beside its colour."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What it means."""
        return str(_LABELS[self])

    @property
    def sign(self) -> str:
        """Its sign, for those who do not see its colour."""
        return {"good": "✓", "fair": "~", "weak": "!", "unknown": ""}[self.value]


_LABELS = {
    SoundState.GOOD: _("comes out well"),
    SoundState.FAIR: _("often comes out well"),
    SoundState.WEAK: _("to work on"),
    SoundState.UNKNOWN: _("heard too rarely to say"),
}
# Rows and columns of the grid, by what lessons.sounds.features calls them.
_ROWS = {
    "stop": pgettext_lazy("how a sound is made", "stopped"),
    "affricate": pgettext_lazy("how a sound is made", "stopped, then hissed"),
    "fricative": pgettext_lazy("how a sound is made", "hissed"),
    "nasal": pgettext_lazy("how a sound is made", "through the nose"),
    "liquid": pgettext_lazy("how a sound is made", "l and r"),
    "glide": pgettext_lazy("how a sound is made", "gliding"),
}
_COLUMNS = (
    ((0, 1), pgettext_lazy("where a sound is made", "lips")),
    ((2, 2), pgettext_lazy("where a sound is made", "teeth")),
    ((3, 3), pgettext_lazy("where a sound is made", "ridge")),
    ((4, 5), pgettext_lazy("where a sound is made", "roof")),
    ((6, 8), pgettext_lazy("where a sound is made", "back")),
)


@dataclass(frozen=True, slots=True)
class MappedSound:
    """A sound with what is known of it. ``share`` is of a hundred attempts."""

    sound: Sound
    state: SoundState
    share: int | None = None
    low: int | None = None
    high: int | None = None
    attempts: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the consonants: its name, and the sounds of each column."""

    name: str
    cells: tuple[tuple[MappedSound, ...], ...]


@dataclass(frozen=True, slots=True)
class SoundMap:
    """The map of a language's sounds.

    ``vowels`` stand where the tongue is (front left, open below); ``others`` are those that
    glide or go through the nose. ``counts`` says how many are in each state.
    """

    vowels: tuple[MappedSound, ...]
    others: tuple[MappedSound, ...]
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    counts: Mapping[SoundState, int]

    @property
    def every(self) -> tuple[MappedSound, ...]:
        """All sounds, vowels first."""
        cells = (one for row in self.rows for cell in row.cells for one in cell)
        return (*self.vowels, *self.others, *cells)

    @property
    def n_known(self) -> int:
        """How many sounds something can be said of."""
        return sum(n for state, n in self.counts.items() if state != SoundState.UNKNOWN)


def sound_map(language: str, mastery: Mapping[str, SoundMastery]) -> SoundMap | None:
    """Return the map with what is believed of each sound; None without a language."""
    sounds = {sound.ipa: sound for sound in sounds_of(language).values()}
    if not sounds:
        return None
    mapped = [_mapped(sound, _believed(sound, mastery)) for sound in sounds.values()]
    vowels = [one for one in mapped if one.sound.kind is SoundKind.VOWEL]
    consonants = [one for one in mapped if one.sound.kind is SoundKind.CONSONANT]
    still = [one for one in vowels if _stands_still(one.sound.ipa)]
    counts = {state: sum(one.state is state for one in mapped) for state in SoundState}
    return SoundMap(
        vowels=tuple(_placed(still)),
        others=tuple(one for one in vowels if one not in still),
        columns=tuple(str(name) for _, name in _COLUMNS),
        rows=tuple(_row(kind, str(name), consonants) for kind, name in _ROWS.items()),
        counts=counts,
    )


def state_of(believed: SoundMastery | None) -> SoundState:
    """Return the state of a sound; unknown where the evidence is thin."""
    if believed is None or not believed.is_known:
        return SoundState.UNKNOWN
    if believed.mean >= GOOD_FROM:
        return SoundState.GOOD
    return SoundState.WEAK if believed.mean < WEAK_BELOW else SoundState.FAIR


def _believed(sound: Sound, mastery: Mapping[str, SoundMastery]) -> SoundMastery | None:
    symbols = (sound.ipa, *sound.also)
    return next((mastery[one] for one in symbols if one in mastery), None)


def _mapped(sound: Sound, believed: SoundMastery | None) -> MappedSound:
    state = state_of(believed)
    attempts = believed.attempts if believed else 0
    if believed is None or state is SoundState.UNKNOWN:
        return MappedSound(sound, state, attempts=attempts)
    share, low, high = (
        round(100 * value) for value in (believed.mean, believed.low, believed.high)
    )
    return MappedSound(sound, state, share, low, high, attempts)


def _placed(vowels: list[MappedSound]) -> list[MappedSound]:
    """Put vowels where the tongue is; those on one spot beside each other."""
    taken: list[tuple[float, float]] = []
    found = []
    for one in vowels:
        shape = made(one.sound.ipa)
        openness, backness, _rounded = shape.points[0]
        # The chart narrows towards the bottom at the front, as a mouth does.
        left = _MARGIN + 0.42 * openness * (_WIDTH - 2 * _MARGIN)
        x = left + backness * (_WIDTH - _MARGIN - left)
        y = _MARGIN + openness * (_HEIGHT - 2 * _MARGIN)
        while any(abs(x - a) < _NEAR and abs(y - b) < 0.75 * _NEAR for a, b in taken):
            x += _NEAR if x < _WIDTH - _MARGIN - _NEAR else -_NEAR
            y += 0.0 if x < _WIDTH - _MARGIN - _NEAR else _NEAR
        taken.append((x, y))
        found.append(
            MappedSound(
                one.sound, one.state, one.share, one.low, one.high, one.attempts,
                round(x, 1), round(y, 1),
            )
        )  # fmt: skip
    return found


def _stands_still(ipa: str) -> bool:
    shape = made(ipa)
    return len(shape.points) == 1 and not shape.nasal


def _row(kind: str, name: str, consonants: list[MappedSound]) -> GridRow:
    cells = []
    for (first, last), _name in _COLUMNS:
        cells.append(
            tuple(
                one
                for one in consonants
                if made(one.sound.ipa).kind == kind
                and first <= made(one.sound.ipa).place <= last
            )
        )
    return GridRow(name, tuple(cells))
