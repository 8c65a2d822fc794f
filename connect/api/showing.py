"""Rows of the database as the API shows them; a page costs no query for each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from learners.models import User
from learners.placeholder_addresses import real_address
from schools.models import Classroom, Enrolment, School

from ..selectors import memberships_of


def classes(rows: Sequence[Classroom]) -> list[dict[str, Any]]:
    """Return classes that have ``n_learners``."""
    return [
        {
            "uuid": row.uuid,
            "name": row.name,
            "language": row.l2,
            "level": row.level,
            "term": row.term.uuid if row.term else None,
            "n_learners": getattr(row, "n_learners", 0),
            "created_at": row.created_at,
            "archived_at": row.archived_at,
        }
        for row in rows
    ]


def enrolments(school: School) -> Callable[[Sequence[Enrolment]], list[dict[str, Any]]]:
    """Return what shows the rows of a class's roster."""

    def show(rows: Sequence[Enrolment]) -> list[dict[str, Any]]:
        known = learners(school, [row.learner for row in rows])
        return [
            {
                "uuid": row.uuid,
                "class": row.classroom.uuid,
                "learner": {
                    **known[row.learner_id],
                    "email": real_address(row.learner.email),
                },
                "enrolled_at": row.enrolled_at,
                "ended_at": row.left_at,
            }
            for row in rows
        ]

    return show


def learners(school: School, people: Sequence[User]) -> dict[int, dict[str, Any]]:
    """Return learners as a school knows them, by the id of the account."""
    known = memberships_of(school=school, users=people)
    shown = {}
    for person in people:
        member = known.get(person.pk)
        own = person.profile.display_name if hasattr(person, "profile") else ""
        shown[person.pk] = {
            "uuid": person.uuid,
            "name": (member.name if member else "") or own,
            "external_id": member.external_id if member else "",
        }
    return shown
