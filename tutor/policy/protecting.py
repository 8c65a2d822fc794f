"""What needs protection or a refusal: danger, orders to the tutor, private data, work done."""

from __future__ import annotations

import re

from tutor.brief import LessonPlan
from tutor.learner import Learner

from .heard import Heard, content_stems

# Marks of prompts and programs: no language of people.
_MACHINE_TEXT = re.compile(
    r"""```
    |<\s*[|/]?\s*[|/]?\s*(?:system|im_start|im_end|assistant|user|inst|developer|admin
      |endoftext|prompt|instructions?|rules|script)\b
    |\[\s*/?\s*(?:inst|system|admin|assistant|developer)\b
    |<<\s*sys
    |^\s*(?:[#*]+\s*)?(?:system|assistant|developer|instructions?|new\ instructions?)\s*\**\s*:
    |["']role["']\s*:
    |\b(?:begin|end)\s+(?:system|prompt)\b
    |\bimport\s+os\b|\bos\.system\b|__import__|\bdef\s+\w+\s*\(|\brm\s+-rf\b
    |\bdrop\s+table\b|\bselect\s+\*\s+from\b|\{\{.*\}\}|\$\{.*\}""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_NUMBER = re.compile(r"\+?\d(?:[ ./-]?\d){5,}")
_PHONE_DIGITS = 9


def is_danger(heard: Heard) -> bool:
    """Someone may be in danger or despair, said in any language known here."""
    return any(phrases.tells("danger", heard.plain) for phrases in heard.every)


def is_injection(heard: Heard, plan: LessonPlan, learner: Learner) -> bool:
    """The turn gives the tutor orders, another role, or asks for what it was told.

    A role that belongs to the lesson ("now you are the waiter") is part of the lesson.
    """
    if _MACHINE_TEXT.search(heard.turn.text):
        return True
    for phrases in heard.every:
        if phrases.find("injection", heard.plain):
            return True
        role = phrases.groups.get("role_change")
        if role is None:
            continue
        for line in heard.plain.split("\n"):
            if role.search(line) and not _is_of_lesson(line, plan, learner):
                return True
    return False


def _is_of_lesson(line: str, plan: LessonPlan, learner: Learner) -> bool:
    lesson = " ".join([plan.tutor_role, plan.situation, plan.title, *plan.topic_words])
    return not content_stems(line, learner.l2).isdisjoint(
        content_stems(lesson, learner.l2)
    )


def is_private(heard: Heard, learner: Learner) -> bool:
    """A minor tells a password, an address or a number that leads to them."""
    if not learner.minor:
        return False
    if heard.has("private") or _MAIL.search(heard.turn.text):
        return True
    has_context = heard.has("private_context")
    for number in _NUMBER.finditer(heard.turn.text):
        digits = sum(sign.isdigit() for sign in number.group())
        if has_context or digits >= _PHONE_DIGITS:
            return True
    return False


def is_homework(heard: Heard) -> bool:
    """The learner wants answers, essays or programs made."""
    return heard.has("homework") or heard.has_in_l1("homework")


def is_swearing(heard: Heard) -> bool:
    """The learner swears or insults, in the language taught or their own."""
    return heard.has("swearing") or heard.has_in_l1("swearing")
