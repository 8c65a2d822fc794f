"""What set work does when talks end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from sessions.signals import session_ended

from .services.submissions import note_talk_ended


@receiver(session_ended, dispatch_uid="coursework.count_what_was_said")
def count_what_was_said(session_uuid: UUID, **kwargs: Any) -> None:
    """Count what was said for the work that the talk was for."""
    note_talk_ended(session=session_uuid)
