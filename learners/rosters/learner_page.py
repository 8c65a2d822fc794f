"""What the page of a learner of a class shows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from schools.models import Classroom, Enrolment
from schools.permissions import teachable_classrooms

from ..class_forms import GuardianForm, MinorForm, MoveForm, QuotaForm
from ..models import Guardian, User
from .class_page import membership_of
from .people import roster_people

MINOR_VALUES = {True: "1", False: "0", None: ""}


def learner_context(enrolment: Enrolment, *, user: User) -> dict[str, Any]:
    """Return a learner with forms for what ``user`` can do for them."""
    classroom, learner = enrolment.classroom, enrolment.learner
    membership = membership_of(classroom, learner)
    is_minor = membership.is_minor if membership else None
    classes = classes_to_move_to(classroom, user=user)
    (person,) = roster_people(classroom, [enrolment], today=timezone.localdate())
    return {
        "classroom": classroom,
        "tab": "learners",
        "person": person,
        "membership": membership,
        "move_form": MoveForm(classes=classes),
        "can_move": classes.exists(),
        "quota_form": QuotaForm(
            initial={"minutes": membership.minutes_a_day if membership else None}
        ),
        "class_minutes": classroom.learner_minutes_a_day
        or classroom.school.learner_minutes_a_day,
        "minor_form": MinorForm(initial={"is_minor": MINOR_VALUES[is_minor]}),
        "guardians": list(guardians_of(learner)),
        "guardian_form": GuardianForm(),
    }


def classes_to_move_to(classroom: Classroom, *, user: User) -> QuerySet[Classroom]:
    """Return the school's other open classes to which ``user`` may move somebody."""
    return (
        teachable_classrooms(user)
        .filter(school=classroom.school_id, archived_at=None)
        .exclude(pk=classroom.pk)
        .order_by("name")
    )


def guardians_of(learner: User) -> QuerySet[Guardian]:
    """Return who answers for a learner or was asked to."""
    return Guardian.objects.filter(learner=learner, removed_at=None).order_by("pk")
