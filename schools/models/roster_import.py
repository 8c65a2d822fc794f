"""A list of learners brought from elsewhere: looked at, then taken in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .classroom import Classroom
from .school import School


class RosterImport(models.Model):
    """One file of learners for a school, or for one class of it (``classroom``).

    ``rows`` hold what was read, checked and normalised (``learners.rosters.rows``), and go
    once it is done or given up. They are taken in in their order, some hundred a
    transaction, and ``n_done`` is written in the same one: what is cut off goes on exactly
    where it was. ``problems`` are pairs of a line and a code, of rows that could not be
    taken in. ``skips_faulty``: rows with errors are left out; without it a file with errors
    is not taken in at all. ``moves``: who is in another class leaves it.
    ``mails`` are pairs of a kind and the index of a row, sent afterwards with links below
    ``site_url``, in ``language``; ``n_mailed`` of them have left.

    Personal data: names, addresses, languages and levels of learners until it is done; who
    brought it.
    """

    class State(models.TextChoices):
        """How far it is."""

        PREVIEW = "PREVIEW", _("To be confirmed")
        QUEUED = "QUEUED", _("Waits")
        RUNNING = "RUNNING", _("Runs")
        DONE = "DONE", _("Done")
        STOPPED = "STOPPED", _("Stopped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="roster_imports"
    )
    classroom = models.ForeignKey(
        Classroom,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="roster_imports",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField()
    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PREVIEW)
    site_url = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=15, blank=True, default="")
    rows = models.JSONField(default=list)
    n_rows = models.PositiveIntegerField(default=0)
    n_faulty = models.PositiveIntegerField(default=0)
    skips_faulty = models.BooleanField(default=False)
    sends_mails = models.BooleanField(default=False)
    moves = models.BooleanField(default=False)
    n_done = models.PositiveIntegerField(default=0)
    n_mailed = models.PositiveIntegerField(default=0)
    mails = models.JSONField(default=list)
    outcomes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    attempt = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(n_done__lte=models.F("n_rows")),
                name="%(app_label)s_%(class)s_done_within_rows",
            ),
        )

    def __str__(self) -> str:
        return f"roster import {self.uuid}"
