"""What the learner says to each partner, and what a scripted model says before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bench.turns.scripts import SPEAKERS, Kind, Script
from bench.turns.takes import Take, TakeMaker

from .hearing import words_in

CLASSES = ("short", "sentence", "hesitation", "question")

# By class: what the tutor asks, what the learner says.
_LINES = {
    "short": (
        ("Do you like coffee?", "Yes."),
        ("What is your name?", "Maria."),
        ("How old are you?", "Twenty two."),
        ("Where are you from?", "Spain."),
        ("Have you been to London?", "No."),
    ),
    "sentence": (
        ("What did you do yesterday?", "I went to the market with my sister."),
        ("What do you do?", "I am working in a big company since three years."),
        ("What do you like?", "In my free time I like to play football."),
        ("Where will you travel?", "I would like to travel to Canada next summer."),
        ("Tell me about your family.", "My brother don't like to get up early."),
    ),
    "hesitation": (
        ("Where will you go?", "I would like to [1.0] travel to Canada next summer."),
        ("Why were you away?", "I stayed at home because [1.0] my sister was very ill."),
        ("What did you buy?", "Last weekend I bought a [1.0] new jacket for the winter."),
        ("What do you do there?", "In the evening we go to [1.0] a small restaurant."),
        ("What do you think?", "I think the weather is [1.0] too cold in the winter."),
    ),
    "question": (
        ("Any questions?", "Can you repeat the last word, please?"),
        ("Is that clear?", "What does that mean?"),
        ("Shall I explain it?", "How do you say it in English?"),
        ("Now you ask me.", "Where do you live?"),
        ("Your turn to ask.", "Do you like music?"),
    ),
}  # fmt: skip
_WARM_UP = "My name is Robin and I am learning English."
_REQUEST = "Can you tell me about your last summer, please?"
_INTERRUPTIONS = (
    "Wait, can I ask something?",
    "Sorry, I don't understand this word.",
    "Excuse me, can you say that again?",
    "But I think that it is not true.",
    "Stop, please, I have a question.",
)
_COMMENT = "I see, thank you."
AT_LENGTH = (
    "When I was young we lived in a house by the sea. Every summer my uncle came with his "
    "boat, and we went out early in the morning to catch fish. My sister was always the "
    "first one to see a bird, and my uncle told us what it was called. In the evening we "
    "cooked what we had caught, and we sat outside until it was dark."
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A take, and what a scripted model says in answer to it."""

    take: Take
    told: str


@dataclass(frozen=True, slots=True)
class Talk:
    """All that is said to a partner: a warm-up, turns, and requests talked over."""

    warm_up: Saying
    turns: tuple[Saying, ...]
    interruptions: tuple[tuple[Saying, Saying], ...]


def talk(maker: TakeMaker, *, turns: int, interruptions: int) -> Talk:
    """Return a talk of so many turns, the classes in turn; the same each time."""
    scripts = list(_scripts(turns))
    asked = [script.asked for script in scripts] + ["Is there anything else?"]
    spoken = maker.make([Script(Kind.TURN, "warm-up", _WARM_UP), *scripts])
    told = [f"{_COMMENT} {question}" for question in asked]
    sayings = [Saying(take, text) for take, text in zip(spoken, told, strict=True)]
    return Talk(
        sayings[0], tuple(sayings[1:]), tuple(_over_the_tutor(maker, interruptions))
    )


def last_words(line: str) -> frozenset[str]:
    """Return the words after a line's last pause that do not come before it."""
    before, mark, after = line.rpartition("]")
    if not mark:
        return frozenset()
    return frozenset(words_in(after)) - frozenset(words_in(before))


def _scripts(count: int) -> Iterator[Script]:
    for i in range(count):
        label = CLASSES[i % len(CLASSES)]
        lines = _LINES[label]
        asked, line = lines[i // len(CLASSES) % len(lines)]
        speaker = SPEAKERS[i % len(SPEAKERS)]
        yield Script(Kind.TURN, label, line, asked, speaker=speaker)


def _over_the_tutor(maker: TakeMaker, count: int) -> Iterator[tuple[Saying, Saying]]:
    scripts: Sequence[Script] = [
        Script(
            Kind.INTERRUPTION,
            "interruption",
            _INTERRUPTIONS[i % len(_INTERRUPTIONS)],
            speaker=SPEAKERS[i % len(SPEAKERS)],
        )
        for i in range(count)
    ]
    requests = [replace(script, line=_REQUEST) for script in scripts]
    for request, over in zip(maker.make(requests), maker.make(scripts), strict=True):
        yield Saying(request, AT_LENGTH), Saying(over, _COMMENT)
