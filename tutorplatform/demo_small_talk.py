"""Three short talks of the demo's learners, with how each word came out.

Nobody said them: the scores are written by hand, in the form of ``demo_talk``.
"""

from __future__ import annotations

from typing import Final

from .demo_talk import DemoExchange

OPENING: Final = "Hello! You are early today. How was your week?"
WEIS: Final = (
    DemoExchange(
        said=(
            ("It", "ɪ t"),
            ("was", "(w ə z"),
            ("a", "(ə"),
            ("busy", "b ɪ z!s i"),
            ("week.", "w i k"),
            ("I", "aɪ"),
            ("worked", "w ɚ k t~"),
            ("every", "ɛ v ɹ i"),
            ("evening.", "i v n ɪ ŋ"),
        ),
        reply="Every evening! What kept you so busy?",
        total=74.0,
    ),
    DemoExchange(
        said=(
            ("We", "w i"),
            ("have", "h æ v"),
            ("many", "m ɛ n i"),
            ("new", "n u"),
            ("customers", "k ʌ s t ə m ɚ z~"),
            ("in", "ɪ n"),
            ("the", "(ð ə"),
            ("shop.", "ʃ ɑ p"),
        ),
        reply="That sounds good for the shop. Do you get some rest at the weekend?",
        total=77.0,
    ),
    DemoExchange(
        said=(
            ("Yes,", "j ɛ s"),
            ("on", "ɑ n"),
            ("Sunday", "s ʌ n d eɪ"),
            ("I", "aɪ"),
            ("sleep.", "s l i p"),
            ("And", "(ə n d"),
            ("you?", "j u"),
        ),
        reply="I sleep long on Sundays too. Look, the teacher is here!",
        total=80.0,
    ),
)
KENJIS: Final = (
    DemoExchange(
        said=(
            ("It", "ɪ t"),
            ("was", "(w ə z"),
            ("good,", "ɡ ʊ d"),
            ("thank", "θ!s æ ŋ k"),
            ("you.", "j u"),
        ),
        reply="I am glad to hear that. What did you do?",
        total=64.0,
    ),
    DemoExchange(
        said=(
            ("I", "aɪ"),
            ("read", "ɹ!l ɛ d"),
            ("a", "(ə"),
            ("book", "b ʊ k"),
            ("about", "ə b aʊ t"),
            ("trains.", "t ɹ!l eɪ n z"),
        ),
        reply="About trains! Do you like to travel by train?",
        total=61.0,
    ),
    DemoExchange(
        said=(
            ("Yes,", "j ɛ s"),
            ("I", "aɪ"),
            ("love", "l!ɹ ʌ v~"),
            ("long", "l ɔ ŋ"),
            ("trips.", "t ɹ~ ɪ p s"),
        ),
        reply="Then tell me about one after class. Here comes the teacher.",
        total=66.0,
    ),
)
SOFIAS: Final = (
    DemoExchange(
        said=(
            ("Very", "v!b ɛ ɹ i"),
            ("full.", "f ʊ l"),
            ("I", "aɪ"),
            ("had", "h æ d"),
            ("three", "θ~ ɹ i"),
            ("meetings", "m i t ɪ ŋ z!s"),
            ("a", "(ə"),
            ("day.", "d eɪ"),
            ("And", "(ə n d"),
            ("yours?", "j ɔ ɹ z~"),
        ),
        reply="Mine was calm. Three meetings a day! What were they about?",
        total=79.0,
    ),
    DemoExchange(
        said=(
            ("About", "ə b aʊ t"),
            ("a", "(ə"),
            ("new", "n u"),
            ("office", "ɔ f ɪ s"),
            ("in", "ɪ n"),
            ("the", "(ð ə"),
            ("city.", "s ɪ t i"),
        ),
        reply="A new office, how exciting. Will you move there?",
        total=82.0,
    ),
    DemoExchange(
        said=(
            ("I", "aɪ"),
            ("hope", "h oʊ p"),
            ("so.", "s oʊ"),
            ("It", "ɪ t"),
            ("is", "ɪ z"),
            ("near", "n ɪ ɹ"),
            ("my", "m aɪ"),
            ("house.", "h aʊ s"),
        ),
        reply="Then you can sleep longer! What did you do yesterday?",
        total=84.0,
    ),
)
