"""The gradebook of a class: page, one cell with its history, files."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.models import User
from schools.audit import record
from schools.models import Classroom, Enrolment
from sessions.learners_talks import name_of

from ..gradebook.arithmetic import shown
from ..gradebook.book import Book, read_book
from ..gradebook.export import as_csv, as_xlsx
from ..gradebook.history import cell_history
from ..gradebook.one_cell import CellRecord, read_cell
from ..gradebook.words import cell_text, cell_title
from ..models import Assignment
from ..problem import WorkProblem
from ..review_forms import OverrideForm
from ..review_words import number
from ..services.mark_overrides import (
    ChangedMeanwhile,
    choose_counted_attempt,
    override_mark,
)
from .review_queue import taught_class

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
@require_safe
@never_cache
def gradebook(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show learners and assignments with their marks."""
    _user, classroom = taught_class(request, uuid)
    book = read_book(classroom=classroom, now=timezone.now())
    return render(
        request,
        "coursework/gradebook.html",
        {
            "classroom": classroom,
            "tab": "gradebook",
            "book": book,
            "heads": [
                {"assignment": one, "mean": shown(mean)}
                for one, mean in zip(book.assignments, book.means, strict=True)
            ],
            "rows": _rows(book),
            "mean_total": shown(book.mean_total),
            "rules": Classroom.CountedAttempt.choices,
        },
    )


@login_required
@require_POST
def gradebook_rules(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose which attempt counts."""
    user, classroom = taught_class(request, uuid)
    try:
        choose_counted_attempt(
            classroom=classroom,
            counted=request.POST.get("counted", ""),
            teacher=user,
            now=timezone.now(),
        )
    except ValueError:
        raise Http404 from None
    messages.success(request, _("Saved. All totals follow it."))
    return redirect("coursework:gradebook", uuid=classroom.uuid)


@login_required
@require_safe
@never_cache
def gradebook_file(request: HttpRequest, uuid: UUID, form: str) -> HttpResponse:
    """Send the gradebook as a file; taking names and marks along is written down."""
    if form not in FILES:
        raise Http404
    user, classroom = taught_class(request, uuid)
    book = read_book(classroom=classroom, now=timezone.now())
    record(
        action="gradebook.exported",
        now=timezone.now(),
        actor=user.uuid,
        school=classroom.school.uuid,
        target="class",
        target_uuid=classroom.uuid,
        detail={"form": form, "learners": len(book.rows)},
    )
    content = as_csv(book).encode() if form == "csv" else as_xlsx(book)
    name = re.sub(r"[^A-Za-z0-9]+", "-", classroom.name).strip("-") or "class"
    response = HttpResponse(content, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}-marks.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def gradebook_cell(
    request: HttpRequest, uuid: UUID, assignment: UUID, learner: UUID
) -> HttpResponse:
    """Show how a mark came about, and set it by hand with a reason."""
    user, classroom = taught_class(request, uuid)
    work, person = _cell_of(classroom, assignment, learner)
    if person.pk == user.pk:
        raise Http404

    def read() -> CellRecord:
        return read_cell(
            assignment=work,
            classroom=classroom,
            learner_id=person.pk,
            now=timezone.now(),
        )

    found = read()
    form = OverrideForm(
        request.POST or None, most=work.points, initial={"after": found.after}
    )
    status, problem, conflict = 200, "", False
    if request.method == "POST" and form.is_valid():
        try:
            override_mark(
                assignment_id=work.pk,
                learner=person,
                points=form.cleaned_data["points"],
                reason=form.cleaned_data["reason"],
                after=form.cleaned_data["after"],
                teacher=user,
                now=timezone.now(),
            )
        except ChangedMeanwhile as changed:
            status, problem, conflict = 409, str(changed), True
            found = read()
            data = request.POST.copy()
            data["after"] = str(changed.current.pk if changed.current else 0)
            form = OverrideForm(data, most=work.points)
        except WorkProblem as refused:
            status, problem = 422, str(refused)
        else:
            messages.success(request, _("Saved. The history keeps what was before."))
            return redirect("coursework:gradebook", uuid=classroom.uuid)
    elif form.errors:
        status = 422
    context: dict[str, Any] = {
        "classroom": classroom,
        "tab": "gradebook",
        "assignment": work,
        "learner": name_of(person),
        "form": form,
        "problem": problem,
        "conflict": conflict,
        "text": cell_text(found.cell),
        "title": cell_title(found.cell),
        "percent": shown(found.cell.percent),
        "submissions": [
            {"submission": one, "points": number(one.points)}
            for one in found.submissions
        ],
        "history": cell_history(found),
    }
    return render(request, "coursework/gradebook_cell.html", context, status=status)


def _cell_of(
    classroom: Classroom, assignment: UUID, learner: UUID
) -> tuple[Assignment, User]:
    work = Assignment.objects.filter(classroom=classroom, uuid=assignment).first()
    enrolment = (
        Enrolment.objects.filter(classroom=classroom, learner__uuid=learner)
        .select_related("learner__profile")
        .first()
    )
    if work is None or enrolment is None:
        raise Http404
    return work, enrolment.learner


def _rows(book: Book) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "total": shown(row.total),
            "cells": [
                {
                    "text": cell_text(cell),
                    "title": cell_title(cell),
                    "state": cell.state.value,
                    "is_late": bool(cell.late_days),
                    "assignment": one,
                }
                for cell, one in zip(row.cells, book.assignments, strict=True)
            ],
        }
        for row in book.rows
    ]
