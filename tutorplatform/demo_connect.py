"""The demo's other system: a token as its page shows it, which opens nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from connect.models import ApiToken, Scope
from connect.services.tokens import make_token, revoke_token
from learners.models import User
from schools.models import School

EXAMPLE: Final = "Timetable (example)"


def save_connections(*, school: School, now: datetime) -> None:
    """Have an example of a token, revoked from the start; safe to repeat."""
    if ApiToken.objects.filter(school=school, name=EXAMPLE).exists():
        return
    by = User.objects.get(email="teacher@example.org")
    token, _secret = make_token(
        school=school,
        name=EXAMPLE,
        scopes=[Scope.ROSTERS_READ, Scope.RESULTS_READ],
        expires_at=now + timedelta(days=365),
        by=by,
        now=now,
    )
    revoke_token(token_id=token.pk, by=by, now=now)
