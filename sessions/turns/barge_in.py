"""Whether a sound over the tutor's voice is an interruption: words are, noises are not.

The tutor is silent from the first moment; here it is decided whether it stays so. Plain
Python without clocks or engines: everything it goes by is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .asked import Asked
from .endings import Ending, ending_of
from .turn_words import TurnWords, words_of

# Longer than a slow "okay" or "I see" lasts: who goes on for so long says something. As the
# tutor is silent already, nothing is lost by waiting for it.
SPEECH_MS = 900.0
# The same where all that was understood so far tells the tutor to go on.
GOING_ON_MS = 1_600.0
# So many words are believed before they are complete.
SURE_WORDS = 4
# No word is so short: a click, a breath.
BLIP_MS = 130.0
BLIP_SILENCE_MS = 200.0
# Who waits so long for words gets none.
GIVE_UP_MS = 2_000.0
# What has to be decided at once is speech if it lasts so long.
HASTY_MS = 450.0
# Who answers when so little of the reply is left does not tell it to go on.
NEARLY_OVER_MS = 700.0
# An echo is over soon after the tutor stands still; explained by so much, it may be one.
ECHO_LASTS_MS = 320.0
MAYBE_ECHO = 0.3


class Verdict(StrEnum):
    """What a sound over the tutor's voice is."""

    UNDECIDED = "undecided"
    INTERRUPTS = "interrupts"
    FALSE_ALARM = "false_alarm"


@dataclass(frozen=True, slots=True)
class Overheard:
    """What is known of a sound over the tutor's voice.

    ``text`` is all of its words, once it has ended and was recognised; None until then.
    ``partial`` are words of it as they were understood meanwhile. ``nearly_over``: hardly
    anything is left of the reply, which asked for an answer like ``asked``. ``echo``: how
    much of its beginning the tutor's own voice explains, 0 to 1. ``is_far``: it is clearly
    softer than the learner's voice.
    """

    voiced_ms: float
    silence_ms: float = 0.0
    text: str | None = None
    partial: str = ""
    nearly_over: bool = False
    asked: Asked = Asked.NOTHING
    echo: float = 0.0
    is_far: bool = False


def judge(heard: Overheard, words: TurnWords | None) -> Verdict:
    """Return what the sound is, by what is known so far."""
    if heard.text is not None:
        if heard.echo >= MAYBE_ECHO and heard.voiced_ms <= ECHO_LASTS_MS:
            return Verdict.FALSE_ALARM
        return _by_words(heard.text, heard, words)
    understood = _by_words(heard.partial, heard, words)
    meant = understood is Verdict.INTERRUPTS
    if heard.voiced_ms <= BLIP_MS and heard.silence_ms >= BLIP_SILENCE_MS:
        return Verdict.FALSE_ALARM
    if heard.silence_ms >= GIVE_UP_MS:
        return understood
    if heard.is_far and heard.voiced_ms >= SPEECH_MS:
        # Others talk, without a pause as one hears them from afar.
        return Verdict.FALSE_ALARM
    if meant and len(words_of(heard.partial)) >= SURE_WORDS:
        return Verdict.INTERRUPTS
    longest_ms = GOING_ON_MS if heard.partial and not meant else SPEECH_MS
    return Verdict.INTERRUPTS if heard.voiced_ms >= longest_ms else Verdict.UNDECIDED


def judge_now(heard: Overheard, words: TurnWords | None) -> Verdict:
    """Return what the sound most probably is: nothing more will be known of it."""
    verdict = judge(heard, words)
    if verdict is not Verdict.UNDECIDED:
        return verdict
    if heard.partial:
        return _by_words(heard.partial, heard, words)
    return Verdict.INTERRUPTS if heard.voiced_ms >= HASTY_MS else Verdict.FALSE_ALARM


def _by_words(text: str, heard: Overheard, words: TurnWords | None) -> Verdict:
    ending = ending_of(text, heard.asked, words, tutor_speaks=not heard.nearly_over)
    no_turn = ending in (Ending.BACK_CHANNEL, Ending.NO_WORDS)
    return Verdict.FALSE_ALARM if no_turn else Verdict.INTERRUPTS
