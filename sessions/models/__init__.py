"""What is kept of a live session.

A TutoringSession has Turns in order; a Turn has a learner's Utterance and the tutor's
Utterances (one an attempt); an Utterance may have a Recording.
"""

from .recording import Recording
from .turn import Turn
from .tutoring_session import TutoringSession
from .utterance import Utterance

__all__ = ["Recording", "Turn", "TutoringSession", "Utterance"]
