"""Where personal data is: what an export holds, and how each kind of row is erased.

A guard test refuses a model that holds personal data and is in none of these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of a model that are about a person.

    ``owner`` is the lookup from a row to the person's id. ``in_page`` false: only the data
    file of an export has them, since nobody would read them.
    """

    model: str
    owner: str
    in_page: bool = True


EXPORTED: Final = (
    Held("learners.User", "pk"),
    Held("account.EmailAddress", "user"),
    Held("learners.LearnerProfile", "user"),
    Held("learners.Consent", "learner"),
    Held("learners.Guardian", "learner"),
    Held("learners.MemoryChoice", "learner"),
    Held("learners.ReminderChoice", "learner"),
    Held("learners.ReviewSetting", "learner"),
    Held("schools.Membership", "user"),
    Held("schools.ClassTeacher", "teacher"),
    Held("schools.Enrolment", "learner"),
    Held("schools.LearnerGroup", "members"),
    Held("tutor_sessions.TutoringSession", "learner"),
    Held("tutor_sessions.Turn", "session__learner", in_page=False),
    Held("tutor_sessions.Utterance", "turn__session__learner", in_page=False),
    Held("tutor_sessions.CareFlag", "turn__session__learner"),
    Held("tutor_sessions.ReadAloudAttempt", "learner"),
    Held("tutor_sessions.PronunciationAssessment", "learner", in_page=False),
    Held("tutor_sessions.TalkStretch", "learner", in_page=False),
    Held("tutor_sessions.QueuePlace", "session__learner", in_page=False),
    Held("tutor_sessions.CardExport", "learner"),
    Held("learners.SessionSummary", "learner"),
    Held("learners.LearnerFact", "learner"),
    Held("learners.ErrorLedgerEntry", "learner"),
    Held("learners.VocabularyItem", "learner"),
    Held("learners.PhonemeMastery", "learner"),
    Held("learners.PracticeEvidence", "learner", in_page=False),
    Held("learners.DrillAnswer", "learner", in_page=False),
    Held("learners.ExerciseItem", "learner"),
    Held("learners.ExerciseAttempt", "exercise__learner"),
    Held("learners.ExerciseBatch", "learner", in_page=False),
    Held("learners.CourseProgress", "learner"),
    Held("learners.LessonProgress", "learner"),
    Held("learners.LessonAttempt", "learner"),
    Held("learners.PlacementTest", "learner"),
    Held("learners.PlacementAnswer", "test__learner", in_page=False),
    Held("learners.LevelEstimate", "learner"),
    Held("learners.ReviewCard", "learner"),
    Held("learners.ReviewLog", "card__learner", in_page=False),
    Held("learners.ActivityDay", "learner", in_page=False),
    Held("learners.TalkAccess", "learner"),
    Held("learners.Avatar", "created_by"),
    Held("learners.TutorVoice", "created_by"),
    Held("coursework.Submission", "learner"),
    Held("coursework.MarkChange", "submission__learner"),
    Held("coursework.MarkOverride", "learner"),
    Held("coursework.Comment", "submission__learner"),
    Held("coursework.AssignmentTarget", "learner", in_page=False),
    Held("coursework.AssignmentNotice", "learner", in_page=False),
    Held("coursework.Extension", "learner"),
    Held("coursework.Assignment", "created_by"),
    Held("coursework.Rubric", "created_by"),
    Held("connect.LtiIdentity", "user"),
    Held("connect.GradeMessage", "submission__learner", in_page=False),
    Held("operations.LearnerDay", "learner", in_page=False),
    Held("operations.Impersonation", "person"),
    Held("operations.DataExport", "learner"),
    Held("operations.ErasureRequest", "user"),
)

# Sound has no row of its own in the data file: each is a WAV, named in its utterance,
# reading or comment.
RECORDINGS: Final = "tutor_sessions.Recording"

