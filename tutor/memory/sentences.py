"""A turn's text in sentences and words, and the right form of a mistake in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tutor.findings import Analysis, Finding
from tutor.languages.function_words import function_words, is_known

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*['’]?")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
MAX_SENTENCE_WORDS = 24
# How many words a function word may need after it to be told from others.
_REACH = 3


def words(text: str) -> list[str]:
    """Return the words in lower case, straight apostrophes."""
    return [match.group().casefold().replace("’", "'") for match in matches(text)]


def matches(text: str) -> list[re.Match[str]]:
    """Return the words where they stand."""
    return list(_WORD.finditer(text))


def corrected(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with what is better in place of what was said."""
    for found in sorted(findings, key=lambda one: (one.start, one.end), reverse=True):
        text = _joined(text[: found.start], found.better, text[found.end :])
    return text


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around ``start``..``end`` begins and ends."""
    begin = 0
    for stop in _SENTENCE_END.finditer(text):
        if stop.end() <= start:
            begin = stop.end()
        elif stop.end() >= end:
            return begin + _blanks(text[begin:]), stop.end()
    return begin + _blanks(text[begin:]), len(text.rstrip())


def example(analysis: Analysis, finding: Finding) -> tuple[str, str]:
    """Return the sentence with the mistake as it was said and as it is better.

    All findings in the sentence are corrected. Long ones are cut around the mistake.
    """
    first, last = sentence_span(analysis.text, finding.start, finding.end)
    first, last = _window(analysis.text, first, last, finding)
    inside = [f for f in analysis.findings if first <= f.start and f.end <= last]
    shifted = [
        Finding(
            f.start - first, f.end - first, f.said, f.better, f.type, f.category,
            f.severity, f.evidence,
        )
        for f in inside
    ]  # fmt: skip
    said = analysis.text[first:last]
    return said, corrected(said, shifted)


def right_form(analysis: Analysis, finding: Finding, language: str) -> str:
    """Return the words that show, when said, that the learner can do it; ``""`` if none.

    Those are the better words, with neighbours where the better words alone are said in
    every sentence ("a teacher", "on Monday").
    """
    tokens = _corrected_tokens(analysis)
    own = [at for at, (_, owner) in enumerate(tokens) if owner is finding]
    texts = [text for text, _ in tokens]
    if own:
        first, last = own[0], own[-1] + 1
        if _has_content(texts[first:last], language):
            return " ".join(texts[first:last])
        for reach in range(1, _REACH + 1):
            wider = texts[first : last + reach]
            if len(wider) == last - first + reach and _has_content(wider, language):
                return " ".join(wider)
        return " ".join(texts[first - 1 : last]) if first else ""
    # Something was too much: what stands around it, without it.
    before = [m.group() for m in matches(analysis.text[: finding.start])][-1:]
    after = [m.group() for m in matches(analysis.text[finding.end :])][:1]
    around = [text.casefold() for text in (*before, *after)]
    return " ".join(around) if len(around) == 2 else ""


def said_right(analysis: Analysis, form: str) -> bool:
    """Whether the words of ``form`` were said, and no mistake touches them."""
    wanted = words(form)
    found = matches(analysis.text)
    texts = words(analysis.text)
    if not wanted:
        return False
    for at in range(len(texts) - len(wanted) + 1):
        if texts[at : at + len(wanted)] == wanted:
            start, end = found[at].start(), found[at + len(wanted) - 1].end()
            if not any(touches(f, start, end) for f in analysis.findings):
                return True
    return False


def touches(finding: Finding, start: int, end: int) -> bool:
    """Whether a finding lies in or at ``start``..``end``."""
    return finding.start <= end and finding.end >= start


def _corrected_tokens(analysis: Analysis) -> list[tuple[str, Finding | None]]:
    tokens: list[tuple[str, Finding | None]] = []
    at = 0
    for found in sorted(analysis.findings, key=lambda one: (one.start, one.end)):
        tokens += [(word, None) for word in words(analysis.text[at : found.start])]
        tokens += [(word, found) for word in words(found.better)]
        at = max(at, found.end)
    return tokens + [(word, None) for word in words(analysis.text[at:])]


def _has_content(tokens: Sequence[str], language: str) -> bool:
    if not is_known(language):
        return any(len(token) > 3 for token in tokens)
    known = function_words(language)
    return any(
        part not in known and f"{part}'" not in known and f"'{part}" not in known
        for token in tokens
        for part in token.strip("'").split("'")
    )


def _window(text: str, first: int, last: int, finding: Finding) -> tuple[int, int]:
    inside = [m for m in matches(text) if first <= m.start() and m.end() <= last]
    if len(inside) <= MAX_SENTENCE_WORDS:
        return first, last
    before = [m for m in inside if m.end() <= finding.start]
    after = [m for m in inside if m.start() >= finding.end]
    half = MAX_SENTENCE_WORDS // 2
    start = before[-half].start() if len(before) >= half else first
    end = after[half - 1].end() if len(after) >= half else last
    return start, end


def _joined(before: str, better: str, after: str) -> str:
    if not better:
        if not before.strip():
            after = after.lstrip()
            return before + after[:1].upper() + after[1:]
        return before.rstrip() + after if after[:1] in " .,!?;:" else before + after
    left = " " if before and before[-1].isalnum() else ""
    right = " " if after and after[0].isalnum() and not better.endswith("'") else ""
    return f"{before}{left}{better}{right}{after}"


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())
