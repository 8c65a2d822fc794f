"""Lists of learners: brought, looked at, taken in; and lists to take along."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from kombu.exceptions import OperationalError

from schools.audit import record
from schools.models import Classroom, RosterImport, School
from schools.permissions import manageable_schools, teachable_classrooms
from schools.problem import SchoolProblem

from ..class_forms import ConfirmImportForm, ImportForm
from ..models import User
from ..permissions import signed_in_user
from ..rosters.export import faulty_csv, roster_csv, template_csv, template_xlsx
from ..rosters.import_page import back_address, preview_context, progress_context
from ..rosters.imports import (
    State,
    confirm_import,
    give_up_import,
    preview,
    read_import,
)
from ..rosters.queue import roster_queue
from ..rosters.taking_in import resume_roster
from .class_access import managed_school, taught_class

logger = logging.getLogger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a file with learners for one class."""
    user, classroom = taught_class(request, uuid)
    if classroom.archived_at is not None:
        raise Http404
    return _upload(request, user, classroom.school, classroom)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a file with learners for classes of a school, named in a column."""
    user, school = managed_school(request, uuid)
    return _upload(request, user, school, None)


@login_required
@never_cache
@require_safe
def import_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a list would do, how far it is, or what came of it."""
    roster = _import(request, uuid)
    if roster.state == State.PREVIEW:
        return _preview_page(request, roster, ConfirmImportForm())
    context = {"roster": roster, "back": back_address(roster)}
    context |= progress_context(roster, now=timezone.now())
    return render(request, "schools/import_progress.html", context)


@login_required
@require_POST
def import_confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a list in; the work is done in the background."""
    roster = _import(request, uuid)
    form = ConfirmImportForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        confirm_import(
            roster_id=roster.pk,
            site_url=request.build_absolute_uri("/"),
            now=timezone.now(),
            **form.cleaned_data,
        )
    except SchoolProblem as problem:
        if roster.state == State.PREVIEW:
            form.add_error("skips_faulty", str(problem))
            return _preview_page(request, roster, form)
        messages.info(request, str(problem))
    else:
        _put(request, roster)
    return redirect("learners:import-detail", uuid)


@login_required
@require_POST
def import_give_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Forget a list that was not confirmed."""
    roster = _import(request, uuid)
    give_up_import(roster_id=roster.pk)
    messages.success(request, _("The list is forgotten. Nobody was taken in."))
    return redirect(back_address(roster))


@login_required
@require_POST
def import_resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on with a list that has stopped, where it was."""
    roster = _import(request, uuid)
    if resume_roster(roster_id=roster.pk):
        _put(request, roster)
    return redirect("learners:import-detail", uuid)


@login_required
@never_cache
@require_safe
def import_faulty(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the rows that have to be corrected, with what is wrong, as CSV."""
    roster = _import(request, uuid)
    if roster.state != State.PREVIEW:
        raise Http404
    return _csv(faulty_csv(preview(roster, moves=False)), "to-correct")


@login_required
@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty list with its columns: csv or xlsx."""
    signed_in_user(request)
    if kind == "csv":
        return _csv(template_csv(), "learners")
    response = HttpResponse(template_xlsx(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="learners.xlsx"'
    return response


@login_required
@never_cache
@require_safe
def class_roster(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the learners of a class as CSV."""
    user, classroom = taught_class(request, uuid)
    text = roster_csv(classroom)
    record(
        action="roster.exported",
        now=timezone.now(),
        actor=user.uuid,
        school=classroom.school.uuid,
        target="class",
        target_uuid=classroom.uuid,
    )
    return _csv(text, slugify(classroom.name) or "class")


def _upload(
    request: HttpRequest, user: User, school: School, classroom: Classroom | None
) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = read_import(
                school=school,
                classroom=classroom,
                file_name=file.name,
                content=file.read(),
                by=user,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("learners:import-detail", roster.uuid)
    return render(
        request,
        "schools/import_upload.html",
        {"form": form, "school": school, "classroom": classroom},
        status=422 if form.errors else 200,
    )


def _import(request: HttpRequest, uuid: UUID) -> RosterImport:
    """Return a list of one's own, or of a school that one manages. Raises Http404."""
    user = signed_in_user(request)
    roster = (
        RosterImport.objects.select_related("school", "classroom", "created_by")
        .filter(uuid=uuid)
        .first()
    )
    if roster is None:
        raise Http404
    if manageable_schools(user).filter(pk=roster.school_id).exists():
        return roster
    if roster.classroom is None or roster.created_by_id != user.pk:
        raise Http404
    if not teachable_classrooms(user).filter(pk=roster.classroom.pk).exists():
        raise Http404
    return roster


def _preview_page(
    request: HttpRequest, roster: RosterImport, form: ConfirmImportForm
) -> HttpResponse:
    context = preview_context(
        roster,
        show=request.GET.get("show", ""),
        page_number=request.GET.get("page", ""),
    )
    context |= {"roster": roster, "form": form, "back": back_address(roster)}
    return render(
        request,
        "schools/import_preview.html",
        context,
        status=422 if form.errors else 200,
    )


def _put(request: HttpRequest, roster: RosterImport) -> None:
    try:
        roster_queue.put(roster.uuid)
    except OperationalError:
        logger.warning("roster %s waits: the broker is away", roster.uuid)
        messages.warning(
            request, _("It begins as soon as the server is less busy. It is not lost.")
        )


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
