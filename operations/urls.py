"""Addresses of administrators, mounted at ``operations/``."""

from django.urls import path

from .views import audit, figures, limits, see_as, site

app_name = "operations"

urlpatterns = [
    path("", figures.figures, name="learning"),
    path("figures/<slug:name>/", figures.figures, name="figures"),
    path("figures/<slug:name>/<slug:key>.csv", figures.figure_csv, name="figure-csv"),
    path("limits/", limits.limits, name="limits"),
    path("audit/", audit.audit_log, name="audit"),
    path("audit.csv", audit.audit_csv, name="audit-csv"),
    path("see-as/", see_as.see_as, name="see-as"),
    path("see-as/end/", see_as.see_as_end, name="see-as-end"),
    path("see-as/over/", see_as.see_as_over, name="see-as-over"),
    path("see-as/<uuid:uuid>/", see_as.see_as_begin, name="see-as-begin"),
    path("switches/", site.switches, name="switches"),
    path("switches/<slug:key>/", site.switch_set, name="switch-set"),
    path("announcements/", site.announcements, name="announcements"),
    path("announcements/new/", site.announcement_edit, name="announcement-new"),
    path(
        "announcements/<uuid:uuid>/",
        site.announcement_edit,
        name="announcement-edit",
    ),
    path(
        "announcements/<uuid:uuid>/delete/",
        site.announcement_delete,
        name="announcement-delete",
    ),
    path(
        "announcements/<uuid:uuid>/dismiss/",
        site.announcement_dismiss,
        name="announcement-dismiss",
    ),
    path("settings/", site.settings_page, name="settings"),
]
