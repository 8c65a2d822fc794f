"""A correction explained in the learner's first language, where there are words for it."""

from __future__ import annotations

from dataclasses import replace

from tutor.brief import LessonPlan
from tutor.completion import Completion
from tutor.findings import Finding
from tutor.languages.function_words import primary
from tutor.languages.templates import TemplateError, template_set
from tutor.learner import Learner, LearnerTurn
from tutor.moves import Move, MoveKind
from tutor.translatable import gettext_noop
from tutor.wording.templates import template

from .answers import HelpText, Source
from .asking import asked
from .checking import indecent
from .pairs import name
from .scripts import in_script, rather_in

# "Undetermined", as BCP 47 writes it.
_NO_LANGUAGE = "und"
_WHY = (
    "You explain a mistake to a language learner. In `sentence` the learner said `said`;"
    " `better` is right. It is about `about`. Say why `better` is right, in one or two"
    " short and simple sentences in the language `language`. Leave the words of `better`"
    " as they are."
)
_MOST_SIGNS, _MAX_TOKENS = 320, 160
_NOTHING = "(nothing)"


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
            "",
            Source.NONE,
            learner.l1,
            gettext_noop("There is no explanation for this."),
        )
    if text != simple:
        return HelpText(text, Source.TEMPLATE, learner.l1)
    language = learner.l2 if own is not None and own.taught else "en"
    missing = ""
    if primary(language) != primary(learner.l1):
        missing = gettext_noop(
            "There is no explanation in your language for this mistake."
        )
    return HelpText(text, Source.TEMPLATE, language, missing)


def explain_by_model(
    finding: Finding, learner: Learner, sentence: str, completion: Completion | None
) -> HelpText:
    """Have the model explain in the first language what nothing here has words for.

    Never raises; ``missing`` says why there is nothing.
    """
    text = ""
    if completion is not None:
        text = asked(
            completion,
            _WHY,
            {
                "sentence": sentence,
                "said": finding.said or _NOTHING,
                "better": finding.better or _NOTHING,
                "about": finding.category.replace("_", " "),
                "language": name(learner.l1),
            },
            purpose="explanation",
            max_tokens=_MAX_TOKENS,
        )
    usable = (
        0 < len(text) <= _MOST_SIGNS
        and in_script(text, learner.l1)
        and not rather_in(text, learner.l2, learner.l1)
        and not indecent(text, learner.l1)
    )
    if usable:
        return HelpText(text, Source.MODEL, learner.l1)
    missing = gettext_noop("The tutor has no explanation in your language now.")
    return HelpText("", Source.NONE, learner.l1, missing)
