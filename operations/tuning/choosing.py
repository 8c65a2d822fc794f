"""From what a host can do to the settings that hold the target on it. No clock, no engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inference.types.speech import Effort
from sessions.turns.budget import Budget, Part, Step

from .expecting import (
    CLAUSE_TOKENS,
    LEAST_WAIT_MS,
    SENTENCE_TOKENS,
    Expected,
    expected,
)
from .figures import BEAMS, HostFigures, RecognitionTime, Situation, WritingSpeed

# More threads have to be worth it: they are taken from whatever else runs.
WORTH = 1.10
# After so short a silence most are no pauses; a slow recogniser should not begin for each.
LEAST_CANDIDATE_MS = 120.0
USUAL_CANDIDATE_MS = 200.0
QUICK_S = 0.25
# Looks at unfinished speech take a third of the recogniser's time at most.
LOOKS_APART = 3.0
PARTIAL_MS = (400.0, 3000.0)
# A video of the face may take so much of all cores, beside everything else.
FACE_SHARE = 0.15
# A sentence that takes so many times longer than measured is not waited for.
PATIENCE = 2.5
DEADLINE_S = (1.5, 6.0)
# Scores that take longer are in the model's way on the same cores.
SCORING_S = 0.15
# Answers begun for one utterance before it is certain that it is over.
SPECULATION = 3
FACES = ("cpu_head", "none")

Measured = TypeVar("Measured", RecognitionTime, WritingSpeed)


@dataclass(frozen=True, slots=True)
class Tuning:
    """The settings by their variables, what they rest on, and what is to be expected.

    ``is_heard_late``: even the quickest way of recognising misses its share.
    """

    settings: dict[str, str]
    recognition: RecognitionTime
    writing: WritingSpeed
    speculation: int
    steps: frozenset[Step]
    expected: Expected
    is_heard_late: bool


def choose(figures: HostFigures, situation: Situation) -> Tuning:
    """Return what suits a host."""
    budget = Budget(situation.target_ms)
    recognition, is_heard_late = _recognition(figures.recognition, budget)
    writing = _fewest_threads(figures.writing, lambda one: one.clause_s(CLAUSE_TOKENS))
    candidate_ms = _candidate_ms(recognition.seconds, situation)
    words_ms = candidate_ms + 1000 * recognition.seconds
    speculation = _speculation(figures, words_ms, situation)
    steps = _steps(figures, writing, budget)
    values = {
        "TUTOR_CANDIDATE_SILENCE_MS": f"{candidate_ms:.0f}",
        "TUTOR_PARTIAL_EVERY_MS": f"{_partial_every_ms(recognition.partial_s):.0f}",
        "TUTOR_CLAUSE_DEADLINE_S": f"{_deadline_s(writing):.1f}",
        "TUTOR_SPECULATION": str(speculation),
        "TUTOR_BUDGET_ALWAYS": ",".join(step.value for step in Step if step in steps),
    }
    if "transcriber" not in situation.fixed:
        values["TUTOR_WHISPER_MODEL"] = recognition.model
        values["TUTOR_WHISPER_BEAM"] = str(BEAMS[recognition.effort])
        values["TUTOR_WHISPER_THREADS"] = str(recognition.threads)
    if "dialogue" not in situation.fixed:
        values["TUTOR_LLM_THREADS"] = str(writing.threads)
    if situation.face in FACES and figures.face_cores is not None:
        values["TUTOR_FACE_RENDERER"] = _face(figures)
    return Tuning(
        settings=dict(sorted(values.items())),
        recognition=recognition,
        writing=writing,
        speculation=speculation,
        steps=steps,
        expected=expected(
            figures,
            writing,
            situation,
            words_ms=words_ms,
            speculates=speculation > 0,
        ),
        is_heard_late=is_heard_late,
    )


def _recognition(
    measured: Sequence[RecognitionTime], budget: Budget
) -> tuple[RecognitionTime, bool]:
    """Return the largest model whose transcript comes in time, and whether none does.

    A larger model hears better than a wider beam, and a beam of five was measured to hear
    no better than one of two; a beam of one hears worse, so it is the last resort.
    """
    share_ms = budget.share_ms(Part.DECISION) + budget.share_ms(Part.RECOGNITION)
    within_s = (share_ms - USUAL_CANDIDATE_MS) / 1000
    for effort in (Effort.USUAL, Effort.QUICK):
        best = _best_of_each_model([one for one in measured if one.effort is effort])
        fitting = [one for one in best if one.seconds <= within_s]
        if fitting:
            # The slower of two models is the larger one.
            return max(fitting, key=lambda one: one.seconds), False
    return min(measured, key=lambda one: one.seconds), True


def _best_of_each_model(measured: Sequence[RecognitionTime]) -> list[RecognitionTime]:
    by_model: dict[str, list[RecognitionTime]] = {}
    for one in measured:
        by_model.setdefault(one.model, []).append(one)
    return [
        _fewest_threads(each, lambda one: one.seconds) for each in by_model.values()
    ]


def _fewest_threads(
    measured: Sequence[Measured], seconds: Callable[[Measured], float]
) -> Measured:
    """Return what has the fewest threads of all that are nearly as quick as the best."""
    within_s = WORTH * min(seconds(one) for one in measured)
    good = [one for one in measured if seconds(one) <= within_s]
    return min(good, key=lambda one: one.threads)


def _candidate_ms(recognition_s: float, situation: Situation) -> float:
    """Return the silence after which recognition begins: early enough to be done in time."""
    end_ms = LEAST_WAIT_MS if situation.words_decide else situation.end_silence_ms
    latest_ms = end_ms - 1000 * recognition_s
    least_ms = LEAST_CANDIDATE_MS if recognition_s <= QUICK_S else USUAL_CANDIDATE_MS
    return 10 * round(_within(latest_ms, least_ms, USUAL_CANDIDATE_MS) / 10)


def _partial_every_ms(partial_s: float) -> float:
    return 100 * round(_within(1000 * LOOKS_APART * partial_s, *PARTIAL_MS) / 100)


def _deadline_s(writing: WritingSpeed) -> float:
    return (
        round(2 * _within(PATIENCE * writing.clause_s(SENTENCE_TOKENS), *DEADLINE_S))
        / 2
    )


def _speculation(figures: HostFigures, words_ms: float, situation: Situation) -> int:
    """Return how many answers may be begun too soon.

    None where nothing is known before the turn is over anyway, or where one core has to
    listen meanwhile. The slower the model the more is gained; what is not wanted is stopped
    within a token.
    """
    known_late = not situation.words_decide and words_ms >= situation.end_silence_ms
    if known_late or (figures.cores < 2 and figures.own_model):
        return 0
    return SPECULATION


def _steps(
    figures: HostFigures, writing: WritingSpeed, budget: Budget
) -> frozenset[Step]:
    """Return what a talk should do from its beginning rather than find out."""
    steps = set()
    if 1000 * writing.clause_s(CLAUSE_TOKENS) > budget.share_ms(Part.MODEL):
        steps.add(Step.MORE_OPENERS)
        if figures.own_model and (figures.scoring_s or 0.0) > SCORING_S:
            steps.add(Step.LATER_SCORES)
    if 1000 * figures.voice_s > budget.share_ms(Part.VOICE):
        steps.add(Step.SHORT_CLAUSE)
    return frozenset(steps)


def _face(figures: HostFigures) -> str:
    cores = figures.face_cores
    affordable = cores is not None and cores <= FACE_SHARE * figures.cores
    return "cpu_head" if affordable and figures.face_keeps_up else "none"


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)
