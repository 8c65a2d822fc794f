"""What the pages of a guardian show."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from learners.consent_selectors import get_consent_state, get_guardians_choice
from learners.models import Consent, Guardian, LearnerProfile
from schools.models import Membership, School
from sessions.selectors import count_recordings

from .erasure.requests import erasure_of, may_take_back
from .export.orders import data_export_of
from .models import ErasureRequest
from .privacy_forms import GuardianForm

_VOICE, _RESEARCH = Consent.Purpose.STORE_VOICE, Consent.Purpose.RESEARCH
_WORDS = {True: "yes", False: "no", None: None}


def guardian_form(guardian: Guardian, data: Any = None) -> GuardianForm:
    """Return the form with what they said last; nothing is chosen for them."""
    return GuardianForm(
        data,
        name=_name(guardian),
        is_confirmed=guardian.confirmed_at is not None,
        initial={
            "store_voice": _WORDS[
                get_guardians_choice(guardian=guardian, purpose=_VOICE)
            ],
            "research": _WORDS[
                get_guardians_choice(guardian=guardian, purpose=_RESEARCH)
            ],
        },
    )


def guardian_context(guardian: Guardian, token: str) -> dict[str, Any]:
    """Return what all pages of a guardian need."""
    learner = guardian.learner
    erasure = erasure_of(user=learner)
    schools = School.objects.filter(
        is_active=True,
        memberships__user=learner,
        memberships__role=Membership.Role.LEARNER,
        memberships__left_at=None,
    )
    side = ErasureRequest.Side.GUARDIAN
    return {
        "guardian": guardian,
        "token": token,
        "name": _name(guardian),
        "schools": [school.name for school in schools],
        "voice": get_consent_state(learner_id=learner.pk, purpose=_VOICE),
        "answer": get_guardians_choice(guardian=guardian, purpose=_VOICE),
        "n_recordings": count_recordings(learner_id=learner.pk),
        "export": data_export_of(learner=learner, asked_by=guardian.uuid),
        "erasure": erasure,
        "can_keep": erasure is not None and may_take_back(erasure, side=side),
        "grace_days": settings.PRIVACY["ERASURE_GRACE_DAYS"],
    }


def _name(guardian: Guardian) -> str:
    profile = LearnerProfile.objects.filter(user_id=guardian.learner_id).first()
    return profile.display_name if profile else guardian.learner.email
