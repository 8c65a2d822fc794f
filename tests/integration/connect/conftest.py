"""A learning platform that is registered for a school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lti_tool.models import LtiContext, LtiDeployment
from pytest_django import Settings

from connect.models import LtiCourse, LtiPlatform
from connect.post import post_queue
from connect.services.platforms import PlatformFields, register_platform
from coursework.models import Assignment
from learners.models import User
from schools.models import Classroom
from tests.factories.schools import ClassroomFactory, teacher_of
from tests.fakes.lti_platform import DEPLOYMENT, Platform, lti_platform


@pytest.fixture(autouse=True)
def nothing_is_sent_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what waits to the test: a thread of its own would see another database."""
    monkeypatch.setattr(post_queue, "put", lambda why: None)


@pytest.fixture
def lms(settings: Settings) -> Iterator[Platform]:
    """Serve a platform on this machine."""
    settings.CONNECT = {**settings.CONNECT, "PRIVATE_ADDRESSES": True}
    cache.clear()
    with lti_platform() as platform:
        yield platform


@dataclass
class Campus:
    """A registered platform, with a class and its work."""

    lms: Platform
    platform: LtiPlatform
    classroom: Classroom
    manager: User
    assignment: Assignment

    def connect(self) -> LtiCourse:
        """Have the platform's course be the class."""
        context = LtiContext.objects.create(
            deployment=LtiDeployment.objects.get(deployment_id=DEPLOYMENT),
            id_on_platform="course-1",
            title="English 1",
            memberships_url=f"{self.lms.url}/members",
        )
        return LtiCourse.objects.create(
            context=context,
            classroom=self.classroom,
            connected_by=self.manager,
            connected_at=timezone.now(),
        )


@pytest.fixture
def campus(lms: Platform, client: Client) -> Campus:
    """Return a platform that is registered for a school with a class and set work."""
    classroom = ClassroomFactory.create()
    manager = teacher_of(classroom, role="MANAGER")
    now = timezone.now()
    platform = register_platform(
        school=classroom.school,
        fields=PlatformFields(**lms.fields()),
        by=manager,
        now=now,
    )
    lms.trust(client)
    assignment = Assignment.objects.create(
        classroom=classroom,
        title="Talk about your street",
        kind="TALK",
        scenario="Your street.",
        opens_at=now - timedelta(days=1),
        published_at=now - timedelta(days=1),
        points=20,
        created_at=now,
        edited_at=now,
    )
    return Campus(lms, platform, classroom, manager, assignment)
