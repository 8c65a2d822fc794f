"""Picks what a template can talk about: a word of the learner, a goal of the lesson."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..brief import LessonPlan
from ..languages.glosses import glosses
from ..languages.templates import Words
from ..learner import LearnerTurn
from ..moves import PlannedItem
from .speakable import speakable

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SURE = 0.6
_MOST_LETTERS = 2000
_MOST_GOAL_WORDS = 12
_MOST_TITLE_WORDS = 6
_MOST_ASKED_WORDS = 9
_QUESTION = re.compile(r"[^.!?…]+(?=\s*\?)")


def topic_word(turn: LearnerTurn, plan: LessonPlan, words: Words) -> str:
    """Return the latest noun-like word of the turn, or one of the lesson's, or ``""``.

    Nothing here knows parts of speech: a noun is what stands alone behind a determiner (or
    has a capital, where nouns have one). A word that was not heard surely is left out.
    """
    tokens = list(_TOKEN.finditer(turn.text[:_MOST_LETTERS]))
    nouns, topical = [], []
    for index, token in enumerate(tokens):
        word = token.group()
        low = word.casefold()
        if len(word) < 3 or low in words.stop or not _heard_surely(turn, token.start()):
            continue
        if low in plan.topic_words:
            topical.append(word)
        if _noun_like(turn.text, tokens, index, words):
            nouns.append(word)
    both = [word for word in nouns if word in topical]
    for found in (both, nouns, topical):
        if found:
            return found[-1] if words.capital_nouns else _uncapitalised(found[-1], turn)
    return ""


def goal_question(
    plan: LessonPlan, words: Words, seed: int, asked: Iterable[str] = ()
) -> str:
    """Return a can-do sentence of the lesson as a question to the learner, or ``""``.

    Only goals in the language taught, which begin as can-do sentences do, can be turned.
    What was ``asked`` lately is not asked again.
    """
    before = [" ".join(reply.casefold().split()) for reply in asked]
    questions = [_asked(goal, words) for goal in plan.goals]
    questions = [
        question
        for question in questions
        if question and not any(question.casefold() in reply for reply in before)
    ]
    return questions[seed % len(questions)] if questions else ""


def time_word(text: str, words: Words) -> str:
    """Return the time expression that the learner used, or ``""``."""
    low = " ".join(text[:_MOST_LETTERS].casefold().split())
    for expression in (*words.past, *words.future):
        if re.search(rf"(?<!\w){re.escape(expression)}(?!\w)", low):
            return expression
    return ""


def is_sad(text: str, words: Words) -> bool:
    """Return whether the learner told something sad."""
    low = " ".join(text[:_MOST_LETTERS].casefold().replace("’", "'").split())
    return any(
        re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", low) for phrase in words.sad
    )


def asked_item(turn: LearnerTurn, plan: LessonPlan) -> PlannedItem | None:
    """Return the explained expression of the lesson that a turn names, if there is one."""
    said = turn.text[:_MOST_LETTERS].casefold()
    for item in plan.items:
        text = item.text.casefold()
        if item.gloss and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said):
            return item
    return None


def explained_word(turn: LearnerTurn, words: Words, l2: str) -> PlannedItem | None:
    """Return the word a turn asks the meaning of, where one meaning is known for sure."""
    known = glosses(l2)
    if known is None:
        return None
    said = turn.text[:_MOST_LETTERS].casefold()
    for pattern in words.asked_word:
        named = re.search(pattern, said)
        senses = known.senses(named[1]) if named else ()
        if named and senses and (len(senses) == 1 or senses[0].word in known.own):
            return PlannedItem(named[1], gloss=senses[0].meaning)
    return None


def last_question(reply: str) -> str:
    """Return the question that a reply ends with, without its marks, or ``""``."""
    asked = _QUESTION.findall(reply)
    words = (
        speakable(asked[-1].lstrip("¿ "), most_words=_MOST_ASKED_WORDS) if asked else ""
    )
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def title(plan: LessonPlan) -> str:
    """Return the lesson's title where it is short enough to be said."""
    return speakable(plan.title, most_words=_MOST_TITLE_WORDS)


def swapped(text: str, swaps: dict[str, str]) -> str:
    """Replace words and pairs of words, longest first, in one pass."""
    if not swaps:
        return text
    longest = sorted(swaps, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest))})(?![\w'])", re.IGNORECASE
    )
    return pattern.sub(lambda found: swaps[found.group().casefold()], text)


def _asked(goal: str, words: Words) -> str:
    said = speakable(goal.split(":")[0], most_words=_MOST_GOAL_WORDS)
    for start, question in words.goal.items():
        if said.casefold().startswith(f"{start} "):
            rest = said[len(start) + 1 :].replace("’", "'")
            return f"{question} {swapped(rest, dict(words.goal_swap))}"
    return ""


def _noun_like(
    text: str, tokens: list[re.Match[str]], index: int, words: Words
) -> bool:
    token = tokens[index]
    if words.capital_nouns:
        begins = index == 0 or bool(re.search(r"[.!?]\s*$", text[: token.start()]))
        return token.group()[0].isupper() and not begins
    if index == 0 or tokens[index - 1].group().casefold() not in words.determiners:
        return False
    if index + 1 == len(tokens):
        return True
    between = text[token.end() : tokens[index + 1].start()]
    return bool(between.strip()) or tokens[index + 1].group().casefold() in words.stop


def _heard_surely(turn: LearnerTurn, start: int) -> bool:
    return all(
        word.confidence >= _SURE
        for word in turn.words
        if word.start <= start < max(word.end, word.start + 1)
    )


def _uncapitalised(word: str, turn: LearnerTurn) -> str:
    """Return a word without the capital that only begins a sentence."""
    return word[0].lower() + word[1:] if turn.text.lstrip().startswith(word) else word
