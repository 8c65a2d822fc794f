"""Addresses of sessions."""

from django.urls import path

from .views import history, live, recordings

app_name = "sessions"

urlpatterns = [
    path("", history.session_list, name="session-list"),
    path("start/", live.session_start, name="session-start"),
    path("device-check/", live.device_check, name="device-check"),
    path("recordings/delete/", recordings.recordings_delete, name="recordings-delete"),
    path("<uuid:uuid>/", live.session_live, name="session-live"),
    path("<uuid:uuid>/end/", live.session_end, name="session-end"),
    path("<uuid:uuid>/review/", history.session_review, name="session-review"),
    path(
        "<uuid:uuid>/audio/<int:turn>/<str:speaker>/",
        recordings.utterance_audio,
        name="utterance-audio",
    ),
]
