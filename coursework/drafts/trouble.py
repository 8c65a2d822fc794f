"""What a teacher should look at in a submission, as codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .facts import WorkFacts

SHORT_OF = 0.8
FEW_TURNS = 3
OFTEN = 0.3
DIGEST_WORDS = 20


class Trouble(StrEnum):
    """Codes of trouble, the most urgent first."""

    CARE_OPEN = "care_open"
    OTHER_VOICE = "other_voice"
    SAME_AGAIN = "same_again"
    EMPTY = "empty"
    OFF_LANGUAGE = "off_language"
    SHORT = "short"
    NOT_UNDERSTOOD = "not_understood"
    ENGINE_ERRORS = "engine_errors"
    RECORDING_MISSING = "recording_missing"
    TYPED = "typed"


# How far up each moves a submission among those that a teacher should look at.
URGENCY: Final = {
    Trouble.CARE_OPEN: 100,
    Trouble.OTHER_VOICE: 20,
    Trouble.SAME_AGAIN: 20,
    Trouble.EMPTY: 12,
    Trouble.OFF_LANGUAGE: 10,
    Trouble.SHORT: 6,
    Trouble.NOT_UNDERSTOOD: 5,
    Trouble.ENGINE_ERRORS: 5,
    Trouble.RECORDING_MISSING: 3,
    Trouble.TYPED: 3,
}
TROUBLE_NAMES: Final[dict[str, str | Promise]] = {
    Trouble.CARE_OPEN: _("May be in danger: look first"),
    Trouble.OTHER_VOICE: _("Perhaps somebody else spoke"),
    Trouble.SAME_AGAIN: _("The same words as in other work"),
    Trouble.EMPTY: _("Nothing was said"),
    Trouble.OFF_LANGUAGE: _("Much in another language"),
    Trouble.SHORT: _("Shorter than asked"),
    Trouble.NOT_UNDERSTOOD: _("Often not understood"),
    Trouble.ENGINE_ERRORS: _("Something failed on our side"),
    Trouble.RECORDING_MISSING: _("The sound is missing"),
    Trouble.TYPED: _("Typed instead of said"),
}


def troubles(facts: WorkFacts) -> list[str]:
    """Return the codes of a submission, the most urgent first."""
    found = {
        Trouble.CARE_OPEN: any(turn.care for turn in facts.turns or ()),
        Trouble.SAME_AGAIN: facts.seen_before,
        Trouble.ENGINE_ERRORS: any(turn.problems for turn in facts.turns or ()),
        Trouble.EMPTY: _is_empty(facts),
        **_of_talk(facts),
    }
    return [code.value for code in Trouble if found.get(code)]


def urgency(codes: list[str]) -> int:
    """Return how far up these codes move a submission."""
    known = {code.value: points for code, points in URGENCY.items()}
    return sum(known.get(code, 0) for code in codes)


def _is_empty(facts: WorkFacts) -> bool:
    answered = any(answer.answered for answer in facts.answers or ())
    return not (facts.said or answered or facts.drill)


def _of_talk(facts: WorkFacts) -> dict[Trouble, bool]:
    if facts.turns is None or not facts.said:
        return {}
    said, n = facts.said, len(facts.said)
    heard = [turn for turn in facts.turns if turn.words or not turn.understood]
    minutes = sum(turn.speech_ms for turn in said if not turn.typed) / 60_000
    asked = facts.min_minutes or 0
    too_short = minutes < SHORT_OF * asked if asked else n < FEW_TURNS
    spoken = [turn for turn in said if not turn.typed]
    return {
        Trouble.OTHER_VOICE: any(turn.other_voice for turn in said),
        Trouble.OFF_LANGUAGE: sum(turn.off_language for turn in said) >= OFTEN * n,
        Trouble.SHORT: too_short,
        Trouble.NOT_UNDERSTOOD: (
            sum(not turn.understood for turn in heard) >= OFTEN * len(heard)
        ),
        Trouble.RECORDING_MISSING: facts.keeps_sound
        and any(not turn.recorded for turn in spoken),
        Trouble.TYPED: n - len(spoken) > OFTEN * n,
    }
