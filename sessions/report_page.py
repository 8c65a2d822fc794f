"""A report's examples and evidence as the rows of its page, with codes put into words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from learners.selectors import mistake_label

from .care_forms import CareSeenForm
from .learners_talks import name_of
from .models import CareFlag
from .taught_turns import TeachingEvidence

MOVES = {
    "open": _("Opened the talk"),
    "continue": _("Went on"),
    "elicit": _("Asked for the right form"),
    "recast": _("Said it right in passing"),
    "explain": _("Explained"),
    "praise": _("Praised"),
    "model_sound": _("Said a hard word clearly"),
    "introduce": _("Brought in a word"),
    "reuse": _("Used a new word again"),
    "answer": _("Answered a question"),
    "steer": _("Led back to the lesson"),
    "encourage": _("Encouraged"),
    "repeat": _("Repeated"),
    "bridge": _("Answered another language"),
    "care": _("Reacted with care"),
    "decline": _("Declined"),
    "close": _("Closed the talk"),
}
SEVERITIES = {
    "slip": _("slip"),
    "error": _("error"),
    "blocking": _("hard to understand"),
}
EVIDENCE = {
    "model": _("found by the model"),
    "rule": _("found by a rule"),
    "both": _("found by model and rule"),
}


def evidence_rows(
    taught: Iterable[TeachingEvidence], *, flagged: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Return each turn with what was found, what the tutor did, and what gates said.

    ``flagged``: the turns that have a care flag, also if their words changed since.
    """
    return [_evidence_row(one, one.turn.index in flagged) for one in taught]


def flag_rows(flags: Iterable[CareFlag]) -> list[dict[str, Any]]:
    """Return care flags with whose talk it is, and the form that closes one."""
    return [
        {
            "flag": flag,
            "turn": flag.turn.index,
            "session": flag.turn.session,
            "kind": flag.get_kind_display(),
            "learner": name_of(flag.turn.session.learner),
            "seen_by": name_of(flag.seen_by) if flag.seen_by else "",
            "form": CareSeenForm(auto_id=f"care-{flag.turn.index}-%s"),
        }
        for flag in flags
    ]


def _evidence_row(one: TeachingEvidence, has_flag: bool) -> dict[str, Any]:
    turn, gates = one.turn, one.gates
    analysis, move = turn.analysis, turn.move
    return {
        "index": turn.index,
        "text": turn.text,
        "judged": analysis is not None and analysis.judged,
        "missing": analysis.missing if analysis else "",
        "findings": [
            {
                "label": mistake_label(finding.category),
                "type": finding.type,
                "severity": SEVERITIES[finding.severity.value],
                "evidence": EVIDENCE[finding.evidence.value],
                "said": finding.said,
                "better": finding.better,
            }
            for finding in (analysis.findings if analysis else ())
        ],
        "move": MOVES[move.kind.value] if move else "",
        "reason": move.reason if move else "",
        "reply": one.reply,
        "flagged": has_flag or bool(move and move.flag_teacher),
        "gates": gates,
        "n_passed": sum(result.passed for result in gates.results) if gates else 0,
        "failed": [r for r in gates.results if not r.passed] if gates else [],
    }
