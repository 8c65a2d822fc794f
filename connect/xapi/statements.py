"""Events worded as xAPI statements, with verbs and kinds of activities of ADL's vocabulary.

People are accounts of this site (``homePage`` and uuid), never addresses or names; what
somebody said is nowhere in them. The id of a statement is made of what it tells, so that
the same event exported twice is one for a learning record store.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from .events import Event, EventKind

VERSION: Final = "1.0.3"
_NAMESPACE: Final = UUID("6d0c3a43-8f5e-5d0e-9d5e-0c8a3a1c7f10")
_VERB: Final = "http://adlnet.gov/expapi/verbs/"
_ACTIVITY: Final = "http://adlnet.gov/expapi/activities/"
_VERBS: Final = {
    EventKind.TALKED: "completed",
    EventKind.ANSWERED: "answered",
    EventKind.BEGAN: "attempted",
    EventKind.HANDED_IN: "completed",
    EventKind.SCORED: "scored",
}
# Whether an answer was right; what is open has no right answer, an empty one is none.
_SUCCESS: Final = {"right": True, "nearly": True, "wrong": False, "empty": False}


def statement_of(event: Event, *, home: str, platform: str) -> dict[str, Any]:
    """Return an event as a statement; ``home`` is the site's address, ``platform`` its name."""
    verb = _VERBS[event.kind]
    statement: dict[str, Any] = {
        "id": str(uuid5(_NAMESPACE, f"{home} {event.kind.value} {event.uuid}")),
        "version": VERSION,
        "timestamp": _moment(event.at),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": home, "name": str(event.learner)},
        },
        "verb": {"id": _VERB + verb, "display": {"en-US": verb}},
    }
    worded = {
        EventKind.TALKED: _talk,
        EventKind.ANSWERED: _answer,
        EventKind.BEGAN: _work,
        EventKind.HANDED_IN: _work,
        EventKind.SCORED: _work,
    }[event.kind](event, home)
    worded["context"]["platform"] = platform
    return statement | worded


def _talk(event: Event, home: str) -> dict[str, Any]:
    talk = event.row
    seconds = max(0, round((talk.ended_at - talk.started_at).total_seconds()))
    if talk.lesson is None:
        activity = _activity(home, "talk", "free", "lesson", "Free talk")
        grouping = []
    else:
        activity = _lesson(home, talk.lesson)
        grouping = [_course(home, talk.lesson.course)]
    return {
        "object": activity,
        "result": {"completion": True, "duration": f"PT{seconds}S"},
        "context": _context(talk.l2, grouping=grouping),
    }


def _answer(event: Event, home: str) -> dict[str, Any]:
    answer = event.row
    lesson = answer.exercise.lesson
    result: dict[str, Any] = {"completion": True}
    if answer.outcome in _SUCCESS:
        result["success"] = _SUCCESS[answer.outcome]
    if answer.score is not None:
        result["score"] = {"scaled": round(answer.score, 4)}
    return {
        "object": _activity(home, "exercise", answer.exercise.uuid, "question"),
        "result": result,
        "context": _context(
            lesson.course.l2,
            parent=[_lesson(home, lesson)],
            grouping=[_course(home, lesson.course)],
        ),
    }


def _work(event: Event, home: str) -> dict[str, Any]:
    row = event.row
    assignment = row.assignment
    statement: dict[str, Any] = {
        "object": _activity(
            home, "assignment", assignment.uuid, "assessment", assignment.title
        ),
        "context": _context(
            assignment.classroom.l2,
            parent=[_lesson(home, assignment.lesson)] if assignment.lesson else [],
            grouping=[
                _activity(
                    home, "class", assignment.classroom.uuid, "course",
                    assignment.classroom.name,
                )
            ],
        ),
    }  # fmt: skip
    # Attempts of one learner at one piece of work belong together.
    statement["context"]["registration"] = str(
        uuid5(_NAMESPACE, f"{home} {assignment.uuid} {event.learner}")
    )
    if event.kind == EventKind.HANDED_IN:
        statement["result"] = {"completion": True, "duration": f"PT{row.spoken_s}S"}
    elif event.kind == EventKind.SCORED and row.points is not None:
        possible = float(assignment.points)
        statement["result"] = {
            "score": {
                "raw": row.points,
                "min": 0,
                "max": max(possible, row.points),
                "scaled": round(min(1.0, row.points / possible), 4),
            }
        }
    return statement


def _lesson(home: str, lesson: Any) -> dict[str, Any]:
    return _activity(home, "lesson", lesson.uuid, "lesson", lesson.title)


def _course(home: str, course: Any) -> dict[str, Any]:
    return _activity(home, "course", course.uuid, "course", course.title)


def _activity(
    home: str, noun: str, name: object, kind: str, title: str = ""
) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": _ACTIVITY + kind}
    if title:
        # Titles are written by people, in whatever language.
        definition["name"] = {"und": title}
    return {
        "objectType": "Activity",
        "id": f"{home}/xapi/{noun}/{name}",
        "definition": definition,
    }


def _context(
    language: str,
    *,
    parent: list[dict[str, Any]] | None = None,
    grouping: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    around = {
        name: activities
        for name, activities in (("parent", parent), ("grouping", grouping))
        if activities
    }
    context: dict[str, Any] = {"language": language}
    return context | ({"contextActivities": around} if around else {})


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
