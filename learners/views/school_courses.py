"""Teachers make courses their school's own, begin new ones, show them or take them out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.permissions import staffed_schools

from ..course_editing_page import edit_list_context, new_course_form
from ..permissions import copyable_courses, editable_courses
from ..school_course_forms import SchoolChoiceForm
from ..services.school_courses import begin_course, make_ours, show_course
from .course_editing import editor


@login_required
@require_POST
def course_make_ours(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the school's own course with what another one holds."""
    user = editor(request)
    course = copyable_courses(user).filter(uuid=uuid).first()
    form = SchoolChoiceForm(request.POST, schools=list(staffed_schools(user)))
    if course is None or not form.is_valid():
        raise Http404
    school = form.chosen_school()
    draft = make_ours(course=course, school=school, user=user, now=timezone.now())
    messages.success(
        request,
        _("This is %(school)s’s own course now. Publish it once it is as you want it.")
        % {"school": school.name},
    )
    return redirect("lessons:edit-course", draft.uuid)


@login_required
@require_POST
def course_begin(request: HttpRequest) -> HttpResponse:
    """Begin a course without lessons."""
    user = editor(request)
    form = new_course_form(list(staffed_schools(user)), request.POST)
    if not form.is_valid():
        context = edit_list_context(user, form)
        return render(request, "lessons/edit_list.html", context, status=422)
    draft = begin_course(
        school=form.chosen_school(),
        title=form.cleaned_data["title"],
        l2=form.cleaned_data["l2"],
        level=form.cleaned_data["level"],
        user=user,
        now=timezone.now(),
    )
    return redirect("lessons:edit-course", draft.uuid)


@login_required
@require_POST
def course_show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a course into the catalogue or take it out, as ``shown`` says."""
    user = editor(request)
    courses = editable_courses(user).filter(uuid=uuid, is_current=True)
    course = courses.first()
    shown = request.POST.get("shown", "")
    if course is None or shown not in ("yes", "no"):
        raise Http404
    show_course(course=course, shown=shown == "yes", user=user, now=timezone.now())
    messages.success(
        request,
        _("Learners find it in the catalogue again.")
        if shown == "yes"
        else _("Taken out of the catalogue. Who is in the middle of it keeps it."),
    )
    return redirect("lessons:edit-list")
