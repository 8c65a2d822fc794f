"""Addresses of the catalogue: its pages for learners, and those of ``lessons`` itself."""

from django.urls import path

from lessons.urls import urlpatterns as own

from .views import courses

app_name = "lessons"

urlpatterns = [
    path("", courses.course_list, name="course-list"),
    path("courses/<uuid:uuid>/", courses.course_detail, name="course-detail"),
    path("<uuid:uuid>/", courses.lesson_detail, name="lesson-detail"),
    path("<uuid:uuid>/read/", courses.lesson_read, name="lesson-read"),
    *own,
]
