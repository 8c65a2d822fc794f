"""What connects a school of the world with other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lti_tool.models import LtiContext, LtiDeployment, LtiRegistration

from connect.models import (
    LtiCourse,
    LtiPlatform,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from schools.models import Classroom

from .connect import api_client


def connections(classroom: Classroom, now: datetime) -> dict[str, Any]:
    """Return a token, a webhook with a message, and a platform with a course."""
    school = classroom.school
    endpoint = WebhookEndpoint.objects.create(
        school=school,
        url="https://timetable.example.org/",
        secret="whsec_x",
        created_at=now,
    )
    registration = LtiRegistration.objects.create(
        name="Platform",
        issuer="https://platform.example.org",
        client_id="walk",
        auth_url="https://platform.example.org/auth",
        token_url="https://platform.example.org/token",
        keyset_url="https://platform.example.org/keys",
    )
    platform = LtiPlatform.objects.create(
        registration=registration, school=school, created_at=now
    )
    deployment = LtiDeployment.objects.create(
        registration=registration, deployment_id="1"
    )
    context = LtiContext.objects.create(deployment=deployment, id_on_platform="1")
    course = LtiCourse.objects.create(
        context=context, classroom=classroom, connected_at=now
    )
    return {
        "api_token": api_client(school).token,
        "webhook": endpoint,
        "delivery": WebhookDelivery.objects.create(
            endpoint=endpoint,
            event=WebhookEvent.PING,
            next_try_at=now,
            created_at=now,
        ),
        "platform": platform,
        "lti_course": course.pk,
    }
