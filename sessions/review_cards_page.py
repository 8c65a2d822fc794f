"""What the page of reviews shows: cards with their buttons, how much comes, where it was met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from learners.local_time import time_zone
from learners.review_selectors import (
    Forecast,
    ReviewDay,
    get_forecast,
    get_review_day,
    get_schedule,
    last_review,
    memory_of,
)
from learners.reviews.drafts import GAP
from learners.reviews.intervals import interval_words
from learners.reviews.memory import Schedule, Stage
from learners.selectors import get_learner_context
from learners.services.review_cards import refresh_cards

from .lesson_exercise_voice import has_voice
from .wav_sound import MAX_AUDIO_S

if TYPE_CHECKING:
    from learners.models import ReviewCard

# So many cards are one sitting; the next ones come with the next page.
MOST_CARDS = 40
# A card on its way is shown this much earlier, when nothing else is left.
AHEAD = timedelta(minutes=20)


def review_language(*, learner_id: int) -> str:
    """Return the language whose cards are asked. Raises LearnerProfile.DoesNotExist."""
    return get_learner_context(user_id=learner_id).l2.split("-")[0]


def reviews_context(*, learner_id: int, now: datetime) -> dict[str, Any]:
    """Return what ``sessions/reviews.html`` shows; new cards are made first.

    ``page`` is JSON for the script, ``day`` a ReviewDay, ``forecast`` a Forecast. Raises
    LearnerProfile.DoesNotExist.
    """
    l2 = review_language(learner_id=learner_id)
    refresh_cards(learner_id=learner_id, l2=l2, now=now)
    day = get_review_day(learner_id=learner_id, l2=l2, now=now)
    latest = last_review(learner_id=learner_id, l2=l2, now=now)
    return {
        "language": l2,
        "day": day,
        "forecast": _forecast(day, learner_id, l2, now),
        "page": {
            "owner": str(learner_id),
            "cards": cards_json(day.cards[:MOST_CARDS], learner_id=learner_id, now=now),
            "left": max(0, len(day.cards) - MOST_CARDS),
            "undo": {"card": str(latest.card.uuid), "key": str(latest.client_key)}
            if latest
            else None,
            "aheadMs": AHEAD // timedelta(milliseconds=1),
            "maxAudioMs": 1000 * MAX_AUDIO_S,
            "urls": {
                name: reverse(f"sessions:review-{name}")
                for name in ("answer", "undo", "aside", "voice", "speech")
            },
        },
    }


def cards_json(
    cards: Iterable[ReviewCard], *, learner_id: int, now: datetime
) -> list[dict[str, Any]]:
    """Return cards as the page's script wants them."""
    schedule = get_schedule(learner_id=learner_id)
    zone = time_zone(learner_id=learner_id)
    return [_card_json(card, schedule, zone, now) for card in cards]


def _card_json(
    card: ReviewCard, schedule: Schedule, zone: tzinfo, now: datetime
) -> dict[str, Any]:
    memory = memory_of(card)
    data = card.data
    voice = has_voice(card.l2)
    return {
        "card": str(card.uuid),
        "version": memory.version,
        "kind": card.kind,
        "label": str(card.get_kind_display()),
        "isNew": card.state == Stage.NEW,
        "l2": card.l2,
        "front": card.front,
        "back": card.back,
        "clue": data.get("clue", ""),
        "example": data.get("example", ""),
        "wrong": data.get("wrong", ""),
        "right": data.get("right", ""),
        "words": data.get("words", []) if voice else [],
        "sounds": data.get("sounds", []),
        "met": met_link(data.get("met", {})),
        "hasFrontVoice": voice and bool(front_text(card)),
        "hasVoice": voice,
        "buttons": [
            interval_words(after, now=now, zone=zone)
            for after in schedule.choices(memory, now=now)
        ],
        "dueInMs": (card.due_at - now) // timedelta(milliseconds=1),
    }


def front_text(card: ReviewCard) -> str:
    """Return what the voice says of a card's question, ``""`` where that would not help.

    Nobody shall hear the own mistake once more, and gaps cannot be said.
    """
    if card.kind == card.Kind.SENTENCE or GAP in card.front:
        return ""
    return card.back if card.kind == card.Kind.CONTRAST else card.front


def back_text(card: ReviewCard) -> str:
    """Return what the voice says of a card's answer."""
    return str(card.data.get("said", card.back))


def met_link(met: dict[str, str]) -> dict[str, str]:
    """Return title and address of where something was met, empty where that is unknown."""
    if "session" in met:
        address = reverse("sessions:session-review", args=(met["session"],))
        return {"title": "", "url": address}
    return {"title": met.get("title", ""), "url": met.get("url", "")}


def answered_json(card: ReviewCard, *, learner_id: int) -> dict[str, Any]:
    """Return a card after an answer, and how much is due now."""
    now = timezone.now()
    (shown,) = cards_json([card], learner_id=learner_id, now=now)
    day = get_review_day(learner_id=learner_id, l2=card.l2, now=now)
    forecast = _forecast(day, learner_id, card.l2, now)
    return {"card": shown, "forecast": {**asdict(forecast), "done": day.done}}


def _forecast(day: ReviewDay, learner_id: int, l2: str, now: datetime) -> Forecast:
    left = len(day.cards) + day.later
    return get_forecast(learner_id=learner_id, l2=l2, now=now, left=left)
