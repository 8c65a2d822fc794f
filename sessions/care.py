"""Care flags: raised by the tutor, told to teachers, marked as seen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tutor.moves import Move

from .care_mail import mail_about
from .models import CareFlag, Turn
from .models.care_flag import NOTE_MAX_CHARS


class FlagAlreadySeen(Exception):
    """Somebody else has looked at it; ``flag`` says who and when."""

    def __init__(self, flag: CareFlag) -> None:
        super().__init__(f"care flag {flag.pk} was seen")
        self.flag = flag


def tells_teachers() -> bool:
    """Whether to say to learners that teachers are told; without teaching nobody looks."""
    return _keeps_flags() and bool(settings.TEACHING["ENABLED"])


def raise_care_flag(
    *, turn: Turn, session_uuid: UUID, move: Move, now: datetime
) -> None:
    """Keep that a person should look at a turn, where the move asks and the site says so.

    A turn that is written again keeps the flag it has, seen or not.
    """
    if not move.flag_teacher or not _keeps_flags():
        return
    known = set(CareFlag.Kind.values)
    kind = move.situation if move.situation in known else CareFlag.Kind.OTHER
    _flag, is_new = CareFlag.objects.get_or_create(
        turn_id=turn.pk, defaults={"kind": kind, "raised_at": now}
    )
    if is_new:
        transaction.on_commit(lambda: mail_about(session_uuid), robust=True)


@transaction.atomic
def mark_care_seen(*, flag_id: int, seen_by: int, note: str, now: datetime) -> CareFlag:
    """Close a flag with what the teacher noted, which may be nothing.

    Raises CareFlag.DoesNotExist, and FlagAlreadySeen: the first note stays.
    """
    flag = CareFlag.objects.select_for_update().get(pk=flag_id)
    if flag.seen_at is not None:
        raise FlagAlreadySeen(flag)
    flag.seen_by_id, flag.seen_at = seen_by, now
    flag.note = note.strip()[:NOTE_MAX_CHARS]
    flag.save(update_fields=["seen_by", "seen_at", "note"])
    return flag


def _keeps_flags() -> bool:
    return bool(settings.CARE["FLAGS"] == "teachers")
