"""The people: a User signs in; a LearnerProfile says who learns what, and consents.

A PhonemeMastery says how well a learner pronounces a phoneme, from PracticeEvidence.
What the tutor remembers of a learner: mistakes (ErrorLedgerEntry), words (VocabularyItem),
what they told (LearnerFact, if their MemoryChoice allows it), past sessions
(SessionSummary). What learners practise between talks: ExerciseItem with its
ExerciseAttempts, made in an ExerciseBatch. A TalkAccess says who else opened a talk.
An Avatar is who the tutor looks like, a TutorVoice whose voice it speaks with.
Where a learner stands: CourseProgress, LessonProgress and LessonAttempt in courses,
PlacementTest and LevelEstimate for the level, ReviewCard with its ReviewLog for what to
remember, ActivityDay for what was done when. A DrillAnswer is one in a drill of two sounds.
A Consent is what a learner, or for a minor a Guardian, agreed to.
"""

from .activity import ActivityDay, ReminderChoice
from .avatar import Avatar
from .consent import Consent, Guardian
from .course_progress import CourseProgress, LessonAttempt, LessonProgress
from .drill_answer import DrillAnswer
from .error_ledger import ErrorLedgerEntry
from .exercise_batch import ExerciseBatch
from .exercise_item import ExerciseAttempt, ExerciseItem
from .learner_fact import LearnerFact, MemoryChoice
from .learner_profile import LearnerProfile
from .phoneme_mastery import PhonemeMastery, PracticeEvidence
from .placement import LevelEstimate, PlacementAnswer, PlacementTest
from .review_card import ReviewCard, ReviewLog, ReviewSetting
from .session_summary import SessionSummary
from .talk_access import TalkAccess
from .tutor_voice import TutorVoice
from .user import User
from .vocabulary import VocabularyItem

__all__ = [
    "ActivityDay",
    "Avatar",
    "Consent",
    "CourseProgress",
    "DrillAnswer",
    "ErrorLedgerEntry",
    "ExerciseAttempt",
    "ExerciseBatch",
    "ExerciseItem",
    "Guardian",
    "LearnerFact",
    "LearnerProfile",
    "LessonAttempt",
    "LessonProgress",
    "LevelEstimate",
    "MemoryChoice",
    "PhonemeMastery",
    "PlacementAnswer",
    "PlacementTest",
    "PracticeEvidence",
    "ReminderChoice",
    "ReviewCard",
    "ReviewLog",
    "ReviewSetting",
    "SessionSummary",
    "TalkAccess",
    "TutorVoice",
    "User",
    "VocabularyItem",
]
