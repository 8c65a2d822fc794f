"""Classes: listed, made, opened, changed, archived and deleted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
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

from schools.audit import record
from schools.models import School
from schools.permissions import staffed_schools, teachable_classrooms
from schools.problem import SchoolProblem
from schools.services.classrooms import (
    archive_class,
    delete_class,
    edit_class,
    make_class,
    restore_class,
)

from ..class_forms import ClassForm, NewClassForm
from ..permissions import signed_in_user
from ..rosters.class_list import class_cards, list_classes
from ..rosters.class_page import people_context, settings_context
from .class_access import taught_class

A_PAGE = 60


@login_required
@never_cache
@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """Show the classes they teach or manage; ``?show=archived`` those put away."""
    user = signed_in_user(request)
    schools = staffed_schools(user)
    if not schools.exists() and user.role == user.Role.LEARNER:
        raise Http404
    classes = teachable_classrooms(user)
    archived = request.GET.get("show") == "archived"
    listed = list_classes(classes, archived=archived)
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "schools/class_list.html",
        {
            "cards": class_cards(page.object_list),
            "page": page,
            "archived": archived,
            "has_archived": list_classes(classes, archived=True).exists(),
            "has_school": schools.exists(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_new(request: HttpRequest) -> HttpResponse:
    """Make a class; whoever teaches in one school is not asked in which."""
    user = signed_in_user(request)
    schools = staffed_schools(user)
    school = _chosen_school(request, list(schools))
    form = NewClassForm(request.POST or None, schools=schools, school=school)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.pop("school") or school
        teaches = None if user.role == user.Role.ADMIN else user
        try:
            classroom = make_class(
                school=chosen,
                fields=form.class_fields(),
                teacher=teaches,
                actor=user.uuid,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Here is your class. Now invite its learners."))
            return redirect("learners:class-detail", classroom.uuid)
    return render(
        request,
        "schools/class_new.html",
        {"form": form, "school": school},
        status=422 if form.errors else 200,
    )


@login_required
@never_cache
@require_safe
def class_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the learners of a class; ``?search=`` narrows them down."""
    user, classroom = taught_class(request, uuid)
    now = timezone.now()
    search = request.GET.get("search", "").replace("\x00", "").strip()[:80]
    context = people_context(
        classroom,
        search=search,
        page_number=request.GET.get("page", ""),
        now=now,
        root=request.build_absolute_uri("/"),
    )
    record(
        action="roster.seen",
        now=now,
        actor=user.uuid,
        school=classroom.school.uuid,
        target="class",
        target_uuid=classroom.uuid,
    )
    return render(request, "schools/class_learners.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def class_settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show and change a class, its teachers and where it is kept."""
    user, classroom = taught_class(request, uuid)
    form = ClassForm(request.POST or None, instance=classroom, school=classroom.school)
    if request.method == "POST" and form.is_valid():
        try:
            edit_class(
                classroom_id=classroom.pk,
                fields=form.class_fields(),
                actor=user.uuid,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("learners:class-settings", uuid)
    if form.errors:
        # What was typed stays in the form alone: the head of the page says what is so.
        classroom.refresh_from_db()
    context = settings_context(classroom, user=user) | {"form": form}
    return render(
        request,
        "schools/class_settings.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def class_archive(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a class away."""
    user, classroom = taught_class(request, uuid)
    archive_class(classroom_id=classroom.pk, actor=user.uuid, now=timezone.now())
    messages.success(request, _("The class is archived. Everything in it is kept."))
    return redirect("learners:class-settings", uuid)


@login_required
@require_POST
def class_restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a class out of the archive."""
    user, classroom = taught_class(request, uuid)
    try:
        restore_class(classroom_id=classroom.pk, actor=user.uuid, now=timezone.now())
    except SchoolProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:class-settings", uuid)
    messages.success(request, _("The class is open again."))
    return redirect("learners:class-detail", uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then delete a class in which no work was set; else offer to archive it."""
    user, classroom = taught_class(request, uuid)
    refused = ""
    if request.method == "POST":
        try:
            delete_class(classroom_id=classroom.pk, actor=user.uuid, now=timezone.now())
        except SchoolProblem as problem:
            refused = str(problem)
        else:
            messages.success(request, _("The class is deleted."))
            return redirect("learners:class-list")
    return render(
        request,
        "schools/class_delete.html",
        {"classroom": classroom, "tab": "settings", "refused": refused},
        status=409 if refused else 200,
    )


def _chosen_school(request: HttpRequest, schools: list[School]) -> School:
    """Return the school a class is made in, unless the form says another one."""
    if not schools:
        raise Http404
    wanted = request.GET.get("school", "")
    return next((one for one in schools if str(one.uuid) == wanted), schools[0])
