"""The people: a User signs in; a LearnerProfile says who learns what, and consents."""

from .learner_profile import LearnerProfile
from .user import User

__all__ = ["LearnerProfile", "User"]
