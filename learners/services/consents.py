"""Giving and taking back consent, by a learner or by a guardian."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schools.audit import record

from ..models import Consent, Guardian, LearnerProfile, User
from .guardians import confirm_guardian

# Which text was shown; a text that says something else gets another name.
WORDINGS = {
    Consent.Purpose.STORE_VOICE: "store-voice-2",
    Consent.Purpose.RESEARCH: "research-1",
}


def record_own_consent(
    *, user: User, purpose: str, is_given: bool, now: datetime
) -> bool:
    """Write down a learner's choice; return whether it is another one than before.

    The choice to keep the voice stands in the profile as well. Raises
    LearnerProfile.DoesNotExist.
    """
    with transaction.atomic():
        profile = LearnerProfile.objects.select_for_update().get(user=user)
        rows = Consent.objects.filter(learner=user, purpose=purpose, guardian=None)
        if purpose == Consent.Purpose.STORE_VOICE:
            before = profile.stores_recordings
        else:
            before = bool(rows.values_list("is_given", flat=True).first())
        if before == is_given:
            return False
        if purpose == Consent.Purpose.STORE_VOICE:
            profile.stores_recordings = is_given
            profile.consent_changed_at = now
            profile.save(update_fields=["stores_recordings", "consent_changed_at"])
        _add(user, purpose, is_given, guardian=None, now=now)
        return True


def record_guardians_consent(
    *, guardian: Guardian, purpose: str, is_given: bool, now: datetime
) -> bool:
    """Write down a guardian's choice; return whether it is another one than before.

    Answering says that they are the guardian. Raises Guardian.DoesNotExist where they
    were removed in the meantime.
    """
    with transaction.atomic():
        found = Guardian.objects.select_for_update().get(
            pk=guardian.pk, removed_at=None
        )
        confirm_guardian(guardian=found, now=now)
        found.refresh_from_db(fields=["confirmed_at"])
        # What they said before they were removed and asked anew counts no more.
        since = Consent.objects.filter(
            guardian=found, purpose=purpose, at__gte=found.confirmed_at
        )
        if since.values_list("is_given", flat=True).first() == is_given:
            return False
        _add(found.learner, purpose, is_given, guardian=found, now=now)
        record(
            action="consent.given" if is_given else "consent.withdrawn",
            now=now,
            actor=found.uuid,
            subject=found.learner.uuid,
            target="guardian",
            target_uuid=found.uuid,
            detail={"purpose": str(purpose)},
        )
        return True


def _add(
    learner: User,
    purpose: str,
    is_given: bool,
    *,
    guardian: Guardian | None,
    now: datetime,
) -> None:
    Consent.objects.create(
        learner=learner,
        purpose=Consent.Purpose(purpose),
        is_given=is_given,
        guardian=guardian,
        wording=WORDINGS[Consent.Purpose(purpose)],
        at=now,
    )
