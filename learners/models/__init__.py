"""The people: a User signs in; a LearnerProfile says who learns what, and consents.

A PhonemeMastery says how well a learner pronounces a phoneme, from PracticeEvidence.
"""

from .learner_profile import LearnerProfile
from .phoneme_mastery import PhonemeMastery, PracticeEvidence
from .user import User

__all__ = ["LearnerProfile", "PhonemeMastery", "PracticeEvidence", "User"]
