"""Other systems are told when something happens in a school."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver
from django.utils import timezone
from lti_tool.models import LtiUser

from coursework.models import Assignment, Submission
from coursework.signals import (
    assignment_published,
    submission_handed_in,
    submission_marked,
    submission_returned,
)
from learners.models import User
from learners.signals import erasing, purging
from schools.models import Enrolment
from schools.signals import enrolment_began, enrolment_ended

from .api.replies import forget_replies
from .grades.noting import note_submission
from .lti.arrivals import forget_arrivals
from .lti.people import take_apart
from .models import (
    ApiReply,
    LtiLogin,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from .post import send_soon
from .webhooks.events import (
    assignment_data,
    enrolment_data,
    queue_event,
    submission_data,
)
from .webhooks.sending import forget_deliveries


@receiver(assignment_published, dispatch_uid="connect.assignment_published")
def tell_assignment(assignment_id: int, **kwargs: Any) -> None:
    """Tell that learners can see work."""
    assignment = Assignment.objects.select_related("classroom__school").get(
        pk=assignment_id
    )
    queued = queue_event(
        event=WebhookEvent.ASSIGNMENT_PUBLISHED,
        school=assignment.classroom.school,
        data=assignment_data(assignment),
        now=timezone.now(),
    )
    if queued:
        send_soon("assignment")


@receiver(submission_handed_in, dispatch_uid="connect.submission_handed_in")
def tell_handed_in(submission_id: int, **kwargs: Any) -> None:
    """Tell that work was handed in."""
    _tell_submission(submission_id, WebhookEvent.SUBMISSION_HANDED_IN)


@receiver(submission_marked, dispatch_uid="connect.submission_marked")
def tell_marked(submission_id: int, **kwargs: Any) -> None:
    """Tell that a mark was given, changed or taken back."""
    _tell_submission(submission_id, WebhookEvent.SUBMISSION_MARKED)


@receiver(submission_returned, dispatch_uid="connect.submission_returned")
def tell_returned(submission_id: int, **kwargs: Any) -> None:
    """Tell that the learner can see the mark."""
    _tell_submission(submission_id, WebhookEvent.SUBMISSION_RETURNED)


@receiver(enrolment_began, dispatch_uid="connect.enrolment_began")
def tell_enrolments(enrolment_ids: list[int], **kwargs: Any) -> None:
    """Tell that learners are in a class."""
    _tell_enrolments(enrolment_ids, WebhookEvent.ENROLMENT_CREATED)


@receiver(enrolment_ended, dispatch_uid="connect.enrolment_ended")
def tell_ends(enrolment_ids: list[int], **kwargs: Any) -> None:
    """Tell that learners left a class."""
    _tell_enrolments(enrolment_ids, WebhookEvent.ENROLMENT_ENDED)


@receiver(password_reset, dispatch_uid="connect.password_reset")
def take_apart_from_platforms(user: User, **kwargs: Any) -> None:
    """Who proves by a mail that an address is theirs owns the account from then on."""
    take_apart(user, now=timezone.now())


@receiver(erasing, dispatch_uid="connect.erasing")
def erase(user: User, **kwargs: Any) -> None:
    """Delete what platforms told of somebody, and what other systems were told."""
    people = LtiUser.objects.filter(identity__user=user)
    people_ids = list(people.values_list("pk", flat=True))
    for arrival in LtiLogin.objects.filter(claims__lti_user__in=people_ids):
        arrival.delete()
    people.delete()
    uuid = str(user.uuid)
    WebhookDelivery.objects.filter(payload__data__learner=uuid).delete()
    ApiReply.objects.filter(body__learner__uuid=uuid).delete()


@receiver(purging, dispatch_uid="connect.purging")
def forget(now: Any, **kwargs: Any) -> int:
    """Delete what is kept no longer."""
    return (
        forget_replies(now=now) + forget_deliveries(now=now) + forget_arrivals(now=now)
    )


def _tell_submission(submission_id: int, event: WebhookEvent) -> None:
    now = timezone.now()
    submission = Submission.objects.select_related(
        "assignment__classroom__school", "learner"
    ).get(pk=submission_id)
    messages = queue_event(
        event=event,
        school=submission.assignment.classroom.school,
        data=submission_data(submission),
        now=now,
    )
    marks = note_submission(submission=submission, now=now)
    if messages or marks:
        send_soon("submission")


def _tell_enrolments(enrolment_ids: list[int], event: WebhookEvent) -> None:
    # Lists of thousands are taken in at once, and most schools tell nobody.
    listening = WebhookEndpoint.objects.filter(
        is_active=True, school__classrooms__enrolments__in=enrolment_ids
    )
    if not listening.exists():
        return
    now = timezone.now()
    queued = 0
    for enrolment in Enrolment.objects.select_related(
        "classroom__school", "learner"
    ).filter(pk__in=enrolment_ids):
        messages = queue_event(
            event=event,
            school=enrolment.classroom.school,
            data=enrolment_data(enrolment),
            now=now,
        )
        queued += len(messages)
    if queued:
        send_soon("enrolment")
