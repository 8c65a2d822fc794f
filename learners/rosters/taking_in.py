"""Takes a confirmed list in, some rows a transaction, and goes on where it was cut off."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from schools.models import RosterImport
from schools.services.roster import Placement, take_in

from ..job_queue import Cancelled
from ..models import LearnerProfile, User
from .imports import where_of
from .mailing import AGAIN_AFTER, send_mails, waits_for_mails
from .plan import Planned, Where, Will, plan_rows
from .rows import RosterRow

logger = logging.getLogger(__name__)
State = RosterImport.State
# So many rows a transaction: a talk that is being written meanwhile waits little.
A_TIME: Final = 100
# So often a single row that others are at, too.
TRIES: Final = 5
# Without a sign of life for so long, whoever did it is taken for dead.
DEAD_AFTER: Final = timedelta(minutes=2)


def take_in_roster(uuid: UUID, *, cancelled: Cancelled) -> None:
    """Take in a list that waits, or whose worker has died; of any other nothing is done.

    Safe to repeat. A failure is written down, not raised; what was taken in stays, is
    counted, and the next try goes on behind it.
    """
    roster = _claimed(uuid)
    if roster is None:
        return
    language = roster.language or None
    try:
        with translation.override(language):
            if _take_rows(roster, cancelled) and send_mails(roster, cancelled):
                _finish(roster)
            elif cancelled.is_set() or waits_for_mails(roster):
                # Not before its time: ``waiting_rosters`` leaves mails a while.
                _mine(roster).update(state=State.QUEUED)
    except Exception as error:
        # The words of a database may quote what is in a row.
        logger.exception(
            "roster %s stopped with %s", uuid, type(error).__name__, exc_info=False
        )
        _mine(roster).update(state=State.STOPPED, touched_at=timezone.now())


def waiting_rosters(*, now: datetime) -> list[UUID]:
    """Return the lists that wait, or that nobody works on any more."""
    dead = Q(state=State.RUNNING, touched_at__lt=now - DEAD_AFTER)
    rows = RosterImport.objects.filter(Q(state=State.QUEUED) | dead)
    return list(rows.values_list("uuid", flat=True))


def rosters_to_go_on(*, now: datetime) -> list[UUID]:
    """Return the lists whose mails, or whose worker, were left for long enough."""
    rows = RosterImport.objects.filter(
        state__in=(State.QUEUED, State.RUNNING), touched_at__lt=now - AGAIN_AFTER
    )
    return list(rows.values_list("uuid", flat=True))


def resume_roster(*, roster_id: int) -> bool:
    """Have a list that stopped wait again; return whether it had."""
    now = timezone.now()
    dead = Q(state=State.RUNNING, touched_at__lt=now - DEAD_AFTER)
    rows = RosterImport.objects.filter(Q(state=State.STOPPED) | dead, pk=roster_id)
    return bool(rows.update(state=State.QUEUED, touched_at=now))


def _claimed(uuid: UUID) -> RosterImport | None:
    now = timezone.now()
    dead = Q(state=State.RUNNING, touched_at__lt=now - DEAD_AFTER)
    waits = RosterImport.objects.filter(Q(state=State.QUEUED) | dead, uuid=uuid)
    if not waits.update(state=State.RUNNING, touched_at=now, attempt=F("attempt") + 1):
        return None
    return RosterImport.objects.select_related(
        "school", "classroom__school", "created_by"
    ).get(uuid=uuid)


def _mine(roster: RosterImport) -> QuerySet[RosterImport]:
    return RosterImport.objects.filter(
        pk=roster.pk, attempt=roster.attempt, state=State.RUNNING
    )


def _take_rows(roster: RosterImport, cancelled: Cancelled) -> bool:
    """Take in what is left; return False if it was cancelled or taken away."""
    rows = [RosterRow.from_json(kept) for kept in roster.rows]
    where = where_of(roster)
    while roster.n_done < len(rows):
        if cancelled.is_set():
            return False
        some = rows[roster.n_done : roster.n_done + A_TIME]
        try:
            taken = _take_some(roster, where, some)
        except (IntegrityError, OperationalError):
            taken = _take_each(roster, where, some)
        if not taken:
            return False
    return True


def _take_each(roster: RosterImport, where: Where, rows: Sequence[RosterRow]) -> bool:
    """Take rows in one by one, each planned afresh.

    Somebody signed up with one of the addresses at this moment, or another list has the
    same people: whoever comes second finds them there, after some waiting for each other.
    """
    for row in rows:
        for left in reversed(range(TRIES)):
            # What was counted in vain is not counted.
            roster.refresh_from_db(fields=["n_done", "outcomes", "problems", "mails"])
            try:
                if not _take_some(roster, where, [row]):
                    return False
            except (IntegrityError, OperationalError):
                if not left:
                    raise
            else:
                break
    return True


def _take_some(roster: RosterImport, where: Where, rows: Sequence[RosterRow]) -> bool:
    """Take in some rows and count them in one transaction; False if it is not ours."""
    now = timezone.now()
    with transaction.atomic():
        kept = _mine(roster).select_for_update().only("pk").first()
        if kept is None:
            return False
        planned = plan_rows(where, rows)
        users = _make_accounts(
            [one.row for one in planned if one.will == Will.NEW], where, now
        )
        placements = [
            _placement(one, users[one.row.email] if one.will == Will.NEW else one.user)
            for one in planned
            if one.will not in (Will.ERROR, Will.INVITED)
        ]
        take_in(
            school=roster.school,
            placements=placements,
            actor=roster.created_by.uuid,
            now=now,
        )
        _count(roster, planned)
        _mine(roster).update(
            n_done=roster.n_done,
            outcomes=roster.outcomes,
            problems=roster.problems,
            mails=roster.mails,
            touched_at=now,
        )
    return True


def _make_accounts(
    rows: Sequence[RosterRow], where: Where, now: datetime
) -> dict[str, User]:
    """Make accounts that nobody can sign in to before they chose a password."""
    users = User.objects.bulk_create(
        User(email=row.email, password=make_password(None), joined_at=now)
        for row in rows
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=False)
        for user in users
    )
    l2 = where.classroom.l2 if where.classroom else "en"
    LearnerProfile.objects.bulk_create(
        LearnerProfile(
            user=user,
            display_name=row.name,
            l1=row.l1,
            l2=l2,
            **({"level": row.level} if row.level else {}),
        )
        for user, row in zip(users, rows, strict=True)
        # What the tutor needs to know; who lacks it is asked at the first sign-in.
        if row.name and row.l1 and row.l1 != l2
    )
    return {user.email: user for user in users}


def _placement(one: Planned, user: User | None) -> Placement:
    assert user is not None  # noqa: S101 only rows with an account come here
    row = one.row
    return Placement(
        user_id=user.pk,
        user_uuid=user.uuid,
        classroom=one.classroom,
        name=row.name,
        external_id=row.external_id,
        is_minor=row.is_minor,
        leaves=one.leaves,
        is_new=one.will == Will.NEW,
    )


def _count(roster: RosterImport, planned: Sequence[Planned]) -> None:
    """Add what was done to the counts, and the mails that it asks for."""
    for index, one in enumerate(planned, start=roster.n_done):
        roster.outcomes[one.will] = roster.outcomes.get(one.will, 0) + 1
        if one.will == Will.ERROR:
            roster.problems.append([one.row.line, *one.errors])
        elif one.will == Will.INVITED:
            roster.mails.append(["invitation", index])
        elif one.will == Will.NEW and roster.sends_mails:
            roster.mails.append(["password", index])
        if one.row.guardian_email and one.will not in (Will.ERROR, Will.INVITED):
            roster.mails.append(["guardian", index])
    roster.n_done += len(planned)


def _finish(roster: RosterImport) -> None:
    """Keep the figures alone: names and addresses are in the school now."""
    _mine(roster).update(
        state=State.DONE, rows=[], mails=[], finished_at=timezone.now()
    )
