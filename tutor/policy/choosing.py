"""Chooses the tutor's move. The same turn and history always give the same move.

What comes first, and why:

 1. Danger or despair: CARE. Nothing else matters then, and a person should look.
 2. The time is up: CLOSE, once. What the learner still says is answered as usual.
 3. Orders to the tutor, a minor's private data, homework to be done, swearing: DECLINE.
 4. The learner wants to stop or says goodbye: CLOSE.
 5. Silence, a turn that breaks off, the tutor's words said back: ENCOURAGE; a turn that was
    not understood: REPEAT. Neither goes on for ever: the tutor then says something easier.
 6. The learner spoke their own language: BRIDGE.
 7. A question: ANSWER, unless it comes with something sad. A mistake that hides the meaning is treated before a question that
    is not about the language; so is any due mistake when the last move was an answer too.
 8. Off topic, or singing, for the second time running: STEER.
 9. Something sad, and the turn after that or after CARE: CONTINUE, without any teaching.
    Singing: CONTINUE; the tutor lets the talk go on.
10. A mistake that blocks understanding: a correction.
11. In a lesson, a planned word whose last moment has come (REUSE at the second turn,
    INTRODUCE at the fourth exchange): corrections never push new words out of it.
12. Any other mistake that is due (``corrections.py``), unless the learner is repairing.
13. A repair of what was treated before: PRAISE.
14. A mistake of the turn before that was found after its answer: ELICIT (``late.py``).
15. A badly pronounced word, heard confidently: MODEL_SOUND.
16. A planned word that may come now: REUSE, then INTRODUCE.
17. Good words of the learner: PRAISE. Only in turns that were judged and are right.
18. CONTINUE.
"""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn
from tutor.moves import Move, MoveKind

from .cadence import PlannedWord, planned_word
from .corrections import Correction, due_correction
from .late import late_elicit
from .praising import Praise, praise_for_repair, praise_for_words
from .progress import produced_items
from .situations import Situation, situation
from .sounds import sound_to_model
from .topics import was_off_topic

_DECLINED = {
    Situation.INJECTION: "The learner gave the tutor orders; the lesson stays a lesson.",
    Situation.PRIVATE: "The learner told something private; it is better kept private.",
    Situation.HOMEWORK: "The learner wants work done that they should do themselves.",
    Situation.SWEARING: "The learner used rude words.",
}
_ENDED = {
    Situation.STOP: "The learner wants to stop.",
    Situation.GOODBYE: "The learner says goodbye.",
}
_ASKED = {
    Situation.HOW_TO_SAY: "The learner asks how to say something.",
    Situation.MEANING: "The learner asks what something means.",
    Situation.ASKS_TO_REPEAT: "The learner did not follow: say it again, more simply.",
}
_WAITED = {
    Situation.SILENCE: "The learner is silent or thinking: give time.",
    Situation.UNFINISHED: "The learner is still looking for words: give time.",
    Situation.REPEATS_TUTOR: "The learner said the tutor's words back: invite their own.",
}
_MOST_WAITS = 2
# What the turn after a sad one is called: it is answered as gently.
AFTER_SAD = "after_sad"


def choose(
    turn: LearnerTurn,
    analysis: Analysis,
    state: TalkState,
    learner: Learner,
    plan: LessonPlan,
) -> Move:
    """Return the move that answers a turn. ``state`` is the history before the turn."""
    found = situation(turn, learner, plan, state)
    correction = due_correction(analysis, state, learner, plan)
    move = (
        _for_situation(found, state, learner, plan)
        or _for_question(found, state, correction, learner)
        or _for_topic(found, state)
        or _teaching(found, turn, analysis, state, learner, plan, correction)
    )
    named = "" if found is Situation.TALK else found.value
    return replace(move, situation=move.situation or named)


def _for_situation(
    found: Situation, state: TalkState, learner: Learner, plan: LessonPlan
) -> Move | None:
    """Return the move of steps 1 to 6, which do not look at mistakes."""
    basic = learner.level.is_basic
    if found is Situation.DANGER:
        reason = "The learner may be in danger or despair: a person should look."
        return Move(MoveKind.CARE, use_l1=basic, flag_teacher=True, reason=reason)
    if _time_is_up(state, plan):
        return Move(MoveKind.CLOSE, reason="The time of this talk is up.")
    if found in _DECLINED:
        return Move(MoveKind.DECLINE, reason=_DECLINED[found])
    if found in _ENDED:
        return Move(MoveKind.CLOSE, reason=_ENDED[found])
    if found in _WAITED:
        if _run_of(MoveKind.ENCOURAGE, state) < _MOST_WAITS:
            return Move(MoveKind.ENCOURAGE, reason=_WAITED[found])
        return _easier()
    if found is Situation.UNCLEAR:
        if _run_of(MoveKind.REPEAT, state) < _MOST_WAITS:
            return Move(MoveKind.REPEAT, reason="The learner could not be understood.")
        return _easier()
    if found is Situation.FIRST_LANGUAGE:
        reason = "The learner spoke their own language: help them to say it here."
        return Move(MoveKind.BRIDGE, use_l1=basic, reason=reason)
    return None


