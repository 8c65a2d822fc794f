"""Other systems that are told when something happens."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WebhookEvent(models.TextChoices):
    """What an endpoint can be told of."""

    ASSIGNMENT_PUBLISHED = "assignment.published", _("Work was set")
    SUBMISSION_HANDED_IN = "submission.handed_in", _("A learner handed in")
    SUBMISSION_MARKED = "submission.marked", _("A teacher gave or changed a mark")
    SUBMISSION_RETURNED = "submission.returned", _("A learner can see the mark")
    ENROLMENT_CREATED = "enrolment.created", _("A learner joined a class")
    ENROLMENT_ENDED = "enrolment.ended", _("A learner left a class")
    PING = "ping", _("A test")


class WebhookEndpoint(models.Model):
    """An address of another system that is told of the ``events`` of a school.

    Each message is signed with ``secret`` as the Standard Webhooks specification says.

    Personal data: who made it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, related_name="webhook_endpoints"
    )
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"webhook {self.uuid}"


class WebhookDelivery(models.Model):
    """One message to one endpoint, from when something happened until it arrived.

    ``uuid`` is its ``webhook-id``: the same for each attempt, so that a receiver can tell a
    repetition. It waits until ``next_try_at``; after the last attempt it is DEAD until
    somebody sends it again. ``payload`` holds identifiers and numbers, never speech.

    Personal data: what happened to whom, by identifier, until it is deleted.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "WAITING", _("Waiting")
        DELIVERED = "DELIVERED", _("Delivered")
        DEAD = "DEAD", _("Given up")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.CharField(max_length=40, choices=WebhookEvent.choices)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name_plural = "webhook deliveries"
        indexes = (
            models.Index(
                fields=("state", "next_try_at"), name="connect_delivery_is_due"
            ),
            models.Index(
                fields=("endpoint", "-created_at"), name="connect_delivery_of_endpoint"
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.uuid}"
