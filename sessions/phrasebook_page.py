"""The phrasebook: everything met, from lessons, memory and talks, searched and in pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learners.phrasebook import MAX_QUERY_CHARS, Phrase, PhraseKind, search
from learners.phrasebook_selectors import list_met

from .lesson_exercise_voice import has_voice
from .models import Utterance
from .review_cards_page import review_language

PHRASES_A_PAGE = 30
# The tutor's latest replies: about a year of talking every day.
MOST_REPLIES = 5000
LONGEST = 300
_TALK = "talk:"
# Where a sentence ends and another begins.
_ENDS = re.compile(r"(?<=[.!?…。！？])\s+(?=\S)")
_FEWEST_CHARS = 3

KINDS = (
    ("", _("All")),
    (PhraseKind.WORD, _("Words")),
    (PhraseKind.LESSON, _("From lessons")),
    (PhraseKind.MINE, _("My sentences")),
    (PhraseKind.TUTOR, _("From your tutor")),
)
_LABELS = {kind: label for kind, label in KINDS if kind}
_ONE = {
    PhraseKind.WORD: _("Word"),
    PhraseKind.LESSON: _("Lesson"),
    PhraseKind.MINE: _("My sentence"),
    PhraseKind.TUTOR: _("Tutor"),
}


def phrasebook_context(
    *, learner_id: int, query: str, kind: str, page: str | None
) -> dict[str, Any]:
    """Return what ``learners/phrasebook.html`` shows. Raises LearnerProfile.DoesNotExist.

    An unknown ``kind`` is none at all, a page beyond the end the last one.
    """
    l2 = review_language(learner_id=learner_id)
    chosen = PhraseKind(kind) if kind in _LABELS else None
    query = " ".join(query.replace("\x00", "").split())[:MAX_QUERY_CHARS]
    met = [*list_met(learner_id=learner_id, l2=l2), *_replies(learner_id, l2)]
    found = search(met, query, kind=chosen)
    shown = Paginator(found, PHRASES_A_PAGE).get_page(page)
    return {
        "language": l2,
        "has_voice": has_voice(l2),
        "query": query,
        "kind": chosen or "",
        "kinds": KINDS,
        "has_any": bool(met),
        "n_found": len(found),
        "page": shown,
        "phrases": [
            {"phrase": _placed(phrase), "kind": _ONE[phrase.kind]} for phrase in shown
        ],
    }


def _replies(learner_id: int, l2: str) -> Iterator[Phrase]:
    """Return the sentences that the tutor said to a learner, as far as they were heard."""
    rows = (
        Utterance.objects.filter(
            speaker=Utterance.Speaker.TUTOR,
            turn__session__learner_id=learner_id,
            turn__session__l2__startswith=l2,
        )
        .order_by("-turn__started_at", "-id")
        .values_list(
            "text", "heard_text", "turn__session__uuid", "turn__session__lesson__title",
            "turn__started_at",
        )[:MOST_REPLIES]
    )  # fmt: skip
    for text, heard, talk, title, at in rows:
        for sentence in _ENDS.split(text if heard is None else heard):
            if _FEWEST_CHARS <= len(sentence) <= LONGEST:
                yield Phrase(
                    PhraseKind.TUTOR,
                    sentence,
                    url=f"{_TALK}{talk}",
                    title=title or "",
                    met_at=at,
                )


def _placed(phrase: Phrase) -> Phrase:
    """Return a phrase with the address of the talk that it was met in."""
    if not phrase.url.startswith(_TALK):
        return phrase
    talk = phrase.url.removeprefix(_TALK)
    return replace(phrase, url=reverse("sessions:session-review", args=(talk,)))
