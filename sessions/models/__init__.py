"""What is kept of a live session, and of reading aloud.

A TutoringSession has Turns in order; a Turn has a learner's Utterance and the tutor's
Utterances (one an attempt); an Utterance may have a Recording. A ReadAloudAttempt stands
alone and may have a Recording too. Both have PronunciationAssessments, one for each
version of a scorer.
"""

from .pronunciation import PronunciationAssessment
from .read_aloud_attempt import ReadAloudAttempt
from .recording import Recording
from .turn import Turn
from .tutoring_session import TutoringSession
from .utterance import Utterance

__all__ = [
    "PronunciationAssessment",
    "ReadAloudAttempt",
    "Recording",
    "Turn",
    "TutoringSession",
    "Utterance",
]
