"""Addresses of administrators, mounted at ``operations/``."""

from django.urls import path

from .views import figures

app_name = "operations"

urlpatterns = [
    path("", figures.figures, name="learning"),
    path("figures/<slug:name>/", figures.figures, name="figures"),
    path("figures/<slug:name>/<slug:key>.csv", figures.figure_csv, name="figure-csv"),
]
