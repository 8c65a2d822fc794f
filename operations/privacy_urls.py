"""Addresses of the pages about personal data."""

from django.urls import path

from .views import data_export, erase, guardian, person_data

app_name = "privacy"

urlpatterns = [
    path("profile/export/", data_export.data_export, name="data-export"),
    path(
        "profile/export/state/", data_export.data_export_state, name="data-export-state"
    ),
    path("profile/export/file/", data_export.data_export_file, name="data-export-file"),
    path("profile/erase/", erase.erase, name="erase"),
    path("profile/erase/keep/", erase.erase_keep, name="erase-keep"),
    path("people/<uuid:uuid>/data/", person_data.person_data, name="person-data"),
    path(
        "people/<uuid:uuid>/data/state/",
        person_data.person_export_state,
        name="person-export-state",
    ),
    path(
        "people/<uuid:uuid>/data/file/",
        person_data.person_export_file,
        name="person-export-file",
    ),
    path("people/<uuid:uuid>/erase/", person_data.person_erase, name="person-erase"),
    path("people/<uuid:uuid>/keep/", person_data.person_keep, name="person-keep"),
    path("guardian/<str:token>/", guardian.guardian, name="guardian"),
    path(
        "guardian/<str:token>/recordings/",
        guardian.guardian_recordings,
        name="guardian-recordings",
    ),
    path(
        "guardian/<str:token>/export/", guardian.guardian_export, name="guardian-export"
    ),
    path(
        "guardian/<str:token>/export/state/",
        guardian.guardian_export_state,
        name="guardian-export-state",
    ),
    path(
        "guardian/<str:token>/export/file/",
        guardian.guardian_export_file,
        name="guardian-export-file",
    ),
    path("guardian/<str:token>/erase/", guardian.guardian_erase, name="guardian-erase"),
    path("guardian/<str:token>/keep/", guardian.guardian_keep, name="guardian-keep"),
]
