"""The pages of teachers and administrators: found in the URLconf, opened and timed.

A page that somebody adds is measured without being named here: each address of the apps for
schools is tried with what the made-up school has (a class, work, a submission, a learner)
until it can be opened. What needs no such thing is tried as it is. What nobody could open is
told as well, with the reason.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from operations.figures.pages import PageName

from .dashboards_things import Person, keys, people, things

# Apps whose addresses are all tried, and others' pages that staff opens.
NAMESPACES = ("coursework:", "operations:", "connect:", "schools:", "lessons:")
PREFIXES = (
    "learners:class", "learners:school", "learners:learner", "learners:exercise",
    "learners:import", "privacy:person", "sessions:portrait",
)  # fmt: skip
OTHERS = ("sessions:learners-talks", "sessions:session-report")
# By app and part of the address: each value is a page of its own.
EACH: Mapping[tuple[str, str], Sequence[str]] = {
    ("coursework", "kind"): ("sounds", "mistakes", "can-dos", "needs"),
    ("coursework", "form"): ("csv", "xlsx"),
    ("learners", "kind"): ("csv", "xlsx"),
    ("operations", "name"): [str(one) for one in PageName],
}
# What a page must be asked.
ASKED = {"coursework:assignment-lesson": "?kind=LESSON"}
MAPS = ("sounds", "mistakes", "can-dos")
MOST_TRIES = 60
# What nobody opens as a page, by name, or by what the name begins with.
NO_PAGES = {
    "connect:lti-": "asked by a learning platform",
    "connect:api:unknown": "answers what is no address",
    "coursework:work-": "a learner's",
    "coursework:returned": "a learner's",
    "coursework:insight-column/needs": "who needs the teacher is a list, no map",
    "coursework:insight-cell/needs": "who needs the teacher is a list, no map",
    "coursework:comment-sound": "sound, of which made-up people have none",
    "coursework:submission-sound": "sound, of which made-up people have none",
    "learners:class-leave": "a learner's",
    "learners:exercise-edit": "made of a mistake in a talk, which made-up people have not",
    "privacy:person-export-state": "of an archive that was ordered before",
    "sessions:portrait-delete": "a portrait that somebody brought",
    "learners:exercise-try": "tried by sending an answer",
    "operations:see-as-over": "shown after seeing the site as somebody",
    "privacy:person-export-file": "an archive that was ordered before",
    "sessions:portrait-picture": "a picture that somebody brought",
}


@dataclass(frozen=True, slots=True)
class Page:
    """An address and who opens it."""

    address: str
    who: str
    client: Client
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Pages by name; ``no_pages`` says of other addresses why, ``closed`` are the rest."""

    pages: dict[str, Page]
    no_pages: dict[str, str]
    closed: dict[str, list[int]]


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


def find_pages() -> Found:
    """Return each page for everybody who may open it, and what could not be opened."""
    staff, known = people(), things()
    names: dict[str, Sequence[Any]] = {
        "key": keys(),
        "language": ["en"],
        "kind": ["free_talk"],
        "course_id": [1],
    }
    found = Found({}, {}, {})
    for name, pattern in sorted(_named(get_resolver()), key=lambda one: one[0]):
        if not _is_wanted(name):
            continue
        answers: dict[str, set[int]] = defaultdict(set)
        for label, who, pages in _asked(name, pattern, staff, known, names):
            opened = _first(pages, answers[label])
            if opened:
                found.pages[f"{label} ({who})"] = opened
        for label, statuses in answers.items():
            if 200 in statuses:
                continue
            if reason := _no_page(label, statuses):
                found.no_pages[label] = reason
            else:
                found.closed[label] = sorted(statuses)
    insights = reverse("coursework:class-insights", args=(known["classroom"],))
    who, client, headers = staff[0]
    for kind in MAPS:
        page = Page(f"{insights}?map={kind}", who, client, headers)
        found.pages[f"coursework:class-insights?map={kind} ({who})"] = page
    return found


def _asked(
    name: str,
    pattern: URLPattern,
    staff: Sequence[Person],
    known: Mapping[str, Any],
    names: Mapping[str, Sequence[Any]],
) -> Iterator[tuple[str, str, Iterator[Page]]]:
    """Yield what a page is called, who opens it, and the addresses it may have."""
    parts = list(pattern.pattern.regex.groupindex)
    each = [EACH.get((name.split(":")[0], part), (None,)) for part in parts]
    for chosen in product(*each):
        label = "/".join([name, *(one for one in chosen if one)])
        choices = [
            (one,) if one else _choices(part, known, names)
            for one, part in zip(chosen, parts, strict=True)
        ]
        for who, client, headers in staff:
            if ("api" in name.split(":")) == (who == "token"):
                pages = (
                    Page(address, who, client, headers)
                    for address in _addresses(name, parts, choices)
                )
                yield label, who, pages


def _addresses(
    name: str, parts: Sequence[str], choices: Sequence[Sequence[Any]]
) -> Iterator[str]:
    for n, tried in enumerate(product(*choices)):
        if n == MOST_TRIES:
            return
        try:
            address = reverse(name, kwargs=dict(zip(parts, tried, strict=True)))
        except NoReverseMatch:
            continue
        yield address + ASKED.get(name, "")


def _first(pages: Iterator[Page], statuses: set[int]) -> Page | None:
    """Return the first page that opens; adds to ``statuses`` what was answered."""
    for page in pages:
        status = visit(page).status
        statuses.add(status)
        if status == 200:
            return page
        if status == 405:
            return None
    return None


def _no_page(label: str, statuses: set[int]) -> str:
    if 405 in statuses:
        return "takes what is sent, shows nothing"
    return next(
        (why for begins, why in NO_PAGES.items() if label.startswith(begins)), ""
    )


def _choices(
    part: str, known: Mapping[str, Any], names: Mapping[str, Sequence[Any]]
) -> Sequence[Any]:
    if part in names:
        return names[part]
    return [known[part]] if part in known else [*known.values()]


def _is_wanted(name: str) -> bool:
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
