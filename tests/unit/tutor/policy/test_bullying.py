"""Learners who are beaten, bullied or threatened, and what only sounds like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import Move, MoveKind
from tutor.policy.choosing import choose

from .talks import FREE, analysis

SAID = yaml.safe_load(Path(__file__).with_name("hurt.yaml").read_text("utf-8"))


def sentences(of: str) -> list[tuple[str, str]]:
    return [(tag, text) for tag, texts in SAID[of].items() for text in texts]


def answer(language: str, text: str) -> Move:
    pupil = Learner(l1="ja", l2=language, level=Level.A2)
    return choose(LearnerTurn(text), analysis(text=text), TalkState(), pupil, FREE)


@pytest.mark.parametrize(("language", "text"), sentences("told"))
def test_a_learner_who_is_hurt_is_cared_for(language: str, text: str) -> None:
    move = answer(language, text)
    assert (move.kind, move.flag_teacher) == (MoveKind.CARE, True)


@pytest.mark.parametrize(("language", "text"), sentences("harmless"))
def test_games_stories_and_figures_of_speech_alarm_nobody(
    language: str, text: str
) -> None:
    move = answer(language, text)
    assert move.kind is not MoveKind.CARE
    assert not move.flag_teacher
