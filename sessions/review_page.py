"""A session's review as the rows of its page, with codes put into words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .assessment_words import assessment_words
from .review import SessionReview, TurnReview, UtteranceReview
from .wire.pronunciation import assessment_json

UNSURE_BELOW = 0.6

OUTCOMES = {
    "INTERRUPTED": _("You interrupted the tutor"),
    "NOT_UNDERSTOOD": _("Not understood"),
    "FAILED": _("The tutor could not answer"),
    "CANCELLED": _("Cancelled"),
    "AWAITING_REPLY": _("Never answered"),
}
ERRORS = {
    "asr.failed": _("What you said could not be recognised."),
    "assess.failed": _("How you said it could not be judged."),
    "llm.failed": _("The tutor could not think of an answer."),
    "llm.empty": _("The tutor's answer was empty."),
    "llm.timeout": _("The tutor took too long to answer."),
    "tts.failed": _("The tutor's voice was not available."),
    "face.failed": _("The tutor's mouth could not follow the voice."),
    "utterance.not_understood": _("Nothing recognisable was said."),
    "utterance.too_long": _("This was too long and was cut."),
    "audio.clipping": _("The microphone was too loud."),
    "audio.overflow": _("A moment of your speech was lost on the way."),
    "session.storage_failed": _("This turn could not be saved at once."),
}


def turn_rows(review: SessionReview) -> list[dict[str, Any]]:
    """Return each turn with its utterances, timing and errors, ready to be shown."""
    return [_turn_row(review, turn) for turn in review.turns]


def _turn_row(review: SessionReview, turn: TurnReview) -> dict[str, Any]:
    return {
        "index": turn.index,
        "state": turn.state,
        "outcome": OUTCOMES.get(turn.state, ""),
        "at_text": _clock(turn.started_at - review.started_at),
        "utterances": [
            _utterance_row(review, turn, utterance) for utterance in turn.utterances
        ],
        "timing": turn.timings if turn.timings.get("stages") else None,
        "engines": turn.engines,
        "errors": [ERRORS.get(code, code) for code in turn.errors],
    }


def _clock(since_start: timedelta) -> str:
    minutes, seconds = divmod(max(0, int(since_start.total_seconds())), 60)
    return f"{minutes}:{seconds:02d}"


def _utterance_row(
    review: SessionReview, turn: TurnReview, utterance: UtteranceReview
) -> dict[str, Any]:
    heard = utterance.heard_text
    cut = heard is not None and utterance.text.startswith(heard)
    return {
        "is_learner": utterance.speaker == "LEARNER",
        "source": utterance.source,
        "attempt": utterance.attempt,
        "text": utterance.text,
        "words": _words(utterance),
        "heard_as": utterance.heard_as,
        "was_cut": heard is not None,
        "played": heard if cut else utterance.text,
        "unplayed": utterance.text[len(heard) :] if cut and heard is not None else "",
        "audio_url": _audio_url(review, turn, utterance),
        "duration_ms": utterance.duration_ms,
        "pronunciation": _pronunciation(utterance),
    }


def _pronunciation(utterance: UtteranceReview) -> dict[str, Any] | None:
    """Return how it was said, in the form of the wire; None if nobody judged it."""
    found = utterance.assessment
    if found is None:
        return None
    return assessment_json(found, message=assessment_words(found))


def _audio_url(
    review: SessionReview, turn: TurnReview, utterance: UtteranceReview
) -> str:
    """Return where the sound is; only the latest one of a speaker's turn can be had."""
    said = [u for u in turn.utterances if u.speaker == utterance.speaker]
    stored = [u.attempt for u in said if u.has_recording]
    if not stored or utterance.attempt != max(stored):
        return ""
    return reverse(
        "sessions:utterance-audio",
        args=(review.uuid, turn.index, utterance.speaker.lower()),
    )


def _words(utterance: UtteranceReview) -> list[dict[str, Any]]:
    """Return the words with times, unless they are not those of the text any more."""
    spoken = "".join(str(word.get("text", "")) for word in utterance.words)
    if "".join(spoken.split()) != "".join(utterance.text.split()):
        return []
    return [
        {
            "text": str(word["text"]).strip(),
            "start_ms": word.get("start_ms", 0),
            "end_ms": word.get("end_ms", 0),
            "is_unsure": (word.get("confidence") or 1.0) < UNSURE_BELOW,
        }
        for word in utterance.words
    ]
