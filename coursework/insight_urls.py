"""Addresses of a class's insights."""

from django.urls import path

from .views import insights

urlpatterns = [
    path(
        "classes/<uuid:uuid>/insights/", insights.class_insights, name="class-insights"
    ),
    path(
        "classes/<uuid:uuid>/insights/<str:kind>.csv",
        insights.insight_csv,
        name="insight-csv",
    ),
    path(
        "classes/<uuid:uuid>/insights/<str:kind>/<str:key>/",
        insights.insight_column,
        name="insight-column",
    ),
    path(
        "classes/<uuid:uuid>/insights/<str:kind>/<str:key>/<uuid:learner>/",
        insights.insight_cell,
        name="insight-cell",
    ),
]
