"""The pages of teachers and administrators: found in the URLconf, opened and timed.

A page that somebody adds is measured without being named here: each address of the apps for
schools is tried with what the made-up school has (a class, work, a submission, a learner)
until it can be opened. What needs no such thing is tried as it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from connect.models import Scope
from connect.services.tokens import make_token
from coursework.models import Assignment, Submission
from learners.models import User
from schools.models import Classroom, Enrolment, Membership, School
from sessions.models import TutoringSession

# Apps whose addresses are all tried, and others' pages that staff opens.
NAMESPACES = ("coursework:", "operations:", "connect:", "schools:")
PREFIXES = (
    "learners:class",
    "learners:school",
    "learners:learner",
    "learners:exercise",
)
OTHERS = (
    "sessions:learners-talks", "sessions:session-report", "lessons:course-list",
    "lessons:edit-list", "sessions:portrait-list",
)  # fmt: skip
# Answers that are no pages: they wait for another program, or leave the site.
LEFT_OUT = ("lti", "openapi", "unknown", "-audio", "-sound", "-voice")
TEXTS = {
    "kind": ("sounds", "mistakes", "can-dos", "needs"),
    "key": ("θ", "article"),
    "map": ("sounds",),
    "format": ("csv", "xlsx"),
    "name": ("learners", "minutes", "latency"),
    "chart": ("learners", "minutes", "latency"),
}
MOST_TRIES = 40


@dataclass(frozen=True, slots=True)
class Page:
    """An address and who opens it."""

    address: str
    who: str
    client: Client
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer: its status, time in the server, queries and size.

    ``cpu_ms`` is the processor's time of that, without the database: the same on a machine
    that has other things to do.
    """

    status: int
    ms: float
    cpu_ms: float
    queries: int
    n_bytes: int


@dataclass(slots=True)
class _Counter:
    n: int = 0

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, ctx: Any
    ) -> Any:
        self.n += 1
        return execute(sql, params, many, ctx)


def visit(page: Page) -> Visit:
    """Open a page once."""
    counter = _Counter()
    began, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counter):
        response = page.client.get(page.address, headers=dict(page.headers))
        streamed = getattr(response, "streaming_content", None)
        content = b"".join(streamed) if streamed is not None else response.content
    cpu_ms = 1000 * (time.process_time() - cpu)
    ms = 1000 * (time.perf_counter() - began)
    return Visit(response.status_code, ms, cpu_ms, counter.n, len(content))


def pages_to_open() -> dict[str, Page]:
    """Return each page under a name, for everybody who may open it."""
    people = _people()
    known = _known()
    found: dict[str, Page] = {}
    for name, pattern in sorted(_named(get_resolver())):
        if not _is_wanted(name):
            continue
        for who, client, headers in people:
            if ("api" in name.split(":")) != (who == "token"):
                continue
            address = _opened(name, pattern, known, Page("", who, client, headers))
            if address:
                found[f"{name} ({who})"] = Page(address, who, client, headers)
    for kind in ("sounds", "mistakes", "can-dos"):
        name = "coursework:class-insights"
        for who, client, headers in people[:1]:
            address = f"{reverse(name, args=(known['classroom'],))}?map={kind}"
            found[f"{name}?map={kind} ({who})"] = Page(address, who, client, headers)
    return found


def _opened(
    name: str, pattern: URLPattern, known: Mapping[str, Any], page: Page
) -> str:
    """Return an address of this name that can be opened, "" without one."""
    names = list(pattern.pattern.converters)
    choices = [_choices(one, known) for one in names]
    for tried in list(product(*choices))[:MOST_TRIES]:
        try:
            address = reverse(name, kwargs=dict(zip(names, tried, strict=True)))
        except NoReverseMatch:
            continue
        if visit(Page(address, page.who, page.client, page.headers)).status == 200:
            return address
    return ""


def _choices(name: str, known: Mapping[str, Any]) -> Sequence[Any]:
    if name in TEXTS:
        return TEXTS[name]
    exact = [known[name]] if name in known else []
    return exact or [*known.values()]


def _is_wanted(name: str) -> bool:
    if any(part in name for part in LEFT_OUT):
        return False
    return name in OTHERS or name.startswith((*NAMESPACES, *PREFIXES))


def _named(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _named(item, inner)
        elif item.name:
            yield f"{namespace}{item.name}", item


def _known() -> dict[str, Any]:
    """Return what addresses may name: the class where most was done, and things in it."""
    school = School.objects.get(key__startswith="made-up")
    classroom = Classroom.objects.filter(school=school).order_by("pk")[0]
    learner = Enrolment.objects.filter(classroom=classroom).order_by("pk")[0].learner
    assignment = Assignment.objects.filter(classroom=classroom).order_by("due_at")[0]
    waiting = Submission.objects.filter(assignment__classroom=classroom)
    submission = waiting.order_by("state", "pk").last()
    talk = TutoringSession.objects.filter(learner=learner).order_by("-started_at")[0]
    return {
        "classroom": classroom.uuid,
        "assignment": assignment.uuid,
        "submission": submission.uuid if submission else learner.uuid,
        "learner": learner.uuid,
        "session": talk.uuid,
        "school": school.uuid,
    }


def _people() -> list[tuple[str, Client, dict[str, str]]]:
    school = School.objects.get(key__startswith="made-up")
    classroom = Classroom.objects.filter(school=school).order_by("pk")[0]
    teacher = classroom.teachers.filter(is_lead=True)[0].teacher
    manager = school.memberships.get(role=Membership.Role.MANAGER).user
    admin, _ = User.objects.get_or_create(
        email="admin@bench.invalid", defaults={"role": User.Role.ADMIN}
    )
    found: list[tuple[str, Client, dict[str, str]]] = []
    for who, user in (("teacher", teacher), ("manager", manager), ("admin", admin)):
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        client.force_login(user)
        found.append((who, client, {}))
    found.append(("token", Client(SERVER_NAME="localhost"), _token(school, manager)))
    return found


def _token(school: School, manager: User) -> dict[str, str]:
    _kept, secret = make_token(
        school=school,
        name="bench",
        scopes=Scope.values,
        expires_at=None,
        by=manager,
        now=datetime.now(UTC),
    )
    return {"Authorization": f"Bearer {secret}"}
