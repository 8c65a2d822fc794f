"""Short sentences, each with what learners often make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tutor.categories import Category


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake: ``said`` in ``text``, which is the whole wrong sentence, for ``better``."""

    category: Category
    text: str
    said: str
    better: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is right, and its slips."""

    text: str
    slips: tuple[Slip, ...] = ()


def _of(text: str, *slips: tuple[Category, str, str, str]) -> Sentence:
    return Sentence(text, tuple(Slip(*slip) for slip in slips))


_C = Category
SENTENCES: Final = (
    _of("I think so.", (_C.WORD_ORDER, "I so think.", "so think", "think so")),
    _of("I went home.", (_C.VERB_TENSE, "I go home.", "go", "went")),
    _of("She works there.", (_C.AGREEMENT, "She work there.", "work", "works")),
    _of("I have a brother.", (_C.ARTICLE, "I have brother.", "", "a")),
    _of("It is very nice.", (_C.PRONOUN, "Is very nice.", "", "It")),
    _of("He has three cats.", (_C.NOUN_NUMBER, "He has three cat.", "cat", "cats")),
    _of("We met on Monday.", (_C.PREPOSITION, "We met in Monday.", "in", "on")),
    _of("They are thirsty.", (_C.MISSING_WORD, "They thirsty.", "", "are")),
    _of("I do not know.", (_C.NEGATION, "I not know.", "not", "do not")),
    _of("My mother cooks rice.", (_C.AGREEMENT, "My mother cook rice.", "cook", "cooks")),
    _of("Yesterday I swam.", (_C.VERB_TENSE, "Yesterday I swim.", "swim", "swam")),
    _of("I want to sleep.", (_C.VERB_FORM, "I want sleep.", "sleep", "to sleep")),
    _of("The red bus came.", (_C.ARTICLE, "Red bus came.", "", "The")),
    _of("I need a ticket.", (_C.ARTICLE, "I need ticket.", "", "a")),
    _of("It was cheaper.", (_C.COMPARISON, "It was more cheap.", "more cheap", "cheaper")),
    _of("I said it to her.", (_C.PRONOUN, "I said it to she.", "she", "her")),
    _of("He lives near me.", (_C.AGREEMENT, "He live near me.", "live", "lives")),
    _of("I visited my uncle.", (_C.VERB_TENSE, "I visit my uncle.", "visit", "visited")),
    _of("We had much fun.", (_C.NOUN_NUMBER, "We had much funs.", "funs", "fun")),
    _of("I listen to music.", (_C.PREPOSITION, "I listen music.", "", "to")),
    _of("I wait for you.", (_C.PREPOSITION, "I wait you.", "", "for")),
    _of("It depends on that.", (_C.PREPOSITION, "It depends of that.", "of", "on")),
    _of("Would you like tea?"),
    _of("Good morning, everybody."),
    _of("Thank you very much."),
    _of("I would like water."),
    _of("Where is the bank?", (_C.WORD_ORDER, "Where the bank is?", "the bank is", "is the bank")),
    _of("This is my job.", (_C.MISSING_WORD, "This my job.", "", "is")),
    _of("I like both.", (_C.WORD_CHOICE, "I like two.", "two", "both")),
    _of("She is a doctor.", (_C.ARTICLE, "She is doctor.", "", "a")),
    _of("I have seen it.", (_C.VERB_FORM, "I have saw it.", "saw", "seen")),
    _of("He drove carefully.", (_C.WORD_FORM, "He drove careful.", "careful", "carefully")),
    _of("I was born here.", (_C.VERB_FORM, "I born here.", "born", "was born")),
    _of("That sounds great.", (_C.AGREEMENT, "That sound great.", "sound", "sounds")),
    _of("Many people came.", (_C.NOUN_NUMBER, "Many peoples came.", "peoples", "people")),
    _of("I enjoy reading.", (_C.VERB_FORM, "I enjoy to read.", "to read", "reading")),
    _of("We stayed at home.", (_C.PREPOSITION, "We stayed in home.", "in", "at")),
    _of("It rained this week.", (_C.VERB_TENSE, "It rain this week.", "rain", "rained")),
    _of("He didn't call.", (_C.NEGATION, "He didn't called.", "called", "call")),
    _of("Both things matter."),
    _of("My teeth hurt."),
    _of("The weather is bad.", (_C.ARTICLE, "Weather is bad.", "", "The")),
    _of("I left the house.", (_C.VERB_TENSE, "I leave the house.", "leave", "left")),
    _of("They live far away.", (_C.AGREEMENT, "They lives far away.", "lives", "live")),
    _of("I always eat late.", (_C.WORD_ORDER, "I eat always late.", "eat always", "always eat")),
    _of("It made me happy.", (_C.WORD_FORM, "It made me happily.", "happily", "happy")),
    _of("I came by train.", (_C.PREPOSITION, "I came with train.", "with", "by")),
    _of("Because I was tired.", (_C.CONNECTOR, "Because of I was tired.", "Because of", "Because")),
)  # fmt: skip

REPLIES: Final = (
    "That sounds good. What did you do then?",
    "I see. Tell me a little more, please.",
    "How nice! Who was with you?",
    "And why do you like it?",
    "Really? What happened next?",
    "Good to hear. How often do you do that?",
)
OPENINGS: Final = (
    "Hello! How was your day?",
    "Hi! What would you like to talk about?",
    "Good to see you. What is new?",
)
