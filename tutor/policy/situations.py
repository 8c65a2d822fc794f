"""Recognises what a learner's turn is when it is not simply a turn of the talk.

The first that fits counts, in this order: safety before sense, sense before topic.

1. danger or despair, in any language known here
2. silence; orders to the tutor; private data of a minor
3. speech that the recogniser was not sure of: nothing below is built on guesses
4. work to be done for the learner; swearing
5. the wish to stop; goodbye
6. a question for a word or a meaning, a wish to hear it again
7. the learner's own language
8. the tutor's words said back; a turn that breaks off
9. something sad; a repair; any other question
10. singing, signs of listening; a subject far from the lesson
"""

from __future__ import annotations

from enum import StrEnum

from tutor.brief import LessonPlan
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn

from .heard import Heard, heard
from .hearing import (
    is_repaired,
    is_sad,
    is_silent,
    is_unclear,
    is_unfinished,
    says_goodbye,
    speaks_first_language,
)
from .protecting import is_danger, is_homework, is_injection, is_private, is_swearing
from .questions import asks_for_meaning, asks_how_to_say, asks_to_repeat, asks_tutor
from .topics import is_off_topic, repeats_tutor


class Situation(StrEnum):
    """What a turn is; ``TALK`` is the ordinary case."""

    TALK = "talk"
    SILENCE = "silence"
    DANGER = "danger"
    INJECTION = "injection"
    PRIVATE = "private"
    UNCLEAR = "unclear"
    HOMEWORK = "homework"
    SWEARING = "swearing"
    STOP = "stop"
    GOODBYE = "goodbye"
    HOW_TO_SAY = "how_to_say"
    MEANING = "meaning"
    ASKS_TO_REPEAT = "asks_to_repeat"
    FIRST_LANGUAGE = "first_language"
    REPEATS_TUTOR = "repeats_tutor"
    UNFINISHED = "unfinished"
    REPAIR = "repair"
    SAD = "sad"
    QUESTION = "question"
    SINGING = "singing"
    BACKCHANNEL = "backchannel"
    OFF_TOPIC = "off_topic"


def situation(
    turn: LearnerTurn, learner: Learner, plan: LessonPlan, state: TalkState
) -> Situation:
    """Say what a turn is, by data alone."""
    said = heard(turn, learner)
    return (
        _needs_care(said, learner, plan)
        or _ends_talk(said)
        or _wants_help(said, learner)
        or _keeps_from_teaching(said, learner, plan, state)
        or Situation.TALK
    )


def _needs_care(said: Heard, learner: Learner, plan: LessonPlan) -> Situation | None:
    if is_danger(said):
        return Situation.DANGER
    if is_injection(said, plan, learner):
        return Situation.INJECTION
    if is_silent(said):
        return Situation.SILENCE
    if is_private(said, learner):
        return Situation.PRIVATE
    if is_unclear(said):
        return Situation.UNCLEAR
    if is_homework(said):
        return Situation.HOMEWORK
    if is_swearing(said):
        return Situation.SWEARING
    return None


def _ends_talk(said: Heard) -> Situation | None:
    if said.has("stop") or said.has_in_l1("stop"):
        return Situation.STOP
    if says_goodbye(said):
        return Situation.GOODBYE
    return None


def _wants_help(said: Heard, learner: Learner) -> Situation | None:
    if asks_how_to_say(said):
        return Situation.HOW_TO_SAY
    if asks_for_meaning(said):
        return Situation.MEANING
    if asks_to_repeat(said):
        return Situation.ASKS_TO_REPEAT
    if speaks_first_language(said, learner):
        return Situation.FIRST_LANGUAGE
    return None


def _keeps_from_teaching(
    said: Heard, learner: Learner, plan: LessonPlan, state: TalkState
) -> Situation | None:
    if repeats_tutor(said, state):
        return Situation.REPEATS_TUTOR
    if is_unfinished(said):
        return Situation.UNFINISHED
    if is_sad(said):
        return Situation.SAD
    if is_repaired(said):
        return Situation.REPAIR
    if asks_tutor(said):
        return Situation.QUESTION
    if said.is_only("singing"):
        return Situation.SINGING
    if said.is_only("backchannel"):
        return Situation.BACKCHANNEL
    if is_off_topic(said, learner, plan, state):
        return Situation.OFF_TOPIC
    return None
