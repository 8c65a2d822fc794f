"""Who may let other systems in: one function a question, asked by every view."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from learners.models import User
from schools.models import School
from schools.permissions import manageable_schools

from .models import ApiToken, LtiCourse, LtiPlatform, WebhookDelivery, WebhookEndpoint

AnyUser = User | AnonymousUser


def connectable_schools(user: AnyUser) -> QuerySet[School]:
    """Return the schools that they may connect with other systems: those they manage."""
    return manageable_schools(user).order_by("name", "pk")


def manageable_tokens(user: AnyUser) -> QuerySet[ApiToken]:
    """Return the tokens they may see and revoke."""
    return ApiToken.objects.filter(school__in=manageable_schools(user).values("pk"))


def manageable_endpoints(user: AnyUser) -> QuerySet[WebhookEndpoint]:
    """Return the webhooks they may see, switch and delete."""
    return WebhookEndpoint.objects.filter(
        school__in=manageable_schools(user).values("pk")
    )


def manageable_deliveries(user: AnyUser) -> QuerySet[WebhookDelivery]:
    """Return the messages they may see and send again."""
    return WebhookDelivery.objects.filter(
        endpoint__in=manageable_endpoints(user).values("pk")
    )


def manageable_platforms(user: AnyUser) -> QuerySet[LtiPlatform]:
    """Return the learning platforms they may see and change."""
    return LtiPlatform.objects.filter(school__in=manageable_schools(user).values("pk"))


def manageable_courses(user: AnyUser) -> QuerySet[LtiCourse]:
    """Return the courses of these platforms whose rosters they may read."""
    return LtiCourse.objects.filter(
        context__deployment__registration__platform__in=manageable_platforms(
            user
        ).values("pk")
    )
