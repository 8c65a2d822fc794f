"""Decides whether a learner who fell silent has finished, and how long to wait.

Two questions, one after the other. What do level, voice and words say about the end of the
turn? Their evidence adds up as logarithms of odds. And if it should not be over, how many of
this learner's pauses last longer than the silence so far? The turn ends when the risk that
the learner would have gone on falls below a limit. docs/turn_taking.md explains the numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from tutor.learner import Level

from .asked import Asked, asked_by
from .endings import Ending, ending_of, may_be_guessed
from .pauses import Pauses, expected_pauses
from .turn_words import turn_words, words_of


@dataclass(frozen=True, slots=True)
class TurnTakingSettings:
    """Limits of waiting, in milliseconds after the last voiced sample.

    ``risk`` is the greatest accepted probability that the learner would have gone on.
    ``shortest_ms`` is the least wait after a complete answer or question, ``statement_ms``
    after all else: an answer takes as long to begin, and a clause may follow.
    ``thinking_ms`` is the longest wait after words that a turn does not end with,
    ``unsure_ms`` after any others.
    ``pause_ms`` ends a turn of which nothing but its silence is known. ``words_ms`` is how
    long words that are being recognised are waited for: nothing can be answered without them.
    """

    risk: float = 0.05
    shortest_ms: float = 250
    statement_ms: float = 400
    pause_ms: float = 600
    words_ms: float = 2_000
    unsure_ms: float = 2_500
    thinking_ms: float = 5_500


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known while the learner is silent.

    ``end_probability`` is a turn detector's, ``text`` the words of the turn so far, all of
    them; None: not known, or not yet (``awaits_words``). ``last_confidence`` is how sure the
    recogniser is of the last of them, in [0, 1]; None: it does not say.
    """

    silence_ms: float
    end_probability: float | None = None
    text: str | None = None
    awaits_words: bool = False
    last_confidence: float | None = None
    tutor_speaks: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the turn is over.

    ``probability`` that it is, with the silence so far. ``wait_ms`` is the silence after
    which it ends if nothing else is heard. What is heard is no turn (``is_turn``) where the
    learner only told the tutor to go on, or made a sound without words: it neither ends
    anything nor interrupts, and is forgotten.
    """

    probability: float
    wait_ms: float
    ending: Ending
    is_turn: bool = True

    def is_over(self, silence_ms: float) -> bool:
        """Whether the turn ends at this silence."""
        return self.is_turn and silence_ms >= self.wait_ms


# Pauses within turns that a level's learners are expected to make: median in ms and spread.
EXPECTED = {
    Level.A1: expected_pauses(900, 0.80),
    Level.A2: expected_pauses(800, 0.80),
    Level.B1: expected_pauses(650, 0.75),
    Level.B2: expected_pauses(550, 0.70),
    Level.C1: expected_pauses(480, 0.65),
    Level.C2: expected_pauses(450, 0.60),
}
# Evidence, as logarithms of odds that the turn is over. Of a pause, by level: the more often
# somebody stops within turns, the less one pause says.
_OF_LEVEL = {
    Level.A1: -0.2,
    Level.A2: 0.0,
    Level.B1: 0.2,
    Level.B2: 0.4,
    Level.C1: 0.5,
    Level.C2: 0.6,
}
_OF_ENDING = {
    Ending.MID_CLAUSE: -3.0,
    Ending.FILLER: -3.0,
    Ending.GUESSED: -1.5,
    Ending.RESTART: -2.0,
    Ending.MAY_GO_ON: -1.8,
    Ending.SHORT: -1.0,
    Ending.PLAIN: 0.3,
    Ending.LONE: 2.0,
    Ending.CLOSED: 1.5,
    Ending.ANSWER: 3.0,
}
# How far the recogniser's confidence in the last word counts, within which odds, and what is
# taken for it where it says nothing.
_CONFIDENCE_WEIGHT = 0.32
_CONFIDENCE_LIMITS = (-2.0, 4.6)
_CONFIDENCE_UNKNOWN = 1.5
_BY_LAST_WORD = (Ending.MAY_GO_ON, Ending.SHORT, Ending.PLAIN, Ending.CLOSED)
# The more words of a turn there are, the likelier it is that they are all.
_OF_EACH_WORD = 0.12
_USUAL_WORDS, _MANY_WORDS = 5, 10
# Learners' melody misleads a detector of native speakers: it is not believed wholly, least
# where words say that they are all. It counts most where no words are known.
_DETECTOR_LIMIT = 4.0
_DETECTOR_WEIGHT = 0.2
_DETECTOR_WEIGHTS = {
    Ending.UNKNOWN: 0.8,
    Ending.ANSWER: 0.1,
    Ending.LONE: 0.1,
    Ending.CLOSED: 0.1,
}
# Nothing is missing from these, while a clause may follow any statement.
_COMPLETE = frozenset({Ending.ANSWER, Ending.LONE, Ending.CLOSED})
# After these some stop to think for seconds, whatever their other pauses are like.
_THINKING = {Ending.MID_CLAUSE: 0.25, Ending.FILLER: 0.25, Ending.GUESSED: 0.25}
# But nobody stops to think after words that were guessed at and sound as finished as this.
_FINISHED = 0.9


class TurnTaking:
    """The decisions of one talk. ``pauses`` are the learner's, and grow."""

    def __init__(
        self,
        *,
        language: str,
        level: Level,
        pauses: Pauses | None = None,
        settings: TurnTakingSettings | None = None,
    ) -> None:
        self.pauses = pauses or Pauses()
        self.asked = Asked.NOTHING
        self._ending = Ending.UNKNOWN
        self._words = turn_words(language)
        self._level = level
        self._settings = settings or TurnTakingSettings()

    def tutor_said(self, text: str) -> None:
        """Note what the learner is about to answer."""
        self.asked = asked_by(text, self._words)

    def paused(self, ms: float) -> None:
        """Note that the learner went on after the pause that was decided about last.

        Thinking inside a clause is no measure for pauses at places where a turn may end.
        """
        if self._ending not in _THINKING:
            self.pauses = self.pauses.with_pause(ms)

    @property
    def words_wait_ms(self) -> float:
        """How long words that are being recognised are waited for, at most."""
        return self._settings.words_ms

    def decide(self, heard: Heard) -> Decision:
        """Return whether the turn is over and how long to wait for its end."""
        ending = ending_of(
            heard.text, self.asked, self._words, tutor_speaks=heard.tutor_speaks
        )
        guessed = may_be_guessed(ending, heard.text or "", heard.last_confidence)
        # Names are never sure.
        if guessed and self.asked is not Asked.NAME:
            ending = Ending.GUESSED
        self._ending = ending
        evidence = (
            _OF_LEVEL[self._level]
            + _OF_ENDING.get(ending, 0.0)
            + _of_last_word(heard.last_confidence, ending)
            + _of_length(heard.text, ending)
            + _of_detector(heard.end_probability, ending)
        )
        wait_ms = self._wait_ms(evidence, ending, heard)
        thinking = _thinking(ending, heard.end_probability)
        goes_on = math.exp(-evidence) * self._stays_silent(heard.silence_ms, thinking)
        return Decision(
            probability=1 / (1 + goes_on),
            wait_ms=wait_ms,
            ending=ending,
            is_turn=ending not in (Ending.BACK_CHANNEL, Ending.NO_WORDS),
        )

    def _wait_ms(self, evidence: float, ending: Ending, heard: Heard) -> float:
        limits = self._settings
        if heard.awaits_words:
            return limits.words_ms
        if ending is Ending.UNKNOWN and heard.end_probability is None:
            # Silence is all there is: as long as most of the learner's pauses last.
            most_ms = self._own().quantile_ms(0.5)
            return min(limits.unsure_ms, max(limits.pause_ms, most_ms))
        thinking = _thinking(ending, heard.end_probability)
        longest_ms = limits.thinking_ms if thinking else limits.unsure_ms
        # Odds of going on that the accepted risk allows, against the evidence.
        allowed = math.exp(evidence) * limits.risk / (1 - limits.risk)
        shortest_ms = limits.shortest_ms if ending in _COMPLETE else limits.statement_ms
        if allowed >= 1:
            return shortest_ms
        left = (allowed - thinking) / (1 - thinking)
        if left <= 0:
            return longest_ms
        wait_ms = self._own().quantile_ms(1 - left)
        return min(longest_ms, max(shortest_ms, wait_ms))

    def _stays_silent(self, silence_ms: float, thinking: float) -> float:
        """Return how many of the pauses within turns last longer than this."""
        thinks = thinking if silence_ms < self._settings.thinking_ms else 0.0
        return thinks + (1 - thinking) * self._own().longer_than(silence_ms)

    def _own(self) -> Pauses:
        return self.pauses.blended(EXPECTED[self._level])


