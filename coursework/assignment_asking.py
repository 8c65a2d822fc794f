"""What an address asks for when work is set: another page of the class filled it in."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learners.models import User

from .models import Assignment

KIND_HELP: Final[dict[str, str | Promise]] = {
    Assignment.Kind.LESSON: _("Words and exercises first, then the talk."),
    Assignment.Kind.LESSON_TALK: _("A situation of a course, played with the tutor."),
    Assignment.Kind.EXERCISES: _("Some of a lesson’s exercises, or all."),
    Assignment.Kind.ROLE_PLAY: _("You write the situation; the tutor plays the part."),
    Assignment.Kind.TALK: _("You name the topic; the tutor listens and asks."),
    Assignment.Kind.DRILL: _("Hear two sounds apart, then say them."),
}
MOST_LEARNERS = 200


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """Return what the form shall show already.

    ``title``, ``contrast`` and ``scenario``; ``goals`` and ``learners`` (uuids), each as
    often as there are any.
    """
    found: dict[str, Any] = {
        name: request.GET[name][:200]
        for name in ("title", "contrast", "scenario")
        if request.GET.get(name)
    }
    if goals := [goal for goal in request.GET.getlist("goals") if goal]:
        found["goals"] = "\n".join(goals)
    wanted = [one for one in request.GET.getlist("learners") if _is_uuid(one)]
    if wanted:
        people = User.objects.filter(uuid__in=wanted[:MOST_LEARNERS])
        found["learners"] = list(people.values_list("pk", flat=True))
        found["audience"] = "learners"
    return found


def kept_query(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the address says beside kind and lesson, for the next step's address."""
    names = ("title", "contrast", "scenario", "goals", "learners")
    return [(name, one) for name in names for one in request.GET.getlist(name) if one]


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
