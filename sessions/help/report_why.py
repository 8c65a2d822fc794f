"""Why the mistakes of a report are mistakes, by the data of the languages alone."""

from __future__ import annotations

from tutor.help import HelpText, explain
from tutor.learner import Learner, Level
from tutor.reports.contents import Example

from ..reports import SessionReport


def why(report: SessionReport, example: Example) -> HelpText | None:
    """Return an example's explanation in the learner's first language, if there is one."""
    session = report.session
    learner = Learner(session.l1, session.l2, Level(session.level))
    for one in report.evidence:
        analysis = one.turn.analysis
        if one.turn.index != example.turn or analysis is None:
            continue
        for finding in analysis.findings:
            if (finding.said, finding.better) == (example.said, example.better):
                found = explain(finding, learner, sentence=analysis.text)
                return found if found.text else None
    return None
