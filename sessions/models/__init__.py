"""What is kept of a live session, and of reading aloud.

A TutoringSession has Turns in order; a Turn has a learner's Utterance and the tutor's
Utterances (one an attempt); an Utterance may have a Recording. A Turn that a person should
look at has a CareFlag. A ReadAloudAttempt stands alone and may have a Recording too.
Utterances and readings have PronunciationAssessments, one for each version of a scorer.
A RenderedClip is the video of a lesson. A PortraitPreparation says how far a portrait is
on its way to speaking, a CardExport how far a learner's file for Anki is. TalkStretches are
what limits count, a QueuePlace is a talk that waits for room.
"""

from .card_export import CardExport
from .care_flag import CareFlag
from .portrait_preparation import PortraitPreparation
from .pronunciation import PronunciationAssessment
from .read_aloud_attempt import ReadAloudAttempt
from .recording import Recording
from .rendered_clip import RenderedClip
from .talk_stretch import QueuePlace, TalkStretch
from .turn import Turn
from .tutoring_session import TutoringSession
from .utterance import Utterance

__all__ = [
    "CardExport",
    "CareFlag",
    "PortraitPreparation",
    "PronunciationAssessment",
    "QueuePlace",
    "ReadAloudAttempt",
    "Recording",
    "RenderedClip",
    "TalkStretch",
    "Turn",
    "TutoringSession",
    "Utterance",
]
