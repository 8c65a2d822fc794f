"""What the tables of an export's page are called."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: Final[dict[str, Promise]] = {
    "learners.User": _("Account"),
    "account.EmailAddress": _("E-mail addresses"),
    "learners.LearnerProfile": _("Profile"),
    "learners.Consent": _("What was agreed to"),
    "learners.Guardian": _("Guardians"),
    "learners.MemoryChoice": _("Choice about what the tutor remembers"),
    "learners.ReminderChoice": _("Reminders"),
    "learners.ReviewSetting": _("Settings of reviews"),
    "schools.Membership": _("Schools"),
    "schools.ClassTeacher": _("Classes taught"),
    "schools.Enrolment": _("Classes"),
    "schools.LearnerGroup": _("Groups in classes"),
    "tutor_sessions.TutoringSession": _("Talks, as a list"),
    "tutor_sessions.CareFlag": _("Answers a person was asked to look at"),
    "tutor_sessions.ReadAloudAttempt": _("Texts read aloud"),
    "tutor_sessions.CardExport": _("Files for Anki"),
    "learners.SessionSummary": _("What talks were about"),
    "learners.LearnerFact": _("What the tutor was told"),
    "learners.ErrorLedgerEntry": _("Mistakes"),
    "learners.VocabularyItem": _("Words"),
    "learners.PhonemeMastery": _("Sounds"),
    "learners.ExerciseItem": _("Exercises"),
    "learners.ExerciseAttempt": _("Answers to exercises"),
    "learners.CourseProgress": _("Courses"),
    "learners.LessonProgress": _("Lessons"),
    "learners.LessonAttempt": _("Answers in lessons"),
    "learners.PlacementTest": _("Placements"),
    "learners.LevelEstimate": _("Levels"),
    "learners.ReviewCard": _("Cards"),
    "learners.TalkAccess": _("Who opened talks"),
    "learners.Avatar": _("Portraits brought to the site"),
    "learners.TutorVoice": _("Voices of tutors added to the site"),
    "coursework.Submission": _("Work handed in"),
    "coursework.MarkChange": _("Marks"),
    "coursework.MarkOverride": _("Marks set by hand"),
    "coursework.Comment": _("Comments on work"),
    "coursework.Extension": _("More time or attempts"),
    "coursework.Assignment": _("Work set as a teacher"),
    "coursework.Rubric": _("Rubrics written"),
    "connect.LtiIdentity": _("Accounts on other platforms"),
    "operations.Impersonation": _("Pages seen by administrators as this person"),
    "operations.DataExport": _("Exports of this data"),
    "operations.ErasureRequest": _("Requests to delete the account"),
}
