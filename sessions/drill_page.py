"""Drills of two sounds: what a page shows, and the tasks it asks in turn.

A task is signed and carries all that is needed to mark it, so that nothing is stored before
it is answered. Its key makes an answer count once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from learners.selectors import get_learner_context
from learners.services.exercises import MAX_ANSWER_CHARS
from learners.sound_plan import SoundPlan, get_plan, next_drill
from learners.sound_plan_belief import ContrastBelief, weakest
from lessons.levels import TAUGHT_LANGUAGES, CEFRLevel, language_name
from lessons.sounds.contrast import Contrast, WordPair
from lessons.sounds.contrasts import contrast_named
from lessons.sounds.library import sound_of
from lessons.sounds.minimal_pairs import minimal_pairs

from .wav_sound import MAX_AUDIO_S

HEARD, SAID = "h", "s"
N_HEARD, N_SAID = 6, 3
# Without a voice for the language there is nothing to hear.
N_SAID_ALONE = 6
_SALT = "sessions.drill"
_DAY_S = 86_400
_SURE = 0.6


class UnknownContrast(LookupError):
    """The language has no contrast of this name."""


class TaskGone(LookupError):
    """A task that was never given out, or too long ago."""


@dataclass(frozen=True, slots=True)
class DrillTask:
    """One task: ``spoken`` is the word of ``pair`` that is heard or to be said."""

    kind: str
    language: str
    contrast: Contrast
    pair: WordPair
    spoken: str
    key: UUID


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A contrast in the learner's plan, for its list. Shares are of a hundred."""

    contrast: Contrast
    apart: int
    low: int
    high: int
    is_known: bool
    tries: int
    example: WordPair | None

    @property
    def span(self) -> int:
        """How wide the interval is."""
        return self.high - self.low


def drill_context(*, learner_id: int, key: str, now: datetime) -> dict[str, Any]:
    """Return what ``sessions/drill.html`` shows; ``key`` ``""`` takes the plan's next.

    Raises LearnerProfile.DoesNotExist or UnknownContrast. ``contrast`` is None where
    nothing is known of the two languages.
    """
    learner = get_learner_context(user_id=learner_id)
    plan = get_plan(learner_id, now=now)
    contrast: Contrast | None
    if key:
        contrast = contrast_named(learner.l1, plan.language, key)
        if contrast is None:
            raise UnknownContrast(key)
    else:
        found = next_drill(learner_id, now=now)
        contrast = found.contrast if found else None
    if contrast is None:
        return {"contrast": None, "plan": []}
    has_voice = plan.language in {taught.tag for taught in TAUGHT_LANGUAGES}
    about = _About(learner.l1, plan.language, learner.level, contrast)
    tasks = _tasks(about, has_voice=has_voice)
    hardest, how_sure = weakest(plan.beliefs) if plan.beliefs else (None, 0.0)
    belief = plan.get(contrast.key)
    return {
        "contrast": contrast,
        "language": plan.language,
        "pair": next(iter(_pairs(plan.language, contrast, learner.level)), None),
        "sound": sound_of(plan.language, contrast.sound),
        "other": sound_of(plan.language, contrast.other) if contrast.other else None,
        "is_weakest": belief is not None
        and belief == hardest
        and how_sure >= _SURE
        and belief.is_known,
        "row": _row(belief, plan.language, learner.level) if belief else None,
        "plan": _rows(plan, learner.level),
        "predicted": plan.predicted,
        "l1_name": "" if plan.predicted else language_name(learner.l1),
        "page": _page(tasks),
        "tasks": tasks,
    }


def read_task(token: str) -> DrillTask:
    """Return a task that a page sends back. Raises TaskGone."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=_DAY_S)
        contrast = contrast_named(found["f"], found["l"], found["c"])
        if contrast is None:
            raise TaskGone(found["c"])
        return DrillTask(
            kind=found["t"],
            language=found["l"],
            contrast=contrast,
            pair=WordPair(found["w"], found["o"]),
            spoken=found["s"],
            key=UUID(found["k"]),
        )
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise TaskGone("not a task") from error


@dataclass(frozen=True, slots=True)
class _About:
    l1: str
    language: str
    level: str
    contrast: Contrast


def _tasks(about: _About, *, has_voice: bool) -> list[dict[str, Any]]:
    order = _pairs(about.language, about.contrast, about.level)
    if not order:
        return []
    random = Random()  # noqa: S311  a learner may guess it
    # The example first, then others in any order.
    rest = order[1:]
    random.shuffle(rest)
    order = [order[0], *rest]
    tasks = []
    for at in range(N_HEARD if has_voice else 0):
        pair = order[at % len(order)]
        tasks.append(_hearing(about, pair, random.choice((pair.word, pair.other))))
    for at in range(N_SAID if has_voice else N_SAID_ALONE):
        tasks.append(_saying(about, order[at % len(order)]))
    return tasks


def _hearing(about: _About, pair: WordPair, spoken: str) -> dict[str, Any]:
    return {
        **_task(about, HEARD, pair, spoken),
        "kind": "minimal_pair",
        "title": _("Which word do you hear?"),
        "prompt": "",
        "mic": False,
        "choices": sorted((pair.word, pair.other), key=str.casefold),
    }


def _saying(about: _About, pair: WordPair) -> dict[str, Any]:
    return {
        **_task(about, SAID, pair, pair.word),
        "kind": "shadowing",
        "title": _("Now say it"),
        "prompt": pair.word,
        "mic": True,
    }


def _task(about: _About, kind: str, pair: WordPair, spoken: str) -> dict[str, Any]:
    signed = {
        "t": kind,
        "f": about.l1,
        "l": about.language,
        "c": about.contrast.key,
        "w": pair.word,
        "o": pair.other,
        "s": spoken,
        "k": str(uuid4()),
    }
    return {
        "exercise": signing.dumps(signed, salt=_SALT, compress=True),
        "level": about.level,
        "l2": about.language,
        "hint": about.contrast.tip,
        "voice": True,
    }


def _pairs(language: str, contrast: Contrast, level: str) -> list[WordPair]:
    """Return words no harder than the learner's level, but for beginners those of A2."""
    rank = max(2, CEFRLevel.values.index(level) + 1)
    return minimal_pairs(language, contrast, highest=rank)


def _page(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "tasks": tasks,
        # Another drill is always there.
        "left": len(tasks) + 1,
        "answerUrl": reverse("sessions:drill-answer"),
        "voiceUrl": reverse("sessions:drill-voice"),
        "speechUrl": reverse("sessions:drill-speech"),
        "todayUrl": reverse("today"),
        "voiceLanguages": [taught.tag for taught in TAUGHT_LANGUAGES],
        "maxAnswerChars": MAX_ANSWER_CHARS,
        "maxAudioMs": 1000 * MAX_AUDIO_S,
    }


def _rows(plan: SoundPlan, level: str) -> list[PlanRow]:
    return [_row(belief, plan.language, level) for belief in plan.beliefs]


def _row(belief: ContrastBelief, language: str, level: str) -> PlanRow:
    low, high = belief.interval
    return PlanRow(
        contrast=belief.contrast,
        apart=round(100 * (1 - belief.mean)),
        low=round(100 * (1 - high)),
        high=round(100 * (1 - low)),
        is_known=belief.is_known,
        tries=belief.answers + belief.attempts,
        example=next(iter(_pairs(language, belief.contrast, level)), None),
    )
