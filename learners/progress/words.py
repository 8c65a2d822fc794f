"""The sentence above each plot: what it means for this learner, or that it is too early.

Sentences say what changed, how sure that is, and what to make of it. They never praise what
is not there, and never compare with other people.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.levels import CEFRLevel

from ..selectors import mistake_label
from .figures import LevelPoint, Mistakes
from .sound_map import SoundMap, SoundState

# With fewer words than this, a rate of mistakes is an accident.
FEWEST_WORDS = 80
# A smaller change than this share is no change to speak of.
_CHANGE = 0.15
_LITTLE_S = 60
_FEW_READINGS = 3


def level_words(points: Sequence[LevelPoint]) -> str:
    """Say where the level stands and whether it moved."""
    if not points:
        return _(
            "Nobody has looked at your level yet. A placement takes ten minutes and draws "
            "the first point here."
        )
    latest = points[-1]
    level = latest.estimate.level
    if latest.low is None or latest.high is None:
        return _(
            "%(level)s is what was said, not measured. A placement would show how sure "
            "that is."
        ) % {"level": level}
    low, high = _level_at(latest.low), _level_at(latest.high)
    if low == high:
        sure = _("You are at %(level)s, and that is quite sure.") % {"level": level}
    else:
        sure = _(
            "You are at about %(level)s: with nine chances in ten between %(low)s and "
            "%(high)s."
        ) % {"level": level, "low": low, "high": high}
    measured = [one for one in points if one.low is not None]
    if len(measured) < 2:
        return sure
    first = measured[0]
    if first.high is not None and latest.low > first.high:
        return f"{sure} " + _("That is clearly higher than at the start.")
    if latest.position > first.position + 0.3:
        return f"{sure} " + _(
            "It points upwards, but the bands still overlap: another placement will tell."
        )
    return f"{sure} " + _("A level takes months to move. Look at the plots below it.")


def spoken_words(now_s: int, before_s: int | None) -> str:
    """Compare what was spoken with the time before; None: there is no time before."""
    minutes = round(now_s / 60)
    if now_s < _LITTLE_S:
        return _(
            "Less than a minute of your own voice so far. Ten minutes of talk a week is "
            "where most people begin to feel a difference."
        )
    said = ngettext(
        "You spoke for %(n)s minute, silence and the tutor not counted.",
        "You spoke for %(n)s minutes, silence and the tutor not counted.",
        minutes,
    ) % {"n": minutes}
    if before_s is None or before_s < _LITTLE_S:
        return said
    change = round((now_s - before_s) / 60)
    if abs(now_s - before_s) < _CHANGE * before_s or change == 0:
        return f"{said} " + _("About as much as in the weeks before.")
    if change > 0:
        return f"{said} " + ngettext(
            "That is %(n)s minute more than in the weeks before.",
            "That is %(n)s minutes more than in the weeks before.",
            change,
        ) % {"n": change}
    return f"{said} " + ngettext(
        "That is %(n)s minute less than in the weeks before.",
        "That is %(n)s minutes less than in the weeks before.",
        -change,
    ) % {"n": -change}


def known_words_words(now: int, before: int) -> str:
    """Say how many words are known, and how many more."""
    if now == 0:
        return _(
            "No word counts as known yet. One does when you use it in a talk without help, "
            "or remember it for a week in your reviews."
        )
    known = ngettext(
        "%(n)s word is yours: used in a talk without help, or remembered for a week.",
        "%(n)s words are yours: used in a talk without help, or remembered for a week.",
        now,
    ) % {"n": now}
    if now > before:
        more = now - before
        return f"{known} " + ngettext(
            "%(n)s of them is new in this time.",
            "%(n)s of them are new in this time.",
            more,
        ) % {"n": more}
    if now < before:
        return f"{known} " + _("A few have faded: your reviews will bring them back.")
    return f"{known} " + _("None is new in this time.")


def mistakes_words(halves: tuple[Mistakes, Mistakes]) -> str:
    """Compare mistakes per 100 words in the older and the newer half of the time."""
    older, newer = halves
    total = older.words + newer.words
    if total < FEWEST_WORDS:
        return _(
            "Only %(n)s words of yours were checked so far. From about %(wanted)s on, a "
            "rate of mistakes means something."
        ) % {"n": total, "wanted": FEWEST_WORDS}
    kinds = older.by_kind + newer.by_kind
    rate = 100 * kinds.total() / total
    said = _("About %(rate)s mistakes in 100 words.") % {"rate": f"{rate:.1f}"}
    if not kinds:
        return _(
            "Not one mistake was found in %(n)s words. Time for harder topics?"
        ) % {"n": total}
    top = mistake_label(kinds.most_common(1)[0][0])
    most = _("Most of them: %(kind)s.") % {"kind": top}
    if min(older.words, newer.words) < FEWEST_WORDS:
        return f"{said} {most} " + _("Too early to say whether they become fewer.")
    before, after = older.per_100 or 0.0, newer.per_100 or 0.0
    if after < before * (1 - _CHANGE):
        change = _("They become fewer: %(before)s before, %(after)s lately.")
    elif after > before * (1 + _CHANGE):
        change = _(
            "More lately (%(before)s before, %(after)s now): that happens when talks get "
            "harder or sentences longer."
        )
    else:
        change = _("That has stayed the same (%(before)s, then %(after)s).")
    return f"{said} {most} " + change % {
        "before": f"{before:.1f}",
        "after": f"{after:.1f}",
    }


def sounds_words(mapped: SoundMap) -> str:
    """Say which sounds to work on."""
    if mapped.n_known == 0:
        return _(
            "Not enough was heard yet to say anything about single sounds. Read a few "
            "sentences aloud, and this map fills."
        )
    weak = [one for one in mapped.every if one.state is SoundState.WEAK]
    good = mapped.counts[SoundState.GOOD]
    known = mapped.n_known
    said = _("%(good)s of the %(known)s sounds heard often enough come out well.") % {
        "good": good,
        "known": known,
    }
    if not weak:
        return f"{said} " + _("None stands out as weak.")
    weak.sort(key=lambda one: one.share or 0)
    names = ", ".join(f"/{one.sound.ipa}/" for one in weak[:3])
    return f"{said} " + _("Work on these first: %(sounds)s.") % {"sounds": names}


def pace_words(rates: Sequence[float], shares: Sequence[float]) -> str:
    """Compare speed and pauses of the first and the last readings and turns."""
    n = len(rates)
    if n < 2 * _FEW_READINGS:
        return _(
            "%(n)s of your sentences could be measured so far. It takes %(wanted)s to "
            "compare."
        ) % {"n": n, "wanted": 2 * _FEW_READINGS}
    third = max(_FEW_READINGS, n // 3)
    before, after = _mean(rates[:third]), _mean(rates[-third:])
    said = _("Lately %(rate)s syllables a second.") % {"rate": f"{after:.1f}"}
    if after > before * 1.08:
        said += " " + _("Faster than before (%(rate)s).") % {"rate": f"{before:.1f}"}
    elif after < before * 0.92:
        said += " " + _(
            "Slower than before (%(rate)s), which is no loss if it is clearer."
        ) % {"rate": f"{before:.1f}"}
    else:
        said += " " + _("As fast as before.")
    pauses_before, pauses_after = _mean(shares[:third]), _mean(shares[-third:])
    if pauses_after < pauses_before - 0.03:
        said += " " + _("You pause less: words come to you sooner.")
    elif pauses_after > pauses_before + 0.03:
        said += " " + _("You pause more: perhaps the topics were new.")
    return said


def repairs_words(repairs: int, words: int) -> str:
    """Say how often the learner corrected themselves."""
    if words < FEWEST_WORDS:
        return _("Too few spoken words so far to say how often you correct yourself.")
    if repairs == 0:
        return _(
            "You were not heard to correct yourself. The recogniser tidies some of it "
            "away, so that real numbers are higher."
        )
    return ngettext(
        "You corrected yourself %(n)s time in %(words)s words. Hearing one's own mistakes "
        "is how they go away.",
        "You corrected yourself %(n)s times in %(words)s words. Hearing one's own "
        "mistakes is how they go away.",
        repairs,
    ) % {"n": repairs, "words": words}


def _level_at(position: float) -> str:
    return CEFRLevel.values[min(int(position), 5)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
