"""Learning platforms whose people arrive here by LTI 1.3.

django-lti keeps what the standard knows: registrations, deployments, users, contexts, links
and line items. The models here say what these are on this site.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LtiPlatform(models.Model):
    """The registration of a learning platform, and the school whose people it sends.

    Whoever runs the platform can sign in here as the people it sends, so everybody it sends
    belongs to ``school``, and no administrator of the site is ever among them.

    Personal data: who registered it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.OneToOneField(
        "lti_tool.LtiRegistration", on_delete=models.CASCADE, related_name="platform"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, related_name="lti_platforms"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"platform {self.uuid}"


class LtiIdentity(models.Model):
    """That a person of a platform is an account here.

    ``is_proved``: the account was there before, and its owner signed in to connect it. One
    that was made by an arrival is not proved: it is taken apart from the platform as soon as
    somebody shows that the e-mail address is theirs.

    Personal data: which account a person of a platform has.
    """

    lti_user = models.OneToOneField(
        "lti_tool.LtiUser", on_delete=models.CASCADE, related_name="identity"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="lti_identities",
    )
    is_proved = models.BooleanField(default=False)
    connected_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "LTI identities"

    def __str__(self) -> str:
        return f"identity {self.pk} of user {self.user_id}"


class LtiCourse(models.Model):
    """A course of a platform, and the class of this site that it is.

    ``roster_state`` says how far the latest reading of its learners is, ``roster_counts``
    what came of it (``enrolled``, ``ended``, ``unchanged``, ``to_sign_in``),
    ``roster_error`` the code of what went wrong the last time.

    Personal data: who connected them, and who asked for its learners.
    """

    class RosterState(models.TextChoices):
        """Where the latest reading stands; empty: nobody asked for one."""

        NONE = ""
        WAITING = "WAITING"
        DONE = "DONE"
        FAILED = "FAILED"

    context = models.OneToOneField(
        "lti_tool.LtiContext", on_delete=models.CASCADE, related_name="course"
    )
    classroom = models.ForeignKey(
        "schools.Classroom", on_delete=models.CASCADE, related_name="lti_courses"
    )
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    connected_at = models.DateTimeField()
    roster_read_at = models.DateTimeField(null=True, blank=True)
    roster_state = models.CharField(
        max_length=7, choices=RosterState.choices, blank=True, default=RosterState.NONE
    )
    roster_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    roster_attempts = models.PositiveSmallIntegerField(default=0)
    roster_next_try_at = models.DateTimeField(null=True, blank=True)
    roster_error = models.CharField(max_length=40, blank=True, default="")
    roster_counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"course {self.pk} of class {self.classroom_id}"


class LtiPlacement(models.Model):
    """A link in a platform's course that leads to an assignment, and where its marks go.

    ``line_item_url`` is the column of the platform's gradebook, empty: it takes no marks
    yet. ``scopes`` lists what the platform lets the site do there.

    Personal data: none.
    """

    resource_link = models.OneToOneField(
        "lti_tool.LtiResourceLink", on_delete=models.CASCADE, related_name="placement"
    )
    assignment = models.ForeignKey(
        "coursework.Assignment", on_delete=models.CASCADE, related_name="lti_placements"
    )
    line_item_url = models.URLField(max_length=1000, blank=True, default="")
    line_items_url = models.URLField(max_length=1000, blank=True, default="")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"placement {self.pk} of assignment {self.assignment_id}"


class LtiLogin(models.Model):
    """One arrival of somebody, from the platform's first request until they are in.

    ``state`` ties the platform's answer to the browser that asked, ``nonce`` makes it count
    once. ``request`` is what the platform asked with, to ask again in a window of its own.
    After the launch ``claims`` holds what the rest of the way needs, and ``ticket`` lets the
    same browser go on, once. Rows are deleted after a day.

    Personal data: who arrived from where, and what the platform told of them.
    """

    class Stage(models.TextChoices):
        """How far the arrival has come."""

        ASKED = "ASKED", _("Asked")
        LAUNCHED = "LAUNCHED", _("Launched")
        DONE = "DONE", _("Done")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        "lti_tool.LtiRegistration", on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(max_length=64, unique=True)
    nonce = models.CharField(max_length=64, unique=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.ASKED)
    in_frame = models.BooleanField(default=False)
    request = models.JSONField(default=dict)
    claims = models.JSONField(default=dict)
    ticket = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(db_index=True)
    launched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"arrival {self.uuid}"
