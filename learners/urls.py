"""Addresses of the pages about people."""

from django.urls import path

from .views import profile

app_name = "learners"

urlpatterns = [
    path("profile/", profile.edit_profile, name="profile-edit"),
    path("profile/recordings/", profile.edit_recording_consent, name="consent-edit"),
    path(
        "profile/recordings/off/", profile.consent_withdrawn, name="consent-withdrawn"
    ),
]
