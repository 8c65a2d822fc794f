"""What the made-up learners do: words with planted pauses and fillers, and other sounds.

In a line ``[0.8]`` is a pause of so many seconds and ``{um}`` a filler; both stand where a
speaker hesitates: inside a clause, after a conjunction, before the word that is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

FILLERS = ("um", "uh", "er")
_MARK = re.compile(r"\[(?P<pause>[\d.]+)\]|\{(?P<filler>[a-z]+)\}")

# In turn, so that each class has several speakers.
SPEAKERS = ("joe", "pico", "kokoro", "espeak", "joe_higher")


class Kind(StrEnum):
    """What should come of a take."""

    # The tutor is silent: it answers when the learner is done, not before.
    TURN = "turn"
    # The tutor speaks: it stops, and the words are a turn.
    INTERRUPTION = "interruption"
    # The tutor speaks: it goes on.
    BYSTANDER = "bystander"


@dataclass(frozen=True, slots=True)
class Noise:
    """What is heard behind the learner, so many dB below the voice."""

    sound: str
    snr_db: float

    def __str__(self) -> str:
        return f"{self.sound} {self.snr_db:g} dB"


@dataclass(frozen=True, slots=True)
class Script:
    """One take.

    ``label`` is the class it is counted in, ``line`` what is said (or ``cough``,
    ``keyboard``, ``""`` for nothing, by ``sound``), ``asked`` what the tutor says before.
    ``echo_db``: so loud the tutor's own voice comes back into the microphone.
    """

    kind: Kind
    label: str
    line: str
    asked: str = ""
    speaker: str = "joe"
    sound: str = "voice"
    noise: Noise | None = None
    echo_db: float | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words said without a planted pause: ``first`` to before ``end`` of the line's."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Filler:
    """``um``, said by itself."""

    word: str


Part = Spoken | Pause | Filler


def words_of(line: str) -> list[str]:
    """Return a line's words without its marks."""
    return [token for token in line.split() if not _MARK.fullmatch(token)]


def parts_of(line: str) -> list[Part]:
    """Return a line cut at its marks. Raises ValueError for a mark at an end of it."""
    parts: list[Part] = []
    first = end = 0
    for token in line.split():
        mark = _MARK.fullmatch(token)
        if mark is None:
            end += 1
            continue
        if end > first:
            parts.append(Spoken(first, end))
        first = end
        pause, filler = mark["pause"], mark["filler"]
        parts.append(Pause(float(pause)) if pause else Filler(filler))
    if end > first:
        parts.append(Spoken(first, end))
    if Pause in {type(parts[0]), type(parts[-1])}:
        raise ValueError(f"a pause at an end of {line!r} is none")
    return parts


