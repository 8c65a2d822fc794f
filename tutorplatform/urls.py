"""Mounts each app once, with its namespace."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("healthz", views.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("lessons/", include("lessons.urls")),
    path("sessions/", include("sessions.urls")),
    path("", include("learners.urls")),
]
