"""The people: a User signs in; a LearnerProfile says who learns what, and consents.

A PhonemeMastery says how well a learner pronounces a phoneme, from PracticeEvidence.
What the tutor remembers of a learner: mistakes (ErrorLedgerEntry), words (VocabularyItem),
what they told (LearnerFact, if their MemoryChoice allows it), past sessions
(SessionSummary).
"""

from .error_ledger import ErrorLedgerEntry
from .learner_fact import LearnerFact, MemoryChoice
from .learner_profile import LearnerProfile
from .phoneme_mastery import PhonemeMastery, PracticeEvidence
from .session_summary import SessionSummary
from .user import User
from .vocabulary import VocabularyItem

__all__ = [
    "ErrorLedgerEntry",
    "LearnerFact",
    "LearnerProfile",
    "MemoryChoice",
    "PhonemeMastery",
    "PracticeEvidence",
    "SessionSummary",
    "User",
    "VocabularyItem",
]
