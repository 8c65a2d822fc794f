"""A class's insights: who needs the teacher, maps of the class, what is behind a cell."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learners.models import User
from learners.permissions import can_read_report
from learners.services.talk_access import record_talks_read
from schools.audit import record
from schools.models import Classroom

from ..insights import can_dos, mistakes, sounds
from ..insights.cell import (
    cell_examples,
    column_rows,
    learner_of,
    settings_for,
    standings,
)
from ..insights.examples import Example
from ..insights.heat import Cell, Learner, Shade
from ..insights.page import (
    KINDS,
    ClassMap,
    UnknownMap,
    class_map,
    heat_of,
    overview,
)
from ..insights.table_csv import heat_csv, needs_csv
from .class_pages import taught_class

NEEDS = "needs"


@login_required
@require_safe
def class_insights(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who needs the teacher; ``?map=`` a map of the class instead."""
    user, classroom = taught_class(request, uuid)
    now = timezone.now()
    kind = request.GET.get("map", "")
    if kind and kind not in KINDS:
        raise Http404
    context = {"classroom": classroom, "tab": "insights", "map": kind, "now": now}
    if kind:
        context["heat"] = heat_of(class_map(classroom, kind, now=now), kind)
        context |= {"shades": list(Shade), **_names(kind)}
    else:
        context["overview"] = overview(classroom, now=now)
    _note(request, user, classroom, "insights.opened", kind or NEEDS)
    return render(request, "coursework/class_insights.html", context)


@login_required
@require_safe
def insight_csv(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Return a map, or who needs the teacher, as a file for a table program."""
    user, classroom = taught_class(request, uuid)
    now = timezone.now()
    if kind == NEEDS:
        found = overview(classroom, now=now)
        text = needs_csv((*found.first, *found.rest))
    elif kind in KINDS:
        every = class_map(classroom, kind, now=now, every=True)
        text = heat_csv(heat_of(every, kind, every=True))
    else:
        raise Http404
    _note(request, user, classroom, "insights.exported", kind)
    name = f"{slugify(classroom.name) or 'class'}-{kind}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_safe
def insight_column(
    request: HttpRequest, uuid: UUID, kind: str, key: str
) -> HttpResponse:
    """Show the learners of one column, the weakest first, and set work for them."""
    user, classroom = taught_class(request, uuid)
    found = _map_or_404(classroom, kind, key)
    column = found.column(key)
    _note(request, user, classroom, "insights.opened", kind)
    context = {
        "classroom": classroom,
        "tab": "insights",
        "kind": kind,
        "column": column,
        "rows": column_rows(found, key),
        "settings": settings_for(classroom, kind, found, column, now=timezone.now()),
        **_names(kind),
    }
    return render(request, "coursework/insight_column.html", context)


@login_required
@require_safe
def insight_cell(
    request: HttpRequest, uuid: UUID, kind: str, key: str, learner: UUID
) -> HttpResponse:
    """Show a learner's own sentences behind a cell; opening it is written down."""
    user, classroom = taught_class(request, uuid)
    found = _map_or_404(classroom, kind, key)
    column = found.column(key)
    person = learner_of(found, learner)
    if person is None or not can_read_report(user, person.id):
        raise Http404
    examples = cell_examples(classroom, kind, column, person)
    _note_examples(request, user, classroom, person, kind, examples)
    context = {
        "classroom": classroom,
        "tab": "insights",
        "kind": kind,
        "column": column,
        "learner": person,
        "cell": found.cells.get((person.id, key), Cell()),
        "examples": examples,
        "standings": standings(found, column, person) if kind == can_dos.KIND else [],
        "settings": settings_for(
            classroom, kind, found, column, person, now=timezone.now()
        ),
        **_names(kind),
    }
    return render(request, "coursework/insight_cell.html", context)


def _map_or_404(classroom: Classroom, kind: str, key: str) -> ClassMap:
    try:
        found = class_map(classroom, kind, now=timezone.now(), key=key)
        found.column(key)
    except UnknownMap:
        raise Http404 from None
    return found


def _names(kind: str) -> dict[str, str]:
    """Return what a map is called, and what its numbers are."""
    if kind == sounds.KIND:
        return {
            "map_title": _("Sounds"),
            "map_lead": _(
                "How many of a hundred tries come out right. A dot: heard too rarely to say."
            ),
        }
    if kind == mistakes.KIND:
        return {
            "map_title": _("Mistakes"),
            "map_lead": _(
                "Mistakes in a hundred words, in talks of the last twelve weeks. A dot: too few words to say."
            ),
        }
    return {
        "map_title": _("Can-dos"),
        "map_lead": _("How many lessons of each can-do are finished."),
    }


@transaction.atomic
def _note_examples(
    request: HttpRequest,
    user: User,
    classroom: Classroom,
    learner: Learner,
    kind: str,
    examples: list[Example],
) -> None:
    if request.method != "GET":
        return
    now = timezone.now()
    _note(request, user, classroom, "insight.opened", kind, subject=learner.uuid)
    record_talks_read(
        reader_id=user.pk,
        learner_id=learner.id,
        sessions={one.session: one.started_at for one in examples},
        page="REPORT",
        now=now,
    )


def _note(
    request: HttpRequest,
    user: User,
    classroom: Classroom,
    action: str,
    kind: str,
    *,
    subject: UUID | None = None,
) -> None:
    if request.method != "GET":
        return
    record(
        action=action,
        now=timezone.now(),
        actor=user.uuid,
        school=classroom.school.uuid,
        subject=subject,
        target="class",
        target_uuid=classroom.uuid,
        detail={"map": kind},
    )
