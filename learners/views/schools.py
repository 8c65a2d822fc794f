"""Schools: listed, opened, given rules, closed; their classes and terms."""

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

from schools.models import Classroom, Membership, School
from schools.permissions import is_site_admin, manageable_schools
from schools.problem import SchoolProblem
from schools.services.schools import (
    SchoolRules,
    change_rules,
    close_school,
    open_school,
    reopen_school,
)

from ..permissions import signed_in_user
from ..rosters.class_list import class_cards, list_classes
from ..rosters.school_page import classes_without_teacher, list_schools
from ..school_forms import NewSchoolForm, RulesForm
from .class_access import managed_school
from .invitations import mail_invitation

A_PAGE = 60


@login_required
@never_cache
@require_safe
def school_list(request: HttpRequest) -> HttpResponse:
    """Show the schools they decide on; whoever has one goes straight to it."""
    user = signed_in_user(request)
    schools = manageable_schools(user)
    is_admin = is_site_admin(user)
    found = list(schools[:2])
    if not is_admin:
        if not found:
            raise Http404
        if len(found) == 1:
            return redirect("learners:school-detail", found[0].uuid)
    page = Paginator(list_schools(schools), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "schools/school_list.html", {"page": page, "is_admin": is_admin}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_new(request: HttpRequest) -> HttpResponse:
    """Open a school, and invite who will manage it."""
    user = signed_in_user(request)
    if not is_site_admin(user):
        raise Http404
    form = NewSchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            school = open_school(
                key=values["key"],
                rules=SchoolRules(name=values["name"], time_zone=values["time_zone"]),
                actor=user.uuid,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            form.add_error("key", str(problem))
        else:
            if values["manager"]:
                mail_invitation(
                    request,
                    school=school,
                    classroom=None,
                    role=Membership.Role.MANAGER,
                    email=values["manager"],
                    by=user,
                )
            return redirect("learners:school-detail", school.uuid)
    return render(
        request,
        "schools/school_new.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
@never_cache
@require_safe
def school_classes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show all classes of a school, those without a teacher first."""
    _user, school = managed_school(request, uuid)
    archived = request.GET.get("show") == "archived"
    classes = Classroom.objects.filter(school=school)
    rows = list_classes(classes, archived=archived)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "schools/school_classes.html",
        {
            "school": school,
            "tab": "classes",
            "page": page,
            "cards": class_cards(page.object_list),
            "archived": archived,
            "without_teacher": list(classes_without_teacher(school)),
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def school_rules(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show and change what a school decides for all of its people."""
    user, school = managed_school(request, uuid)
    form = RulesForm(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        change_rules(
            school_id=school.pk,
            rules=form.rules(),
            actor=user.uuid,
            now=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("learners:school-rules", uuid)
    if form.errors:
        school = School.objects.get(pk=school.pk)
    return render(
        request,
        "schools/school_rules.html",
        {
            "school": school,
            "tab": "rules",
            "form": form,
            "can_close": is_site_admin(user),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def school_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close a school or open it again (``action`` reopen): for who runs the site."""
    user, school = managed_school(request, uuid)
    if not is_site_admin(user):
        raise Http404
    now = timezone.now()
    if request.POST.get("action") == "reopen":
        reopen_school(school_id=school.pk, actor=user.uuid, now=now)
        messages.success(request, _("The school is open again."))
    else:
        close_school(school_id=school.pk, actor=user.uuid, now=now)
        messages.success(request, _("The school is closed. Everything is kept."))
    return redirect("learners:school-rules", uuid)