def _for_question(
    found: Situation, state: TalkState, correction: Correction | None, learner: Learner
) -> Move | None:
    """Return an answer, or a correction that must come before it (step 7)."""
    if found in _ASKED:
        return Move(MoveKind.ANSWER, reason=_ASKED[found])
    if found is not Situation.QUESTION:
        return None
    again = _run_of(MoveKind.ANSWER, state) > 0
    if correction is not None and (correction.blocking or again):
        return _corrected(correction, learner)
    return Move(MoveKind.ANSWER, reason="The learner asks something.")


def _for_topic(found: Situation, state: TalkState) -> Move | None:
    """Return the way back to the lesson, or the talk as it goes (steps 8 and 9)."""
    last = state.turns[-1] if state.turns else None
    if found in (Situation.OFF_TOPIC, Situation.SINGING):
        if was_off_topic(state):
            reason = "The learner has been off the lesson for two turns."
            return Move(MoveKind.STEER, reason=reason)
        if found is Situation.SINGING:
            return Move(
                MoveKind.CONTINUE, reason="The learner sings; the talk goes on."
            )
    if found is Situation.SAD:
        reason = "The learner told something sad: no teaching now."
        return Move(MoveKind.CONTINUE, reason=reason)
    if last and (last.move is MoveKind.CARE or last.sad):
        reason = "The learner told something hard just before: no teaching now."
        return Move(MoveKind.CONTINUE, situation=AFTER_SAD, reason=reason)
    return None


def _teaching(
    found: Situation,
    turn: LearnerTurn,
    analysis: Analysis,
    state: TalkState,
    learner: Learner,
    plan: LessonPlan,
    correction: Correction | None,
) -> Move:
    """Return the move of steps 10 to 18."""
    produced = produced_items(turn, plan)
    word = planned_word(state, plan, produced, analysis)
    if found is Situation.REPAIR:
        going_on = "The learner repaired their own words: no correction."
        return _planned(word) if word else Move(MoveKind.CONTINUE, reason=going_on)
    if word and word.pressing and not (correction and correction.blocking):
        return _planned(word)
    if correction:
        return _corrected(correction, learner)
    repaired = praise_for_repair(turn, analysis, state)
    if repaired:
        return _praised(repaired)
    late = late_elicit(turn, state, learner, plan)
    if late:
        return late
    sound = sound_to_model(turn, state, produced)
    if sound:
        reason = "A word was hard to say: the tutor uses it again, well spoken."
        return Move(MoveKind.MODEL_SOUND, sound=sound, reason=reason)
    if word:
        return _planned(word)
    praise = praise_for_words(turn, analysis, state, learner, plan)
    if praise:
        return _praised(praise)
    return Move(MoveKind.CONTINUE, reason=_why_nothing(found, analysis))


def _why_nothing(found: Situation, analysis: Analysis) -> str:
    if found is Situation.BACKCHANNEL:
        return "The learner only shows that they listen."
    if not analysis.judged:
        return "The turn could not be judged: the talk goes on."
    if analysis.findings:
        return "No mistake is treated here, so that the talk lives."
    return "Nothing needs treatment: the talk goes on."


def _corrected(correction: Correction, learner: Learner) -> Move:
    return Move(
        correction.kind,
        findings=correction.findings,
        use_l1=correction.kind is MoveKind.EXPLAIN and learner.level.is_basic,
        reason=correction.reason,
    )


def _planned(word: PlannedWord) -> Move:
    return Move(word.kind, item=word.item, reason=word.reason)


def _praised(praise: Praise) -> Move:
    return Move(MoveKind.PRAISE, praise_for=praise.words, reason=praise.reason)


def _easier() -> Move:
    reason = "Waiting and asking again did not help: go on with something easier."
    return Move(MoveKind.CONTINUE, reason=reason)


def _time_is_up(state: TalkState, plan: LessonPlan) -> bool:
    closed = any(turn.move is MoveKind.CLOSE for turn in state.turns)
    return 0 < plan.minutes <= state.minutes and not closed


def _run_of(kind: MoveKind, state: TalkState) -> int:
    """How many of the last turns in a row were answered by this move."""
    run = 0
    for turn in reversed(state.turns):
        if turn.move is not kind:
            break
        run += 1
    return run