def _thinking(ending: Ending, end_probability: float | None) -> float:
    if ending is Ending.GUESSED and (end_probability or 0.0) >= _FINISHED:
        return 0.0
    return _THINKING.get(ending, 0.0)


def _of_last_word(confidence: float | None, ending: Ending) -> float:
    if ending not in _BY_LAST_WORD:
        return 0.0
    low, high = _CONFIDENCE_LIMITS
    odds = _CONFIDENCE_UNKNOWN if confidence is None else _log_odds(confidence)
    return _CONFIDENCE_WEIGHT * min(high, max(low, odds))


def _of_length(text: str | None, ending: Ending) -> float:
    if ending is not Ending.PLAIN or text is None:
        return 0.0
    return _OF_EACH_WORD * (min(_MANY_WORDS, len(words_of(text))) - _USUAL_WORDS)


def _of_detector(probability: float | None, ending: Ending) -> float:
    if probability is None:
        return 0.0
    odds = min(_DETECTOR_LIMIT, max(-_DETECTOR_LIMIT, _log_odds(probability)))
    return _DETECTOR_WEIGHTS.get(ending, _DETECTOR_WEIGHT) * odds


def _log_odds(probability: float) -> float:
    kept = min(1 - 1e-6, max(1e-6, probability))
    return math.log(kept / (1 - kept))
