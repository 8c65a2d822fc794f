"""Addresses for other systems, and of the pages that let them in."""

from django.urls import include, path

from .api import site

app_name = "connect"

urlpatterns = [
    path("api/v1/", include((site.urlpatterns, "api"))),
]
