"""Reads for other systems: always of one school."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from coursework.models import Assignment, Submission
from learners.models import User
from schools.models import Classroom, Enrolment, Membership, School, Term

from .models import ApiToken, WebhookDelivery, WebhookEndpoint


def list_tokens(*, schools: QuerySet[School]) -> QuerySet[ApiToken]:
    """Return the tokens of schools, usable ones first."""
    tokens = ApiToken.objects.filter(school__in=schools.values("pk"))
    return tokens.select_related("school", "created_by__profile").order_by(
        "school__name", "revoked_at", "-created_at"
    )


def list_endpoints(*, schools: QuerySet[School]) -> QuerySet[WebhookEndpoint]:
    """Return the webhooks of schools, with ``n_waiting`` and ``n_dead`` messages."""
    states = WebhookDelivery.State
    return (
        WebhookEndpoint.objects.filter(school__in=schools.values("pk"))
        .select_related("school")
        .annotate(
            n_waiting=Count("deliveries", Q(deliveries__state=states.WAITING)),
            n_dead=Count("deliveries", Q(deliveries__state=states.DEAD)),
        )
        .order_by("school__name", "created_at")
    )


def list_terms(*, school: School) -> QuerySet[Term]:
    """Return a school's terms."""
    return Term.objects.filter(school=school)


def list_classes(
    *, school: School, archived: bool | None = None
) -> QuerySet[Classroom]:
    """Return a school's classes with ``n_learners``; all, or only open or archived ones."""
    classes = Classroom.objects.filter(school=school).select_related("term")
    if archived is not None:
        classes = classes.filter(archived_at__isnull=not archived)
    return classes.annotate(n_learners=Count("enrolments", Q(enrolments__left_at=None)))


def list_enrolments(
    *, classroom: Classroom, ended: bool | None = None
) -> QuerySet[Enrolment]:
    """Return who is or was in a class."""
    enrolments = Enrolment.objects.filter(classroom=classroom)
    if ended is not None:
        enrolments = enrolments.filter(left_at__isnull=not ended)
    return enrolments.select_related("classroom", "learner__profile")


def list_assignments(
    *, school: School, classroom: UUID | None = None
) -> QuerySet[Assignment]:
    """Return the work set in a school, or in one class of it."""
    assignments = Assignment.objects.filter(classroom__school=school)
    if classroom is not None:
        assignments = assignments.filter(classroom__uuid=classroom)
    return assignments.select_related("classroom", "lesson", "group")


def list_results(*, school: School) -> QuerySet[Submission]:
    """Return what was handed in in a school; what is only begun is the learner's own."""
    return (
        Submission.objects.filter(assignment__classroom__school=school)
        .exclude(state=Submission.State.STARTED)
        .select_related("assignment__classroom", "learner__profile")
    )


def memberships_of(*, school: School, users: Collection[User]) -> dict[int, Membership]:
    """Return people as members of a school, by the id of the account."""
    members = Membership.objects.filter(school=school, user__in=users)
    return {member.user_id: member for member in members}
