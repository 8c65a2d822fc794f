"""Addresses of the pages about people."""

from django.urls import path

from . import class_urls, placement_urls, school_urls
from .views import exercise_review, language, memory, profile, reminders

app_name = "learners"

urlpatterns = [
    *placement_urls.urlpatterns,
    *class_urls.urlpatterns,
    *school_urls.urlpatterns,
    path("exercises/", exercise_review.exercise_list, name="exercise-list"),
    path("exercises/make/", exercise_review.exercises_make, name="exercises-make"),
    path("exercises/<uuid:uuid>/", exercise_review.exercise_edit, name="exercise-edit"),
    path(
        "exercises/<uuid:uuid>/decide/",
        exercise_review.exercise_decide,
        name="exercise-decide",
    ),
    path(
        "exercises/<uuid:uuid>/try/", exercise_review.exercise_try, name="exercise-try"
    ),
    path("memory/", memory.memory, name="memory"),
    path("memory/choice/", memory.edit_choice, name="memory-choice"),
    path("memory/facts/<int:fact_id>/", memory.fact_edit, name="memory-fact"),
    path(
        "memory/facts/<int:fact_id>/delete/",
        memory.fact_delete,
        name="memory-fact-delete",
    ),
    path(
        "memory/words/<int:item_id>/remove/",
        memory.kept_word_remove,
        name="kept-word-remove",
    ),
    path("memory/forget/", memory.forget, name="memory-forget"),
    path("language/", language.choose, name="language-choose"),
    path("profile/", profile.edit_profile, name="profile-edit"),
    path("reminders/", reminders.edit_reminders, name="reminders-edit"),
    path("reminders/<uuid:token>/off/", reminders.reminders_off, name="reminders-off"),
    path("profile/recordings/", profile.edit_recording_consent, name="consent-edit"),
    path(
        "profile/research/",
        profile.edit_research_consent,
        name="research-consent-edit",
    ),
    path(
        "profile/recordings/off/", profile.consent_withdrawn, name="consent-withdrawn"
    ),
]
