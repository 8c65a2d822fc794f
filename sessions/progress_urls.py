"""Addresses of a learner's progress, mounted at ``progress/``."""

from django.urls import path

from .views import progress

app_name = "progress"

urlpatterns = [
    path("", progress.progress, name="page"),
    path("sounds/<str:ipa>/", progress.progress_sound, name="sound"),
    path("<slug:part>/<str:key>/", progress.progress_evidence, name="evidence"),
]
