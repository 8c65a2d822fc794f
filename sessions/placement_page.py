"""The contexts of the pages on which learners speak for their placement."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from learners.placement_selectors import SpeechTask
from lessons.levels import CEFRLevel
from lessons.sounds.library import sentences_of

from .wav_sound import MAX_AUDIO_S

TALK_S = 60


def reading_sentence(task: SpeechTask) -> str:
    """Return the sentence to read, of their level or the nearest below, "" if none is.

    The same placement always gets the same.
    """
    by_level = sentences_of(task.language)
    levels = [level.value for level in CEFRLevel]
    for level in reversed(levels[: levels.index(task.level) + 1]):
        if by_level.get(level):
            return by_level[level][task.uuid.int % len(by_level[level])]
    return ""


def reading_context(task: SpeechTask) -> dict[str, Any]:
    """Return what ``sessions/placement_reading.html`` shows."""
    return {
        "task": task,
        "sentence": reading_sentence(task),
        "next_url": reverse("sessions:placement-talk", args=(task.uuid,)),
        "page": {
            **_page(),
            "postUrl": reverse("sessions:placement-reading-assess", args=(task.uuid,)),
            "nextUrl": reverse("sessions:placement-talk", args=(task.uuid,)),
            "longestMs": 20_000,
            "shortestMs": 800,
        },
    }


def talk_context(task: SpeechTask) -> dict[str, Any]:
    """Return what ``sessions/placement_talk.html`` shows."""
    result = reverse("learners:placement-result", args=(task.uuid,))
    return {
        "task": task,
        "questions": [
            _("Who are you, and where do you live?"),
            _("What do you do on a usual day?"),
            _("Why do you learn this language, and what would you like to do with it?"),
        ],
        "next_url": result,
        "page": {
            **_page(),
            "postUrl": reverse("sessions:placement-talk-assess", args=(task.uuid,)),
            "nextUrl": result,
            "longestMs": 1000 * min(TALK_S, MAX_AUDIO_S),
            "shortestMs": 5000,
        },
    }


def _page() -> dict[str, Any]:
    return {
        "texts": {
            "record": _("Record"),
            "again": _("Record again"),
            "stop": _("Stop"),
            "judging": _("Listening to it…"),
            "thanks": _("Thank you, that is noted. Go on when you like."),
            "short": _("That was too short. Press Record, speak, then press Stop."),
        }
    }
