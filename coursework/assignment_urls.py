"""Addresses of set work: the teacher's of a class, and the learner's."""

from django.urls import path

from .views import assignment_form, assignments, instructions, rubrics, work

_CLASS = "classes/<uuid:uuid>/assignments/"
_ONE = f"{_CLASS}<uuid:assignment>/"
_RUBRICS = "schools/<uuid:uuid>/rubrics/"

urlpatterns = [
    path(_CLASS, assignments.assignment_list, name="assignment-list"),
    path(f"{_CLASS}new/", assignment_form.assignment_create, name="assignment-create"),
    path(
        f"{_CLASS}new/lesson/",
        assignment_form.assignment_lesson,
        name="assignment-lesson",
    ),
    path(
        f"{_CLASS}instructions/",
        instructions.instructions_add,
        name="instructions-add",
    ),
    path(_ONE, assignments.assignment_detail, name="assignment-detail"),
    path(f"{_ONE}edit/", assignment_form.assignment_edit, name="assignment-edit"),
    path(f"{_ONE}preview/", assignments.assignment_preview, name="assignment-preview"),
    path(f"{_ONE}act/", assignments.assignment_act, name="assignment-act"),
    path(
        f"{_ONE}extend/<uuid:learner>/",
        assignments.assignment_extend,
        name="assignment-extend",
    ),
    path(_RUBRICS, rubrics.rubric_list, name="rubric-list"),
    path(f"{_RUBRICS}new/", rubrics.rubric_make, name="rubric-make"),
    path(f"{_RUBRICS}<uuid:rubric>/", rubrics.rubric_detail, name="rubric-detail"),
    path(f"{_RUBRICS}<uuid:rubric>/edit/", rubrics.rubric_edit, name="rubric-edit"),
    path(f"{_RUBRICS}<uuid:rubric>/act/", rubrics.rubric_act, name="rubric-act"),
    path("work/", work.work_list, name="work-list"),
    path("work/<uuid:uuid>/", work.work_detail, name="work-detail"),
    path("work/<uuid:uuid>/begin/<str:part>/", work.work_begin, name="work-begin"),
    path("work/<uuid:uuid>/hand-in/", work.work_hand_in, name="work-hand-in"),
    path(
        "work/<uuid:uuid>/instructions/",
        work.work_instructions,
        name="work-instructions",
    ),
]