NOT_EXPORTED: Final = {
    RECORDINGS: "as WAV files, named where the words are",
    "schools.AuditEntry": "in a part of its own: it knows people by identifier only",
    "admin.LogEntry": "what administrators did in the admin",
    "learners.User_groups": "rights in the admin; nobody has any here",
    "learners.User_user_permissions": "rights in the admin; nobody has any here",
    "schools.LearnerGroup_members": "with the groups",
    "account.EmailConfirmation": "secrets of mails, useless after three days",
    "sessions.Session": "secrets of browsers that are signed in",
    "tutor_sessions.RenderedClip": "videos of lessons; who ordered one is in no video",
    "tutor_sessions.PortraitPreparation": "computed from a portrait, which is exported",
    "lessons.Course": "who edited it last; content of a school",
    "schools.Invitation": "of people without an account yet, by address",
    "schools.RosterImport": "lists that staff sent in; gone when done",
    "schools.Announcement": "who wrote it, by identifier; content of the site",
    "schools.SiteValue": "who changed it, by identifier",
    "connect.ApiToken": "secrets of programs; belong to the school",
    "connect.ApiReply": "answers kept for repeated requests of programs, for a day",
    "connect.WebhookEndpoint": "belongs to the school",
    "connect.WebhookDelivery": "messages on their way; what they tell is exported itself",
    "connect.LtiPlatform": "belongs to the school",
    "connect.LtiCourse": "belongs to the school",
    "connect.LtiLogin": "a sign-in under way, for minutes",
    "lti_tool.LtiUser": "a copy of what the other platform holds; LtiIdentity names it",
    "lti_tool.LtiMembership": "a copy of what the other platform holds",
}

# Never leaves the database, neither in an export nor anywhere else.
SECRETS: Final = frozenset(
    {"password", "token", "token_digest", "secret", "key_digest"}
)

# How rows go that do not go with the account by a cascade of foreign keys.
ERASED_BY_STEP: Final = {
    "sessions.Session": "operations.erasure.steps: sign-ins of the person",
    "admin.LogEntry": "operations.erasure.steps: what the admin noted about the person",
    "learners.TalkAccess": "cascade for the learner; of a reader the link is emptied",
    "schools.Invitation": "learners.rosters.receivers: by address",
    "schools.RosterImport": "learners.rosters.receivers: rows of the address",
    "connect.ApiReply": "connect.erasing: replies that name the person",
    "connect.WebhookDelivery": "connect.erasing: messages that name the person",
    "connect.LtiLogin": "connect.erasing: sign-ins under way of the person",
    "lti_tool.LtiUser": "connect.erasing: the person of the other platform",
    "lti_tool.LtiMembership": "with lti_tool.LtiUser",
    "coursework.Comment": "coursework.erasing: the voice; words on others' work stay",
    "coursework.Assignment": "coursework.erasing: the voice of instructions",
}

# What stays, and why it names nobody any more.
KEPT: Final = {
    "schools.AuditEntry": "identifiers only; the log would prove nothing with holes in it",
    "schools.Announcement": "an identifier only; it was written for others",
    "schools.SiteValue": "an identifier only",
    "learners.Avatar": "others' talks use it; who brought it is emptied",
    "learners.TutorVoice": "proves what its giver agreed to; who added it is emptied",
    "tutor_sessions.PortraitPreparation": "with the portrait",
    "tutor_sessions.RenderedClip": "belongs to a lesson; who ordered it is emptied",
    "lessons.Course": "others learn with it; who edited it is emptied",
    "coursework.Rubric": "others are marked by it; who wrote it is emptied",
    "connect.ApiToken": "belongs to the school; who made it is emptied",
    "connect.WebhookEndpoint": "belongs to the school; who made it is emptied",
    "connect.LtiPlatform": "belongs to the school; who registered it is emptied",
    "connect.LtiCourse": "belongs to the school; who connected it is emptied",
}
