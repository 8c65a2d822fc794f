"""Where a learner said a word before, with the sound that was kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from .models import PronunciationAssessment
from .models.pronunciation import latest_value
from .wire.pronunciation import assessment_json

# Older speech than the latest so many stretches says little about how one speaks now.
LOOKED_THROUGH = 40


def latest_own_words(
    *, learner_id: int, texts: Iterable[str], language: str
) -> dict[str, dict[str, Any]]:
    """Return the learner's latest recorded try at each word, as JSON for a page.

    By text: ``audio_url`` is the recording, ``word`` is as on the wire, its times on that
    recording. A word of which nobody kept a sound, or whose sounds are not known, is not
    there.
    """
    wanted = {_bare(text): text for text in texts}
    found: dict[str, dict[str, Any]] = {}
    spoken = (
        PronunciationAssessment.objects.filter(learner_id=learner_id, language=language)
        .filter(
            Q(utterance__recording__isnull=False) | Q(reading__recording__isnull=False)
        )
        .select_related("utterance__turn__session", "reading")
        .order_by("-spoken_at", "-id")[:LOOKED_THROUGH]
    )
    for row in spoken:
        value = latest_value([row])
        for word in assessment_json(value, message="")["words"] if value else ():
            text = wanted.get(_bare(word["text"]))
            if text is not None and text not in found and word["phonemes"]:
                found[text] = {"audio_url": _audio_url(row), "word": word}
    return found


def _bare(text: str) -> str:
    return re.sub(r"^\W+|\W+$", "", text).lower()


def _audio_url(row: PronunciationAssessment) -> str:
    if row.reading is not None:
        return reverse("sessions:read-aloud-audio", args=(row.reading.uuid,))
    turn = row.utterance.turn  # type: ignore[union-attr]
    return reverse(
        "sessions:utterance-audio", args=(turn.session.uuid, turn.index, "learner")
    )
