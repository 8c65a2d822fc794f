"""Measures of a talk: how long, how right, how it sounded, what was used."""

from __future__ import annotations

import math

from .facts import TurnFacts, WorkFacts
from .measured import Evidence, Found, Missing, proportion, scaled

# Voice detection adds or takes a little at the edges of each utterance.
LENGTH_ERROR = 0.05
MIN_WORDS = 30
MIN_SOUNDED = 3
MIN_TREATED = 2
MIN_TURNS = 3
# Mistakes in 100 words that reach no points, by level: a convention, not a finding.
MOST_MISTAKES = {"A1": 30.0, "A2": 24.0, "B1": 18.0, "B2": 14.0, "C1": 10.0, "C2": 8.0}
USUAL_MISTAKES = 20.0
# How many mistakes the analysis may miss or see wrongly, as a share of those found.
ANALYSIS_ERROR = 0.25
# Scores of the scorer that reach no points and all of them.
SCORE_NONE, SCORE_FULL = 40.0, 90.0
# A mean absolute error is this much smaller than a standard error.
MAE_TO_ERROR = 1.25
# Half of a scorer's error is about the voice and does not shrink with more turns.
OF_THE_VOICE = 0.5
# Not checked against experts for this kind of speech: the error may be twice as large.
UNCHECKED = 2.0
# Whoever uses so much of the words has done what was asked; nobody uses all.
WORDS_FULL = 0.6
HEARD_WRONG = 0.05


def minutes_spoken(facts: WorkFacts) -> Found:
    """Minutes of the learner's own voice, against the minutes that were asked."""
    if facts.turns is None:
        return Missing.NO_TALK
    if not facts.min_minutes:
        return Missing.NOTHING_ASKED
    minutes = sum(turn.speech_ms for turn in facts.said if not turn.typed) / 60_000
    longest = sorted(facts.said, key=lambda turn: (-turn.speech_ms, turn.index))
    return scaled(
        minutes,
        LENGTH_ERROR * minutes,
        none=0.0,
        full=float(facts.min_minutes),
        evidence=tuple(
            Evidence(turn.index, turn.at_ms, "long_turn", turn.speech_ms / 1000)
            for turn in longest[:3]
            if turn.speech_ms
        ),
    )


def errors_per_100_words(facts: WorkFacts) -> Found:
    """Mistakes found in a hundred words of what could be judged."""
    if facts.turns is None:
        return Missing.NO_TALK
    judged = [turn for turn in facts.said if turn.judged and not turn.is_delicate]
    if not judged:
        return Missing.NOT_JUDGED
    n_words = sum(len(turn.words) for turn in judged)
    if n_words < MIN_WORDS:
        return Missing.TOO_LITTLE
    found = [(turn, mistake) for turn in judged for mistake in turn.mistakes]
    # Of a count n the error is about the root of n, and of none it is not 0.
    counted = math.hypot(math.sqrt(len(found) + 1), ANALYSIS_ERROR * len(found))
    worst = sorted(found, key=lambda one: (_RANK.get(one[1].severity, 1), one[0].index))
    return scaled(
        100 * len(found) / n_words,
        100 * counted / n_words,
        none=MOST_MISTAKES.get(facts.level, USUAL_MISTAKES),
        full=0.0,
        evidence=tuple(
            Evidence(turn.index, turn.at_ms, f"mistake.{mistake.category}")
            for turn, mistake in worst
        ),
    )


_RANK = {"blocking": 0, "error": 1, "slip": 2}


def pronunciation_total(facts: WorkFacts) -> Found:
    """The scorer's overall rating of how the learner sounded, by length of the turns."""
    return _rating(facts, "total")


def fluency(facts: WorkFacts) -> Found:
    """The scorer's rating of fluency, by length of the turns."""
    return _rating(facts, "fluency")


def _rating(facts: WorkFacts, name: str) -> Found:
    if facts.turns is None:
        return Missing.NO_TALK
    rated = [
        (turn, turn.sounded)
        for turn in facts.said
        if turn.sounded is not None and not turn.other_voice
    ]
    if not rated:
        return Missing.NO_SCORES
    if len(rated) < MIN_SOUNDED:
        return Missing.TOO_LITTLE
    weights = [len(turn.words) for turn, _ in rated]
    values = [float(getattr(sounded, name)) for _, sounded in rated]
    whole = sum(weights)
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / whole
    n_alike = whole**2 / sum(w * w for w in weights)
    error = max(
        MAE_TO_ERROR * sounded.margin * (1.0 if sounded.validated else UNCHECKED)
        for _, sounded in rated
    )
    spread = sum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True))
    shrinking = (error**2 * (1 - OF_THE_VOICE) + spread / whole) / n_alike
    lowest = sorted(rated, key=lambda one: (float(getattr(one[1], name)), one[0].index))
    return scaled(
        mean,
        math.sqrt(error**2 * OF_THE_VOICE + shrinking),
        none=SCORE_NONE,
        full=SCORE_FULL,
        evidence=tuple(
            Evidence(turn.index, turn.at_ms, f"low_{name}", getattr(sounded, name))
            for turn, sounded in lowest[:3]
        ),
    )


