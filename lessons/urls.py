"""Addresses that need no learner; ``learners.course_urls`` mounts them."""

from django.urls import path

from . import views

urlpatterns = [
    path("sounds/<str:language>/", views.sounds, name="sounds"),
]
