"""The demo's minor: a learner who said yes, and a guardian who is still asked."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from learners.models import Guardian, User
from learners.services.guardians import invite_guardian
from learners.services.profiles import set_recording_consent
from schools.models import Membership
from schools.services.members import set_minor

MINOR: Final = "kenji@example.org"
GUARDIAN: Final = ("Yuki", "yuki@example.org")
RETENTION_DAYS: Final = 30
HERE: Final = "http://127.0.0.1:8000"


def save_minor(*, now: datetime) -> None:
    """Have a learner wait for a guardian; whoever answered already stays as they are."""
    learner = User.objects.get(email=MINOR)
    for membership in Membership.objects.filter(user=learner, is_minor=None):
        set_minor(membership_id=membership.pk, is_minor=True, actor=None, now=now)
    name, email = GUARDIAN
    if Guardian.objects.filter(learner=learner, email=email).exists():
        return
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=RETENTION_DAYS, now=now
    )
    site = settings.CARE["SITE_URL"] or HERE
    invite_guardian(
        learner=learner,
        email=email,
        name=name,
        link=lambda token: site + reverse("privacy:guardian", args=[token]),
        now=now,
    )