def target_words_used(facts: WorkFacts) -> Found:
    """How many of the words that the lesson wants were used, as a share."""
    if facts.turns is None:
        return Missing.NO_TALK
    if not facts.target_words:
        return Missing.NOTHING_ASKED
    if len(facts.said) < MIN_TURNS:
        return Missing.TOO_LITTLE
    evidence = []
    for wanted in facts.target_words:
        first = next((turn for turn in facts.said if _uses(turn, wanted)), None)
        if first is not None:
            evidence.append(Evidence(first.index, first.at_ms, "word_used"))
    n = len(facts.target_words)
    # One word more or less, and what recognition heard as another word.
    error = math.hypot(0.5 / n, HEARD_WRONG)
    return scaled(
        len(evidence) / n, error, none=0.0, full=WORDS_FULL, evidence=tuple(evidence)
    )


def _uses(turn: TurnFacts, wanted: str) -> bool:
    """Whether a turn has the words in order; a word counts with an ending too."""
    parts = wanted.casefold().split()
    for at in range(len(turn.words) - len(parts) + 1):
        window = turn.words[at : at + len(parts)]
        if all(_is_form(said, part) for said, part in zip(window, parts, strict=True)):
            return True
    return False


def _is_form(said: str, wanted: str) -> bool:
    if said == wanted:
        return True
    ending = len(said) - len(wanted)
    return len(wanted) >= 4 and 0 < ending <= 3 and said.startswith(wanted)


def self_repair(facts: WorkFacts) -> Found:
    """Of the mistakes that the tutor took up, the share said right later on."""
    if facts.turns is None:
        return Missing.NO_TALK
    treated = [
        (turn, mistake)
        for turn in facts.said
        for mistake in turn.mistakes
        if mistake.repaired is not None
    ]
    if len(treated) < MIN_TREATED:
        return Missing.TOO_LITTLE
    share, error = proportion(sum(bool(m.repaired) for _, m in treated), len(treated))
    return scaled(
        share,
        error,
        none=0.0,
        full=1.0,
        evidence=tuple(
            Evidence(
                turn.index, turn.at_ms, "repaired" if m.repaired else "not_repaired"
            )
            for turn, m in treated
        ),
    )


def turns_answered(facts: WorkFacts) -> Found:
    """The share of turns in which the learner said something that could be understood."""
    if facts.turns is None:
        return Missing.NO_TALK
    asked = [turn for turn in facts.turns if turn.words or not turn.understood]
    if len(asked) < MIN_TURNS:
        return Missing.TOO_LITTLE
    lost = [turn for turn in asked if not turn.understood]
    share, error = proportion(len(asked) - len(lost), len(asked))
    return scaled(
        share,
        error,
        none=0.0,
        full=1.0,
        evidence=tuple(
            Evidence(turn.index, turn.at_ms, "not_understood") for turn in lost
        ),
    )


def goals_reached(facts: WorkFacts) -> Found:
    """The share of the goals that were reached, where at least half could be judged."""
    if not facts.goals:
        return Missing.NOTHING_ASKED
    if not facts.said:
        return Missing.NO_TALK
    known = [goal for goal in facts.goals if goal.reached is not None]
    if len(known) < len(facts.goals) / 2:
        return Missing.UNCLEAR
    share, error = proportion(
        sum(bool(goal.reached) for goal in known), len(facts.goals)
    )
    unknown = (len(facts.goals) - len(known)) / len(facts.goals)
    return scaled(
        # What is not known of is anywhere between not reached and reached.
        share + unknown / 2,
        math.hypot(error, unknown / 2),
        none=0.0,
        full=1.0,
        evidence=goal_evidence(facts),
    )


def goal_evidence(facts: WorkFacts) -> tuple[Evidence, ...]:
    """Return where each goal shows that was reached; its value is the goal's number."""
    moments = {turn.index: turn.at_ms for turn in facts.turns or ()}
    return tuple(
        Evidence(turn, moments.get(turn, 0), "goal_reached", number)
        for number, goal in enumerate(facts.goals, start=1)
        for turn in (goal.turns if goal.reached else ())
    )
