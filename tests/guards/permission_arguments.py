"""How the walk makes addresses of things, and what answers say where nothing is there."""

from __future__ import annotations

# What the allowed may be told is not there, since there is none of it.
MAY_LACK = frozenset(
    [
        "learners:reminders-off",
        "privacy:data-export-state",
        "privacy:data-export-file",
        "privacy:guardian-export-state",
        "privacy:guardian-export-file",
        "privacy:guardian-keep",
        "sessions:review-export-file",
        "sessions:review-export-state",
        "sessions:face-idle",
        "sessions:drill-of",
        "sessions:clip-media",
        "sessions:clip-captions",
        "sessions:clip-state",
        "progress:evidence",
        "progress:sound",
        "sessions:mouth-sound",
        "account_confirm_email",
        "account_reset_password_from_key",
        "account_confirm_login_code",
        "learners:join-link",
        "interface-texts",
    ]
)
# Who sends nothing is told that it is not there: what is sent names it.
NAMED_WHEN_SENT = frozenset(
    [
        "sessions:drill-answer",
        "sessions:drill-speech",
        "sessions:drill-voice",
        "sessions:exercise-speech",
        "sessions:exercise-voice",
        "sessions:lesson-exercise-answer",
        "sessions:lesson-exercise-leave",
        "sessions:lesson-exercise-speech",
        "sessions:lesson-exercise-talk",
        "sessions:lesson-exercise-voice",
        "sessions:lesson-voice",
        "sessions:practice-answer",
        "sessions:review-answer",
        "sessions:review-aside",
        "sessions:review-speech",
        "sessions:review-undo",
        "sessions:review-voice",
        "sessions:role-play-start",
        "sessions:help-explanation",
        "learners:exercises-make",
        "sessions:placement-reading-assess",
        "sessions:placement-talk-assess",
        "sessions:clip-order",
        "coursework:assignment-act",
        "coursework:assignment-lesson",
        "coursework:gradebook-rules",
        "coursework:rubric-act",
        "lessons:edit-act",
        "lessons:edit-exercise-act",
        "lessons:course-show",
        "lessons:course-ours",
        "operations:switch-set",
        "privacy:person-export-file",
        "privacy:person-export-state",
    ]
)
# The admin asks its own questions; only who runs the site gets in.
DJANGO_ADMIN = "admin:"
# Tokens, not people, open the API: see the test below.
API = "connect:api:"


# Where an argument of an address stands for the same thing everywhere.
ARGUMENTS = {
    "assignment": "assignment", "comment": "comment", "group": "group",
    "guardian": "guardian", "learner": "learner", "person": "learner",
    "rubric": "rubric", "submission": "submission", "term": "term",
    "turn": "turn", "fact_id": "fact", "item_id": "word", "avatar": "avatar",
}  # fmt: skip
LITERALS = {
    "speaker": "learner", "kind": "gap_fill", "language": "en", "ipa": "θ",
    "form": "csv", "part": "talk", "version": "x", "name": "poster.jpg", "key": "x",
    "sha256": "x", "uidb36": "1", "token": "x", "uuid": "x",
}  # fmt: skip
# Where it is something else.
OTHERS = {
    "coursework:insight-cell": {"kind": "sounds", "key": "θ"},
    "coursework:insight-column": {"kind": "sounds", "key": "θ"},
    "coursework:insight-csv": {"kind": "sounds"},
    "learners:import-template": {"kind": "csv"},
    "learners:reminders-off": {"token": "11111111-1111-1111-1111-111111111111"},
    "progress:evidence": {"part": "words", "key": "x"},
    "operations:figures": {"name": "learning"},
    "operations:figure-csv": {"name": "learning", "key": "active"},
    "learners:class-teacher-remove": {"person": "=teacher"},
    "learners:class-invitation-revoke": {"invitation": "=class_invitation"},
    "learners:school-invitation-revoke": {"invitation": "=school_invitation"},
    "sessions:tutor-picture": {"key": "=avatar"},
}  # fmt: skip

API_ABOUT = {
    f"{API}assignment-detail": "assignment",
    f"{API}assignment-publish": "assignment",
    f"{API}enrolment-end": "enrolment",
    f"{API}result-detail": "submission",
}
# Lists of everything that a token may see: of another school they hold nothing of this.
API_LISTS = {
    f"{API}{name}-list"
    for name in ("school", "class", "assignment", "result", "statement")
}
API_OPEN = {f"{API}openapi-json", f"{API}unknown"}
# Every token may ask which school it is of.
API_FOR_ALL_SCOPES = {f"{API}school-list"}
# What is sent is looked at before the class is looked for: that it is not complete is all
# that another school's token is told.
API_LOOKS_FIRST = {f"{API}assignment-create"}
