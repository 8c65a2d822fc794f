"""Addresses of the catalogue."""

from django.urls import path

from . import views

app_name = "lessons"

urlpatterns = [
    path("", views.course_list, name="course-list"),
    path("courses/<uuid:uuid>/", views.course_detail, name="course-detail"),
    path("<uuid:uuid>/", views.lesson_detail, name="lesson-detail"),
    path("sounds/<str:language>/", views.sounds, name="sounds"),
]
