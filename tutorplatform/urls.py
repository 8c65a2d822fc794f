"""Mounts each app once, with its namespace."""

from django.contrib import admin
from django.urls import include, path

from sessions.views.phrasebook import phrasebook

from . import interface_texts, metrics_page, views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("components/", views.components, name="components"),
    path("phrasebook/", phrasebook, name="phrasebook"),
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("metrics", metrics_page.figures_of_process, name="metrics"),
    path(
        "texts/<str:language>/<str:version>.js",
        interface_texts.interface_texts,
        name="interface-texts",
    ),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("lessons/", include("learners.course_urls")),
    path("sessions/", include("sessions.urls")),
    path("progress/", include("sessions.progress_urls")),
    path("operations/", include("operations.urls")),
    path("", include("connect.urls")),
    path("", include("coursework.urls")),
    path("", include("operations.privacy_urls")),
    path("", include("learners.urls")),
]
