"""Addresses of sessions."""

from django.urls import path

from .views import (
    clips,
    exercise_sound,
    face,
    history,
    learners_talks,
    lesson_exercise_sound,
    lesson_exercises,
    live,
    mouth,
    portraits,
    practice,
    read_aloud,
    recordings,
    report,
    say_word,
    tutors,
)
from .views import help as help_views

app_name = "sessions"

urlpatterns = [
    path("", history.session_list, name="session-list"),
    path("of-learners/", learners_talks.learners_talks, name="learners-talks"),
    path("start/", live.session_start, name="session-start"),
    path("device-check/", live.device_check, name="device-check"),
    path("recordings/delete/", recordings.recordings_delete, name="recordings-delete"),
    path("read-aloud/", read_aloud.read_aloud, name="read-aloud"),
    path("read-aloud/assess/", read_aloud.read_aloud_assess, name="read-aloud-assess"),
    path(
        "read-aloud/<uuid:uuid>/audio/",
        read_aloud.read_aloud_audio,
        name="read-aloud-audio",
    ),
    path("say-word/", say_word.say_word, name="say-word"),
    path("face/<slug:avatar>/<str:sha256>.mp4", face.face_idle, name="face-idle"),
    path("tutor/", tutors.tutor_choice, name="tutor-choice"),
    path("tutors/<slug:key>/picture/", tutors.tutor_picture, name="tutor-picture"),
    path("portraits/", portraits.portrait_list, name="portrait-list"),
    path("portraits/add/", portraits.portrait_add, name="portrait-add"),
    path(
        "portraits/<slug:key>/switch/",
        portraits.portrait_switch,
        name="portrait-switch",
    ),
    path(
        "portraits/<slug:key>/prepare/",
        portraits.portrait_prepare,
        name="portrait-prepare",
    ),
    path(
        "portraits/<slug:key>/delete/",
        portraits.portrait_delete,
        name="portrait-delete",
    ),
    path(
        "lessons/<uuid:uuid>/exercises/",
        lesson_exercises.lesson_exercises,
        name="lesson-exercises",
    ),
    path(
        "lessons/<uuid:uuid>/exercises/again/",
        lesson_exercises.lesson_exercises_again,
        name="lesson-exercises-again",
    ),
    path(
        "lesson-exercise/answer/",
        lesson_exercises.lesson_exercise_answer,
        name="lesson-exercise-answer",
    ),
    path(
        "lesson-exercise/leave/",
        lesson_exercises.lesson_exercise_leave,
        name="lesson-exercise-leave",
    ),
    path(
        "lesson-exercise/talk/",
        lesson_exercises.lesson_exercise_talk,
        name="lesson-exercise-talk",
    ),
    path(
        "lesson-exercise/voice/",
        lesson_exercise_sound.lesson_exercise_voice,
        name="lesson-exercise-voice",
    ),
    path(
        "lesson-exercise/speech/",
        lesson_exercise_sound.lesson_exercise_speech,
        name="lesson-exercise-speech",
    ),
    path("lessons/<uuid:uuid>/clip/", clips.clip_part, name="clip-part"),
    path("lessons/<uuid:uuid>/clip/order/", clips.clip_order, name="clip-order"),
    path("clips/<uuid:uuid>/state/", clips.clip_state, name="clip-state"),
    path("clips/<uuid:uuid>/captions.vtt", clips.clip_captions, name="clip-captions"),
    path("clips/<uuid:uuid>/<str:name>", clips.clip_media, name="clip-media"),
    path("mouth/", mouth.mouth_word, name="mouth-word"),
    path("mouth/sounds/<str:ipa>/", mouth.mouth_sound, name="mouth-sound"),
    path("practice/", practice.practice, name="practice"),
    path("practice/make/", practice.practice_make, name="practice-make"),
    path("practice/answer/", practice.practice_answer, name="practice-answer"),
    path("practice/voice/", exercise_sound.exercise_voice, name="exercise-voice"),
    path("practice/speech/", exercise_sound.exercise_speech, name="exercise-speech"),
    path("practice/role-play/", practice.role_play_start, name="role-play-start"),
    path("<uuid:uuid>/", live.session_live, name="session-live"),
    path("<uuid:uuid>/end/", live.session_end, name="session-end"),
    path("<uuid:uuid>/review/", history.session_review, name="session-review"),
    path("<uuid:uuid>/report/", report.session_report, name="session-report"),
    path(
        "<uuid:uuid>/care/<int:turn>/seen/",
        learners_talks.care_seen,
        name="care-seen",
    ),
    path("<uuid:uuid>/help/word/", help_views.word, name="help-word"),
    path("<uuid:uuid>/help/keep/", help_views.keep_word, name="help-keep"),
    path("<uuid:uuid>/help/meaning/", help_views.meaning, name="help-meaning"),
    path(
        "<uuid:uuid>/help/translation/",
        help_views.translation,
        name="help-translation",
    ),
    path("<uuid:uuid>/help/how-to-say/", help_views.how_to_say, name="help-how-to-say"),
    path(
        "<uuid:uuid>/help/corrections/",
        help_views.corrections,
        name="help-corrections",
    ),
    path(
        "<uuid:uuid>/help/explanation/",
        help_views.explanation,
        name="help-explanation",
    ),
    path(
        "<uuid:uuid>/audio/<int:turn>/<str:speaker>/",
        recordings.utterance_audio,
        name="utterance-audio",
    ),
]
