"""A correction explained in the learner's first language, where there are words for it."""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.findings import Finding
from tutor.languages.function_words import primary
from tutor.languages.templates import TemplateError, template_set
from tutor.learner import Learner, LearnerTurn
from tutor.moves import Move, MoveKind
from tutor.wording.templates import template

from .answers import HelpText, Source

# "Undetermined", as BCP 47 writes it.
_NO_LANGUAGE = "und"


def explain(finding: Finding, learner: Learner, *, sentence: str = "") -> HelpText:
    """Explain what is wrong and what is better, in the first language if possible.

    ``sentence`` is what the learner said; with it the neighbouring words can be shown. If
    nothing explains this kind of mistake in the first language, the language taught does,
    in simple words, and ``missing`` says so. Never raises.
    """
    move = Move(MoveKind.EXPLAIN, findings=(finding,), use_l1=True)
    turn, plan = LearnerTurn(sentence), LessonPlan()
    try:
        text = template(move, turn, learner, plan)
        # The same without a first language: what the language taught says.
        simple = template(move, turn, replace(learner, l1=_NO_LANGUAGE), plan)
        own = template_set(learner.l2)
    except (TemplateError, LookupError, ValueError):
        return HelpText(
            "", Source.NONE, learner.l1, "There is no explanation for this."
        )
    if text != simple:
        return HelpText(text, Source.TEMPLATE, learner.l1)
    language = learner.l2 if own is not None and own.taught else "en"
    missing = ""
    if primary(language) != primary(learner.l1):
        missing = f"There is no explanation in {primary(learner.l1)} for this mistake."
    return HelpText(text, Source.TEMPLATE, language, missing)
