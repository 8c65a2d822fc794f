"""What the profile shows of consents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from schools.switches import RESEARCH_CONSENT, is_on_for

from .consent_selectors import (
    GuardianAnswer,
    get_consent_state,
    list_consents,
    list_guardians,
)
from .models import Consent, LearnerProfile

_MOST_SHOWN = 20


def consents_context(profile: LearnerProfile) -> dict[str, Any]:
    """Return both purposes as they stand, and what was chosen before."""
    learner_id = profile.user_id
    voice = get_consent_state(
        learner_id=learner_id, purpose=Consent.Purpose.STORE_VOICE
    )
    needs_guardian = voice.guardian is not GuardianAnswer.NOT_NEEDED
    return {
        "voice": voice,
        "voice_words": _words(voice.guardian),
        "research": get_consent_state(
            learner_id=learner_id, purpose=Consent.Purpose.RESEARCH
        ),
        # Off, nobody is asked anew; what was allowed can still be taken back.
        "asks_research": is_on_for(RESEARCH_CONSENT, user_id=learner_id),
        "needs_guardian": needs_guardian,
        "guardians": list(list_guardians(learner_id=learner_id))
        if needs_guardian
        else [],
        "consent_history": [
            {
                "at": row.at,
                "purpose": row.get_purpose_display(),
                "is_given": row.is_given,
                "who": _who(row),
            }
            for row in list_consents(learner_id=learner_id)[:_MOST_SHOWN]
        ],
    }


def _who(row: Consent) -> str:
    if row.guardian is None:
        return _("You")
    return row.guardian.name or _("Your guardian")


def _words(answer: GuardianAnswer) -> str:
    """Return in words what is missing from a guardian; empty where nothing is."""
    return {
        GuardianAnswer.NOBODY_ASKED: _(
            "You are a minor, so a parent or guardian has to agree as well. Nobody is asked "
            "yet: tell your teacher whom to ask. Until then nothing is kept."
        ),
        GuardianAnswer.WAITING: _(
            "Your parent or guardian has a mail with the question. Until they agree, "
            "nothing is kept."
        ),
        GuardianAnswer.NO: _(
            "Your parent or guardian does not agree. Nothing is kept, whatever you choose."
        ),
        GuardianAnswer.YES: _("Your parent or guardian agrees."),
    }.get(answer, "")
