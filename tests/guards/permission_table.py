"""Who gets to which address: a row for those who may, with what the address is about.

``docs/permissions.md`` says the same in words. A new address goes into the row of those who
may open it; what it is about must be in ``tests/factories/world.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.factories.world import ROLES

EVERYBODY = frozenset({"stranger", *ROLES})
SIGNED_IN = frozenset(ROLES)
# People with the site's role of a teacher, wherever they teach, and administrators.
STAFF = frozenset(
    {"teacher", "colleague", "manager", "other_teacher", "other_manager", "admin"}
)
OWNER = frozenset({"learner"})
OWNER_OR_ADMIN = frozenset({"learner", "admin"})
# Of one class: its teachers, and who manages the school.
CLASS_STAFF = frozenset({"teacher", "manager", "admin"})
READERS = CLASS_STAFF | OWNER
CLASSMATES = frozenset({"learner", "classmate"})
SCHOOL_STAFF = CLASS_STAFF | {"colleague"}
MANAGERS = frozenset({"manager", "admin"})
# Who manages any school.
HEADS = MANAGERS | {"other_manager"}
ADMIN = frozenset({"admin"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """Who gets to these addresses, about which thing (``uuid`` and other arguments)."""

    who: frozenset[str]
    names: str
    about: Mapping[str, str] | None = None


TABLE = (
    # Roles do not matter, networks do: tests/integration/site/test_observing.py.
    Row(EVERYBODY, "metrics"),
    Row(
        EVERYBODY,
        """home interface-texts health ready learners:language-choose learners:reminders-off
        account_login account_signup account_logout account_inactive
        account_email_verification_sent account_confirm_email account_reset_password
        account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done         learners:join learners:join-link
        connect:lti-login connect:lti-launch connect:lti-enter connect:lti-choose
        connect:lti-keys connect:api-docs connect:api:openapi-json""",
    ),
    Row(
        EVERYBODY,
        """privacy:guardian privacy:guardian-recordings privacy:guardian-export
        privacy:guardian-export-state privacy:guardian-export-file
        privacy:guardian-erase privacy:guardian-keep""",
        {"token": "guardian_token"},
    ),
    Row(
        SIGNED_IN,
        """today phrasebook account_change_password account_email
        account_reauthenticate account_set_password connect:lti-account
        learners:consent-edit learners:consent-withdrawn learners:research-consent-edit
        learners:level-choose learners:memory learners:memory-choice
        learners:memory-forget learners:onboarding learners:onboarding-aim
        learners:onboarding-sound learners:placement learners:placement-start
        learners:profile-edit learners:reminders-edit lessons:course-list lessons:sounds
        privacy:data-export privacy:data-export-state privacy:data-export-file
        privacy:erase privacy:erase-keep progress:evidence progress:page progress:sound
        sessions:device-check sessions:drill sessions:drill-answer sessions:drill-of
        sessions:drill-speech sessions:drill-voice sessions:exercise-speech
        sessions:exercise-voice sessions:face-idle sessions:lesson-exercise-answer
        sessions:lesson-exercise-leave sessions:lesson-exercise-speech
        sessions:lesson-exercise-talk sessions:lesson-exercise-voice
        sessions:lesson-voice sessions:mouth-sound sessions:mouth-word
        sessions:phrase-voice sessions:practice sessions:practice-answer
        sessions:practice-make sessions:read-aloud sessions:read-aloud-assess
        sessions:recordings-delete sessions:review-answer sessions:review-aside
        sessions:review-export sessions:review-export-file sessions:review-export-state
        sessions:review-settings sessions:review-speech sessions:review-undo
        sessions:review-voice sessions:reviews sessions:role-play-start
        sessions:say-word sessions:session-list sessions:session-start
        sessions:tutor-choice sessions:tutor-picture coursework:work-list""",
    ),
    Row(
        SIGNED_IN,
        """lessons:lesson-detail lessons:lesson-read sessions:lesson-exercises
        sessions:lesson-exercises-again sessions:clip-part""",
        {"uuid": "lesson"},
    ),
    Row(SIGNED_IN, "lessons:course-detail", {"uuid": "course"}),
    Row(
        SIGNED_IN,
        "sessions:clip-state sessions:clip-captions sessions:clip-media",
        {"uuid": "clip"},
    ),
    Row(
        OWNER,
        """sessions:session-live sessions:session-end sessions:help-corrections
        sessions:help-explanation sessions:help-how-to-say sessions:help-keep
        sessions:help-meaning sessions:help-translation sessions:help-word
        sessions:queue-leave sessions:queue-place""",
        {"uuid": "talk"},
    ),
    Row(OWNER, "sessions:review-back", {"uuid": "card"}),
    Row(
        OWNER,
        "learners:kept-word-remove learners:memory-fact learners:memory-fact-delete",
    ),
    Row(
        OWNER,
        """learners:placement-item learners:placement-result
        sessions:placement-reading-assess
        sessions:placement-talk-assess""",
        {"uuid": "placement"},
    ),
    Row(
        OWNER_OR_ADMIN,
        "sessions:session-review sessions:utterance-audio",
        {"uuid": "talk"},
    ),
    Row(OWNER_OR_ADMIN, "sessions:read-aloud-audio", {"uuid": "reading"}),
    Row(READERS, "sessions:session-report", {"uuid": "talk"}),
    Row(CLASS_STAFF, "sessions:care-seen", {"uuid": "talk"}),
    Row(CLASS_STAFF, "learners:learner-level", {"uuid": "learner"}),
    Row(
        CLASS_STAFF,
        "learners:exercise-decide learners:exercise-edit learners:exercise-try",
        {"uuid": "exercise"},
    ),
    Row(
        STAFF,
        """learners:exercise-list learners:exercises-make sessions:learners-talks
        sessions:portrait-list sessions:portrait-add lessons:edit-list""",
    ),
    Row(STAFF, "sessions:clip-order", {"uuid": "lesson"}),
    Row(HEADS, "sessions:tutor-voice-list sessions:tutor-voice-add"),
    Row(
        MANAGERS,
        """sessions:tutor-voice-revoke sessions:tutor-voice-sound
        sessions:tutor-voice-use""",
        {"uuid": "tutor_voice"},
    ),
    Row(
        SCHOOL_STAFF,
        """lessons:edit-course lessons:edit-act""",
        {"uuid": "draft_course"},
    ),
    Row(
        SCHOOL_STAFF,
        "lessons:edit-lesson lessons:edit-exercise-add lessons:lesson-preview",
        {"uuid": "draft_lesson"},
    ),
    Row(
        SCHOOL_STAFF,
        "lessons:edit-exercise lessons:edit-exercise-act",
        {"uuid": "lesson_exercise"},
    ),
    Row(
        ADMIN,
        "sessions:portrait-delete sessions:portrait-prepare sessions:portrait-switch",
        {"key": "portrait"},
    ),
    Row(
        MANAGERS,
        """privacy:person-data privacy:person-erase privacy:person-keep
        privacy:person-export-file privacy:person-export-state""",
        {"uuid": "learner"},
    ),
    Row(
        CLASS_STAFF,
        """learners:class-archive learners:class-delete learners:class-detail
        learners:class-group learners:class-group-delete learners:class-group-new
        learners:class-guardian-add learners:class-guardian-remove learners:class-import
        learners:class-invitation-revoke learners:class-learner
        learners:class-learner-archive learners:class-learner-minor
        learners:class-learner-move learners:class-learner-password
        learners:class-learner-quota learners:class-link learners:class-mail
        learners:class-restore learners:class-roster learners:class-settings
        learners:class-teacher-add learners:class-teacher-remove
        coursework:assignment-act coursework:assignment-create
        coursework:assignment-detail coursework:assignment-edit
        coursework:assignment-extend coursework:assignment-lesson
        coursework:assignment-list coursework:assignment-preview
        coursework:class-insights coursework:gradebook coursework:gradebook-cell
        coursework:gradebook-file coursework:gradebook-rules coursework:insight-cell
        coursework:insight-column coursework:insight-csv coursework:instructions-add
        coursework:review-accept coursework:review-detail coursework:review-mark
        coursework:review-queue coursework:review-return-all""",
        {"uuid": "classroom"},
    ),
    Row(SIGNED_IN, "learners:import-template"),
    Row(CLASSMATES, "learners:class-leave", {"uuid": "classroom"}),
    Row(
        SIGNED_IN,
        "sessions:placement-reading sessions:placement-talk",
        {"uuid": "placement"},
    ),
    Row(STAFF, "learners:class-new learners:class-list"),
    Row(
        SIGNED_IN, "account_confirm_login_code operations:see-as-end connect:lti-course"
    ),
    Row(ADMIN, "components operations:announcements operations:announcement-new"),
    Row(
        ADMIN,
        "operations:announcement-edit operations:announcement-delete",
        {"uuid": "announcement"},
    ),
    Row(EVERYBODY, "operations:announcement-dismiss", {"uuid": "announcement"}),
    Row(ADMIN, "learners:school-close", {"uuid": "school"}),
    Row(
        CLASS_STAFF,
        """learners:import-confirm learners:import-detail learners:import-faulty
        learners:import-give-up learners:import-resume""",
        {"uuid": "import"},
    ),
    Row(
        MANAGERS,
        """learners:school-detail learners:school-import
        learners:school-classes learners:school-invitation-revoke
        learners:school-invite learners:school-member learners:school-member-remove
        learners:school-rules learners:school-term learners:school-term-archive
        learners:school-term-remove learners:school-terms""",
        {"uuid": "school"},
    ),
    Row(ADMIN, "learners:school-new operations:settings"),
    Row(
        HEADS,
        """learners:school-list operations:learning operations:audit
        operations:audit-csv operations:limits
        operations:see-as operations:see-as-over
        operations:switches """,
    ),
    Row(
        HEADS,
        "operations:figures operations:figure-csv operations:switch-set",
        {"name": "learning"},
    ),
    Row(MANAGERS, "operations:see-as-begin", {"uuid": "learner"}),
    Row(STAFF, "lessons:course-begin"),
    Row(STAFF, "lessons:course-ours", {"uuid": "course"}),
    Row(
        SCHOOL_STAFF, "lessons:course-show lessons:edit-copy", {"uuid": "school_course"}
    ),
    Row(
        SCHOOL_STAFF,
        """coursework:rubric-act coursework:rubric-detail coursework:rubric-edit
        coursework:rubric-list coursework:rubric-make""",
        {"uuid": "school"},
    ),
    Row(
        CLASSMATES,
        """coursework:work-begin coursework:work-detail coursework:work-hand-in""",
        {"uuid": "assignment"},
    ),
    Row(
        CLASSMATES | CLASS_STAFF,
        "coursework:work-instructions",
        {"uuid": "assignment"},
    ),
    Row(OWNER, "coursework:returned"),
    Row(READERS, "coursework:submission-sound", {"uuid": "classroom"}),
    Row(
        READERS,
        "coursework:comment-add coursework:comment-delete coursework:comment-sound",
    ),
    Row(
        HEADS,
        """connect:token-list connect:webhook-list connect:platform-list
        connect:record-list""",
    ),
    Row(MANAGERS, "connect:token-revoke", {"uuid": "api_token"}),
    Row(MANAGERS, "connect:webhook-detail connect:webhook-change", {"uuid": "webhook"}),
    Row(MANAGERS, "connect:delivery-again", {"uuid": "delivery"}),
    Row(
        MANAGERS,
        "connect:platform-detail connect:platform-change",
        {"uuid": "platform"},
    ),
    Row(MANAGERS, "connect:roster-read", {"course_id": "lti_course"}),
)
