"""Analyses for tests: a sentence with marks, ``[said|better]``."""

from __future__ import annotations

import re

from tutor.categories import Category
from tutor.findings import Analysis, Evidence, Finding, Severity

_MARK = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


def analysed(
    marked: str,
    category: str = Category.VERB_TENSE,
    *,
    severity: Severity = Severity.ERROR,
    judged: bool = True,
) -> Analysis:
    """Return the analysis of ``I [go|went] home.``"""
    text, corrected, findings, at = "", "", [], 0
    for mark in _MARK.finditer(marked):
        between = marked[at : mark.start()]
        said, better = mark.groups()
        text, corrected = text + between, corrected + between
        findings.append(
            Finding(
                start=len(text),
                end=len(text) + len(said),
                said=said,
                better=better,
                type="",
                category=category,
                severity=severity,
                evidence=Evidence.BOTH,
            )
        )
        text, corrected, at = text + said, corrected + better, mark.end()
        if not said and marked[at : at + 1] == " ":
            corrected, at = f"{corrected} ", at + 1
    return Analysis(
        text + marked[at:], corrected + marked[at:], tuple(findings), judged=judged
    )