_SHORT = (
    ("Do you like coffee?", "Yes."),
    ("Have you been to London?", "No."),
    ("What is your name?", "Maria."),
    ("How old are you?", "Twenty two."),
    ("What would you like to drink?", "Tea, please."),
    ("Shall we go on?", "OK."),
    ("When do you get up?", "At seven."),
    ("Where are you from?", "Spain."),
    ("Is it cold there?", "Not really."),
    ("How many brothers do you have?", "Two."),
    ("What colour is your car?", "Blue."),
    ("Do you understand?", "I think so."),
)
_SENTENCES = (
    ("What did you do yesterday?", "I went to the market with my sister."),
    ("What do you do?", "I am working in a big company since three years."),
    ("What do you like?", "In my free time I like to play football."),
    ("Tell me about your family.", "My brother don't like to get up early."),
    ("Where will you travel?", "I would like to travel to Canada next summer."),
)
_QUESTIONS = (
    ("Any questions?", "Can you repeat the last word, please?"),
    ("Is that clear?", "What does that mean?"),
    ("Shall I explain it?", "How do you say it in English?"),
    ("Now you ask me.", "Where do you live?"),
    ("Your turn to ask.", "Do you like music?"),
)
# One line for each length of pause and place: inside the clause, after a conjunction,
# before the word that is looked for.
_HESITATIONS = (
    "I would like to [{}] travel to Canada next summer.",
    "I stayed at home because [{}] my sister was very ill.",
    "Last weekend I bought a [{}] new jacket for the winter.",
)
PAUSES_S = (0.3, 0.5, 0.8, 1.2, 2.0, 3.0, 5.0)
_FILLERS = (
    "I think {um} [0.7] the weather is too cold in winter.",
    "My favourite food is {er} [1.0] noodles with vegetables.",
    "We went to the [0.6] {uh} [0.6] museum in the city.",
    "{um} [0.8] I usually get up at half past six.",
    "She is [0.9] {um} [0.9] a very good doctor.",
)
_REPAIRS = (
    "Yesterday I go [0.6] I went to the cinema with a friend.",
    "He have [0.5] he has two [0.7] two small children.",
    "The film was very [0.8] no it was not very interesting.",
    "I want to [0.4] I would like to speak with more people.",
)
_LONG = (
    (
        "When I was a child [0.4] I lived in a small village and [0.9] every morning "
        "I walked to the school with my brother [0.6] but now [1.3] the school is closed "
        "and the children go by bus."
    ),
    (
        "My job is difficult because [0.7] I must speak with many customers [0.5] and "
        "sometimes they are angry so [1.1] I try to be calm and [0.8] explain everything again."
    ),
)
_INTERRUPTIONS = (
    "Wait, can I ask something?",
    "Sorry, I don't understand.",
    "Stop, please.",
    "What does this word mean?",
    "But I think it is not true.",
    "Excuse me, can you say that again?",
)
_BACK_CHANNELS = ("Mm-hm.", "Uh-huh.", "Yeah.", "OK.", "I see.", "Right.")
_NOISY = (
    ("short", "Do you like coffee?", "Yes."),
    ("sentence", "What did you do?", "I went to the market with my sister."),
    ("hesitation", "Go on.", "I stayed at home because [1.2] my sister was very ill."),
)
_NOISES = tuple(
    Noise(sound, snr_db) for sound in ("babble", "pink") for snr_db in (20, 10, 5)
)
ECHO_DB = -20.0


def all_scripts() -> list[Script]:
    """Return every take of the benchmark, the same each time."""
    return [
        replace(script, speaker=SPEAKERS[i % len(SPEAKERS)])
        for i, script in enumerate([*_turns(), *_in_noise(), *_over_the_tutor()])
    ]


def _turns() -> Iterator[Script]:
    for asked, line in _SHORT:
        yield Script(Kind.TURN, "short", line, asked)
    for asked, line in _SENTENCES:
        yield Script(Kind.TURN, "sentence", line, asked)
    for asked, line in _QUESTIONS:
        yield Script(Kind.TURN, "question", line, asked)
    for seconds in PAUSES_S:
        for line in _HESITATIONS:
            yield Script(Kind.TURN, "hesitation", line.format(seconds), "Go on.")
    for line in _FILLERS:
        yield Script(Kind.TURN, "filler", line, "Tell me more.")
    for line in _REPAIRS:
        yield Script(Kind.TURN, "repair", line, "What happened then?")
    for line in _LONG:
        yield Script(Kind.TURN, "long", line, "Tell me about it.")


def _in_noise() -> Iterator[Script]:
    for noise in _NOISES:
        for label, asked, line in _NOISY:
            yield Script(Kind.TURN, label, line, asked, noise=noise)


def _over_the_tutor() -> Iterator[Script]:
    for i, line in enumerate(_INTERRUPTIONS):
        echo_db = ECHO_DB if i % 3 == 2 else None
        yield Script(Kind.INTERRUPTION, "interruption", line, echo_db=echo_db)
    for line in _BACK_CHANNELS:
        yield Script(Kind.BYSTANDER, "back-channel", line)
    for sound in ("cough", "keyboard"):
        for number in range(3):
            yield Script(Kind.BYSTANDER, sound, str(number), sound=sound)
    for number in range(3):
        line = str(number)
        yield Script(Kind.BYSTANDER, "echo", line, sound="nothing", echo_db=ECHO_DB)
    yield Script(
        Kind.BYSTANDER, "babble", "0", sound="nothing", noise=Noise("babble", 10)
    )
