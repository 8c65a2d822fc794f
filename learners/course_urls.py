"""Addresses of the catalogue: its pages for learners, and those of ``lessons`` itself."""

from django.urls import path

from lessons.urls import urlpatterns as own

from .views import course_editing, courses, lesson_editing, school_courses

app_name = "lessons"

urlpatterns = [
    path("", courses.course_list, name="course-list"),
    path("courses/<uuid:uuid>/", courses.course_detail, name="course-detail"),
    path("<uuid:uuid>/", courses.lesson_detail, name="lesson-detail"),
    path("<uuid:uuid>/read/", courses.lesson_read, name="lesson-read"),
    path("edit/", course_editing.edit_list, name="edit-list"),
    path("edit/new/", school_courses.course_begin, name="course-begin"),
    path("edit/<uuid:uuid>/ours/", school_courses.course_make_ours, name="course-ours"),
    path("edit/<uuid:uuid>/show/", school_courses.course_show, name="course-show"),
    path("edit/<uuid:uuid>/copy/", course_editing.edit_copy, name="edit-copy"),
    path("edit/<uuid:uuid>/", course_editing.edit_course, name="edit-course"),
    path("edit/<uuid:uuid>/act/", course_editing.edit_act, name="edit-act"),
    path("edit/lessons/<uuid:uuid>/", lesson_editing.edit_lesson, name="edit-lesson"),
    path(
        "edit/lessons/<uuid:uuid>/preview/",
        lesson_editing.lesson_preview,
        name="lesson-preview",
    ),
    path(
        "edit/lessons/<uuid:uuid>/add/<slug:kind>/",
        lesson_editing.add_exercise,
        name="edit-exercise-add",
    ),
    path(
        "edit/exercises/<uuid:uuid>/",
        lesson_editing.edit_exercise,
        name="edit-exercise",
    ),
    path(
        "edit/exercises/<uuid:uuid>/act/",
        lesson_editing.exercise_act,
        name="edit-exercise-act",
    ),
    *own,
]
