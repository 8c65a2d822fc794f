"""Which badly pronounced word to model, if any."""

from __future__ import annotations

from tutor.history import TalkState
from tutor.learner import LearnerTurn, SoundProblem
from tutor.moves import MoveKind

from .heard import words_of

# The scorer's probability that the sound was wrong; below this it is not sure enough.
_CONFIDENT = 0.8
# A word that may not have been said at all is no example of a sound.
_HEARD = 0.5
# The same sound again only after so many turns.
_PAUSE = 3


def sound_to_model(
    turn: LearnerTurn, state: TalkState, produced: tuple[str, ...]
) -> SoundProblem | None:
    """Return the clearest problem of the turn; never in two turns running.

    Words of the lesson (``produced``) come first.
    """
    if not turn.spoken or (
        state.turns and state.turns[-1].move is MoveKind.MODEL_SOUND
    ):
        return None
    lately = {past.sound for past in state.turns[-_PAUSE:] if past.sound}
    lesson = {word for item in produced for word in words_of(item)}
    problems = [
        sound
        for sound in turn.sounds
        if sound.word
        and sound.probability >= _CONFIDENT
        and sound.phoneme not in lately
        and _was_heard(sound.word, turn)
    ]
    return max(
        problems,
        key=lambda sound: (
            not lesson.isdisjoint(words_of(sound.word)),
            sound.probability,
        ),
        default=None,
    )


def _was_heard(word: str, turn: LearnerTurn) -> bool:
    wanted = words_of(word)
    figures = [
        heard.confidence for heard in turn.words if words_of(heard.text) == wanted
    ]
    return not figures or max(figures) >= _HEARD
