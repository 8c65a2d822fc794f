"""Whether a turn belongs to the lesson, leaves it, or only says the tutor's words back."""

from __future__ import annotations

from tutor.brief import LessonPlan
from tutor.history import TalkState
from tutor.learner import Learner
from tutor.moves import MoveKind

from .heard import Heard, content_stems, words_of

# So many words about something else, and none about the lesson or the tutor's question.
_FAR_WORDS = 6
# Fewer are enough to go on about something else.
_STILL_FAR_WORDS = 3
_ECHO_WORDS = 3
_ECHO_SHARE = 0.8
# After these, saying the tutor's words is what the learner should do.
_TO_BE_REPEATED = frozenset(
    {
        *(MoveKind.RECAST, MoveKind.EXPLAIN, MoveKind.MODEL_SOUND, MoveKind.INTRODUCE),
        *(MoveKind.REUSE, MoveKind.ANSWER, MoveKind.BRIDGE),
    }
)


def lesson_stems(plan: LessonPlan, learner: Learner) -> frozenset[str]:
    """Return the beginnings of all words that the lesson is about."""
    texts = [plan.title, plan.situation, plan.tutor_role, *plan.goals]
    texts += [item.text for item in plan.items]
    own = content_stems(" ".join(texts), learner.l2)
    topics = frozenset(
        word[:5] for topic in plan.topic_words for word in words_of(topic)
    )
    return own | topics


def is_off_topic(
    heard: Heard, learner: Learner, plan: LessonPlan, state: TalkState
) -> bool:
    """The turn is far from the lesson. Without topic words everything is on topic.

    Learners answer in words that no lesson lists, so that a turn is far only if it asks to
    leave, names a theme that the lesson does not touch, or is long and shares nothing with
    the lesson or with what the tutor said last. A learner who was off the lesson just
    before is back with the first word of it, or by answering a tutor who spoke of it.
    """
    if not plan.topic_words:
        return False
    lesson = lesson_stems(plan, learner)
    said = content_stems(heard.plain, learner.l2)
    if said & lesson:
        return False
    if heard.has("leaves_topic") or _foreign_themes(heard, lesson):
        return True
    asked = content_stems(state.last_reply, learner.l2)
    if was_off_topic(state) and asked.isdisjoint(lesson):
        return len(said) >= _STILL_FAR_WORDS
    if not state.last_reply or len(said) < _FAR_WORDS:
        return False
    return said.isdisjoint(asked)


def was_off_topic(state: TalkState) -> bool:
    """Whether the learner left the lesson just before, and was not yet steered back."""
    last = state.turns[-1] if state.turns else None
    return last is not None and last.off_topic and last.move is not MoveKind.STEER


def _foreign_themes(heard: Heard, lesson: frozenset[str]) -> bool:
    if heard.l2 is None:
        return False
    words = frozenset(heard.words)
    return any(
        words & theme and lesson.isdisjoint(word[:5] for word in theme)
        for theme in heard.l2.themes.values()
    )


def repeats_tutor(heard: Heard, state: TalkState) -> bool:
    """The learner says the tutor's last words back instead of answering."""
    if len(heard.words) < _ECHO_WORDS or not state.last_reply:
        return False
    if state.turns and state.turns[-1].move in _TO_BE_REPEATED:
        return False
    runs = _runs(words_of(state.last_reply))
    own = _runs(heard.words)
    return len(own & runs) >= _ECHO_SHARE * len(own)


def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        words[place : place + _ECHO_WORDS]
        for place in range(len(words) - _ECHO_WORDS + 1)
    )
