"""Builds the report of a talk from its turns, by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tutor.findings import Analysis, Finding, Severity
from tutor.memory.sentences import (
    example,
    matches,
    right_form,
    said_right,
    sentence_span,
    words,
)
from tutor.moves import CORRECTIONS, MoveKind

from .contents import (
    Example,
    NewWord,
    NextStep,
    ReportTurn,
    StepKind,
    TalkReport,
    WellKind,
    WentWell,
    WorkOn,
)

THINGS = 3
EXAMPLES_EACH = 2
LONG_WORDS = 7
MOSTLY = 0.6
_WEIGHTS = {Severity.SLIP: 1, Severity.ERROR: 2, Severity.BLOCKING: 4}
_BRINGS_WORDS = frozenset({MoveKind.INTRODUCE, MoveKind.REUSE})

_Found = tuple[ReportTurn, Analysis, Finding]


def talk_report(turns: Sequence[ReportTurn], *, language: str) -> TalkReport:
    """Return the report of a talk; delicate turns count as talked, nothing else."""
    shown = [turn for turn in turns if not turn.is_delicate]
    judged = [t for t in shown if t.analysis is not None and t.analysis.judged]
    right = [t for t in judged if t.analysis is not None and t.analysis.clean]
    work_on = _work_on(shown, language)
    new_words = _new_words(shown)
    n_words = sum(len(words(turn.text)) for turn in turns)
    well = _well(shown, new_words, language, n_right=len(right), n_judged=len(judged))
    return TalkReport(
        well=well or _talked(len(turns), n_words),
        work_on=work_on,
        new_words=new_words,
        next_step=_next_step(work_on, new_words),
        turns=len(turns),
        words_said=n_words,
        judged=len(judged),
        right=len(right),
    )


def _work_on(turns: Sequence[ReportTurn], language: str) -> tuple[WorkOn, ...]:
    found: dict[str, list[_Found]] = {}
    for turn, analysis, finding in _findings(turns):
        found.setdefault(finding.category, []).append((turn, analysis, finding))
    ranked = sorted(
        found.items(), key=lambda item: -sum(_WEIGHTS[f.severity] for *_, f in item[1])
    )
    return tuple(
        _thing(category, seen, turns, language) for category, seen in ranked[:THINGS]
    )


def _findings(turns: Sequence[ReportTurn]) -> Iterator[_Found]:
    for turn in turns:
        if turn.analysis is not None:
            for finding in turn.analysis.findings:
                yield turn, turn.analysis, finding


def _thing(
    category: str,
    seen: list[_Found],
    turns: Sequence[ReportTurn],
    language: str,
) -> WorkOn:
    # What was treated or hurts most is the best example; then what was said first.
    by_weight = sorted(
        seen, key=lambda one: (not _treated(*one), -_WEIGHTS[one[2].severity])
    )
    examples: dict[str, Example] = {}
    for turn, analysis, finding in by_weight:
        said, better = example(analysis, finding)
        examples.setdefault(
            said,
            Example(turn.index, said, better, finding.said, finding.better),
        )
    last_turn, last_analysis, last = seen[-1]
    form = right_form(last_analysis, last, language)
    return WorkOn(
        category=category,
        times=len(seen),
        examples=tuple(islice(examples.values(), EXAMPLES_EACH)),
        repaired=bool(form) and _right_after(turns, last_turn.index, form) is not None,
    )


def _treated(turn: ReportTurn, _: Analysis, finding: Finding) -> bool:
    move = turn.move
    if move is None or move.kind not in CORRECTIONS:
        return False
    return finding.key in {treated.key for treated in move.findings}


def _right_after(
    turns: Sequence[ReportTurn], index: int, form: str
) -> ReportTurn | None:
    """Return the first later turn in which these words were said right."""
    for turn in turns:
        analysis = turn.analysis
        if turn.index <= index or analysis is None or not analysis.judged:
            continue
        if said_right(analysis, form):
            return turn
    return None


def _new_words(turns: Sequence[ReportTurn]) -> tuple[NewWord, ...]:
    found: dict[str, NewWord] = {}
    for turn in turns:
        move = turn.move
        if move is None or move.kind not in _BRINGS_WORDS or move.item is None:
            continue
        item = move.item
        if item.text not in found:
            later = (t.text for t in turns if t.index > turn.index)
            used = any(_contains(text, item.text) for text in later)
            found[item.text] = NewWord(item.text, item.gloss, used)
    return tuple(found.values())


def _contains(text: str, phrase: str) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


def _well(
    turns: Sequence[ReportTurn],
    new_words: Sequence[NewWord],
    language: str,
    *,
    n_right: int,
    n_judged: int,
) -> tuple[WentWell, ...]:
    found = [*_repaired(turns, language)[:1]]
    found += [WentWell(WellKind.USED_WORD, w.text) for w in new_words if w.used][:1]
    found += [
        WentWell(WellKind.PRAISED, turn.move.praise_for)
        for turn in turns
        if turn.move is not None and turn.move.praise_for
    ][:1]
    longest = _longest_right_sentence(turns)
    if longest and all(longest != one.quote for one in found):
        found.append(WentWell(WellKind.LONG_SENTENCE, longest))
    if n_judged >= THINGS and n_right >= MOSTLY * n_judged:
        found.append(WentWell(WellKind.MOSTLY_RIGHT, n=n_right, of=n_judged))
    return tuple(found[:THINGS])


def _repaired(turns: Sequence[ReportTurn], language: str) -> list[WentWell]:
    found = []
    for turn, analysis, finding in _findings(turns):
        if not _treated(turn, analysis, finding):
            continue
        form = right_form(analysis, finding, language)
        later = _right_after(turns, turn.index, form) if form else None
        if later is not None:
            found.append(WentWell(WellKind.REPAIRED, _around(later.text, form)))
    return found


def _around(text: str, form: str) -> str:
    """Return the sentence in which a form was said."""
    wanted, said = words(form), words(text)
    for at in range(len(said) - len(wanted) + 1):
        if said[at : at + len(wanted)] == wanted:
            where = matches(text)[at]
            first, last = sentence_span(text, where.start(), where.end())
            return text[first:last]
    return text


def _longest_right_sentence(turns: Sequence[ReportTurn]) -> str:
    best = ""
    for turn in turns:
        if turn.analysis is None or not turn.analysis.judged:
            continue
        for where in matches(turn.text):
            first, last = sentence_span(turn.text, where.start(), where.end())
            sentence = turn.text[first:last]
            clean = not any(
                finding.start < last and finding.end >= first
                for finding in turn.analysis.findings
            )
            if clean and len(words(sentence)) > len(words(best)):
                best = sentence
    return best if LONG_WORDS <= len(words(best)) <= 3 * LONG_WORDS else ""


def _talked(n_turns: int, n_words: int) -> tuple[WentWell, ...]:
    return (WentWell(WellKind.TALKED, n=n_words, of=n_turns),) if n_words else ()


def _next_step(work_on: Sequence[WorkOn], new_words: Sequence[NewWord]) -> NextStep:
    better = [thing.examples[0].corrected for thing in work_on if not thing.repaired]
    if better:
        return NextStep(StepKind.SAY_BETTER, " ".join(_ended(text) for text in better))
    for word in new_words:
        if not word.used:
            return NextStep(StepKind.USE_WORD, word.text)
    return NextStep(StepKind.TALK_AGAIN)


def _ended(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."
