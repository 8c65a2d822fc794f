"""What kind of answer the tutor's last words ask for."""

from __future__ import annotations

import re
from enum import StrEnum

from .turn_words import TurnWords, words_of

_SENTENCE = re.compile(r"[^.!?…¿¡]+[.!?…]*")


class Asked(StrEnum):
    """What an answer would be."""

    NOTHING = "nothing"
    YES_NO = "yes_no"
    NAME = "name"
    NUMBER = "number"
    CHOICE = "choice"
    # A place, a time, a thing: a few words.
    FACT = "fact"
    # To tell, explain, give an opinion.
    OPEN = "open"


def question_at_end(text: str) -> str:
    """Return the question that a text ends with, ``""`` if it ends with none."""
    sentences = [each.strip() for each in _SENTENCE.findall(text) if each.strip()]
    return sentences[-1] if sentences and sentences[-1].endswith("?") else ""


def asked_by(text: str, words: TurnWords | None) -> Asked:
    """Return what the last question of a text asks for.

    A text that ends without a question asks for nothing, and so does one in a language
    whose words are not known.
    """
    sentences = [each.strip() for each in _SENTENCE.findall(text) if each.strip()]
    if words is None or not sentences:
        return Asked.NOTHING
    said = words_of(sentences[-1])
    if words.open_questions.begins(said):
        return Asked.OPEN
    if not sentences[-1].endswith("?"):
        return Asked.NOTHING
    while said and words.openers_before.begins(said[:1]):
        said = said[1:]
    if words.name_questions.within(said):
        return Asked.NAME
    if words.number_questions.within(said):
        return Asked.NUMBER
    if words.open_questions.begins(said):
        return Asked.OPEN
    if words.choice_words.within(said):
        return Asked.CHOICE
    return Asked.FACT if words.question_words.begins(said) else Asked.YES_NO
