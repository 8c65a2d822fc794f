"""The API keeps to its own description, whatever it is sent (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from connect.api.site import described
from coursework.models import Assignment, Submission
from tests.factories.connect import api_client
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    ignored_auth,
]
SCHEMA = schemathesis.openapi.from_dict(described())
# Checks that send something themselves, without a token for one, send it in this process.
SCHEMA.app = get_wsgi_application()
EXAMPLES = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's connection: a server closes the one of a request at its ends."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(settings: Any) -> dict[str, Any]:
    """Return a school with something in it, and a token for all of it."""
    settings.CONNECT = {**settings.CONNECT, "API_RATE": 1_000_000}
    settings.ALLOWED_HOSTS = ["*"]
    classroom = ClassroomFactory.create()
    learner = learner_of(classroom)
    now = timezone.now()
    assignment = Assignment.objects.create(
        classroom=classroom,
        title="Talk",
        kind="TALK",
        opens_at=now,
        created_at=now,
        edited_at=now,
    )
    submission = Submission.objects.create(
        assignment=assignment,
        learner=learner,
        state="SUBMITTED",
        started_at=now,
        submitted_at=now,
        points=50.0,
    )
    system = api_client(classroom.school)
    system.token.created_by = teacher_of(classroom, role="MANAGER")
    system.token.save()
    return {
        "secret": system.secret,
        "classes": classroom.uuid,
        "assignments": assignment.uuid,
        "results": submission.uuid,
        "enrolments": classroom.enrolments.get().uuid,
    }


@SCHEMA.parametrize()
@EXAMPLES
def test_answers_are_what_the_description_says(
    case: Any, known: dict[str, Any]
) -> None:
    if "uuid" in (case.path_parameters or {}):
        noun = case.operation.path.removeprefix("/api/v1/").partition("/")[0]
        case.path_parameters["uuid"] = str(known[noun])
    headers = {
        "Authorization": f"Bearer {known['secret']}",
        "Accept-Encoding": "identity",
    }
    response = case.call(base_url="http://testserver", app=SCHEMA.app, headers=headers)
    case.validate_response(response, checks=CHECKS, headers=headers)
