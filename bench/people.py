"""A learner, a tutoring session and a sign-in for it, made through the services."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from learners.models import Consent, User
from learners.services.consents import record_own_consent
from learners.services.profiles import save_profile
from sessions.services import start_session

_BACKEND = "learners.account_backends.PasswordBackend"


def make_seat(
    number: int, *, level: str = "B1", keeps_voice: bool = False
) -> dict[str, str]:
    """Return ``{"session": uuid, "cookie": session key}``.

    With ``keeps_voice`` the learner consents to what they say being kept.
    """
    user = User(email=f"bench{number}@example.org", role=User.Role.LEARNER)
    user.set_unusable_password()
    user.save()
    save_profile(
        user=user, display_name="Robin", l1="es", l2="en", level=level, goal=""
    )
    if keeps_voice:
        record_own_consent(
            user=user,
            purpose=Consent.Purpose.STORE_VOICE,
            is_given=True,
            now=datetime.now(UTC),
        )
    tutoring = start_session(
        learner_id=user.pk, lesson_uuid=None, now=datetime.now(UTC)
    )
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = _BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return {"session": str(tutoring.uuid), "cookie": str(store.session_key)}
