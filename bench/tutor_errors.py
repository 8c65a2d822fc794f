"""How many mistakes of real learners the analysis finds, and how often it is wrong.

ErAConD (Yuan et al. 2022): learners' turns in chats with a bot, corrected by people. They
typed; the tutor's learners speak. So an edit counts as a mistake only if it is a grave one
(level 3) and of something that is heard: spelling, capitals, punctuation and apostrophes
are not, nor is what ``same_when_heard`` takes for the same.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from inference.engines.dialogue.llama_cpp import LlamaCpp
from inference.errors import StageError
from inference.protocols import DialogueModel
from inference.types.short_request import short_request
from tutor.analysis import EMBEDDED, STRONG, Analyser, Form, analyser
from tutor.analysis.hearing import same_when_heard
from tutor.analysis.speech_data import speech_data
from tutor.analysis.typing_en import category
from tutor.completion import CompletionError
from tutor.findings import Analysis
from tutor.learner import Learner, LearnerTurn, Level

from .report import machine, percentile, report, say

Half = Literal["chosen", "held", "all"]

LEARNER = Learner(l1="pt", l2="en", level=Level.B1)
_GRAVE = "3"
_WRITTEN = frozenset({"SPELL", "ORTH", "PUNCT", "SPACE"})


@dataclass(frozen=True, slots=True)
class Gold:
    """A mistake that people marked, with its characters' place."""

    start: int
    end: int
    type: str
    better: str


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """A learner's turn and its mistakes."""

    dialogue: str
    text: str
    mistakes: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn and what the analysis made of it."""

    gold: GoldTurn
    analysis: Analysis
    ms: float


def error_figures(
    data: Path, analyser: Analyser, *, limit: int | None, half: Half = "all"
) -> dict[str, Any]:
    """Return figures of an analyser and, beside them, of the rules alone.

    ``data`` is ErAConD's folder. Every second dialogue was used to choose what is trusted
    (``chosen``); the others (``held``) give figures that nothing was fitted to. ``limit``
    bounds the number of turns.
    """
    turns = list(gold_turns(data, half))[:limit]
    return figures_of(judged_turns(turns, analyser)) | {
        f"rules_only_{name}": value
        for name, value in figures_of(judged_turns(turns, _rules_only())).items()
        if name in {"precision", "recall", "found", "accused_clean"}
    }


def judged_turns(turns: Sequence[GoldTurn], analyser: Analyser) -> list[Judged]:
    """Analyse turns one after the other."""
    judged = []
    for number, gold in enumerate(turns, 1):
        began = time.perf_counter()
        analysis = analyser.analyse(LearnerTurn(gold.text), LEARNER)
        ms = 1000 * (time.perf_counter() - began)
        judged.append(Judged(gold, analysis, ms))
        if number % 50 == 0:
            say(f"  {number} of {len(turns)} turns")
    return judged


def figures_of(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return precision and recall by turn and by edit, and what it took."""
    wrong = [one for one in judged if one.gold.mistakes]
    clean = [one for one in judged if not one.gold.mistakes]
    found = sum(bool(one.analysis.findings) for one in wrong)
    accused = sum(bool(one.analysis.findings) for one in clean)
    edits = _edit_counts(judged)
    times = [one.ms for one in judged]
    return {
        "turns": len(judged),
        "erroneous": len(wrong),
        "found": found,
        "accused_clean": accused,
        "precision": _share(found, found + accused),
        "recall": _share(found, len(wrong)),
        "edits_claimed": edits["claimed"],
        "edit_precision": _share(edits["right"], edits["claimed"]),
        "edit_recall": _share(edits["met"], edits["gold"]),
        "types_right": _share(edits["typed"], edits["right"]),
        "categories_right": _share(edits["kind"], edits["right"]),
        "judged_share": _share(sum(one.analysis.judged for one in judged), len(judged)),
        "clean_share_of_erroneous": _share(
            sum(one.analysis.clean for one in wrong), len(wrong)
        ),
        "ms_p50": percentile(times, 0.5),
        "ms_p95": percentile(times, 0.95),
        "by_type": _by_type(judged),
    }


def _edit_counts(judged: Sequence[Judged]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in judged:
        counts["gold"] += len(one.gold.mistakes)
        met: set[Gold] = set()
        for finding in one.analysis.findings:
            counts["claimed"] += 1
            meant = [
                gold
                for gold in one.gold.mistakes
                if gold.start <= finding.end and finding.start <= gold.end
            ]
            met.update(meant)
            if not meant:
                continue
            counts["right"] += 1
            counts["typed"] += any(gold.type == finding.type for gold in meant)
            counts["kind"] += finding.category in {
                category(gold.type, one.gold.text[gold.start : gold.end], gold.better)
                for gold in meant
            }
        counts["met"] += len(met)
    return counts


def _by_type(judged: Sequence[Judged]) -> dict[str, list[int]]:
    """Return for each type and evidence how many claims met a mistake, and how many not."""
    table: dict[str, list[int]] = {}
    for one in judged:
        for finding in one.analysis.findings:
            name = f"{finding.type or finding.category} {finding.evidence}"
            met = any(
                gold.start <= finding.end and finding.start <= gold.end
                for gold in one.gold.mistakes
            )
            table.setdefault(name, [0, 0])[not met] += 1
    return dict(sorted(table.items()))


def gold_turns(data: Path, half: Half = "all") -> Iterator[GoldTurn]:
    """Yield the learners' turns, dialogue by dialogue. Raises FileNotFoundError."""
    files = sorted(data.glob("*/m2/*.m2"), key=lambda path: (path.parts[-3], path.stem))
    if not files:
        raise FileNotFoundError(f"no */m2/*.m2 under {data}")
    for number, path in enumerate(files):
        if half != "all" and (number % 2 == 0) != (half == "chosen"):
            continue
        lines = path.parents[1] / "orig" / f"{path.stem}.txt"
        texts = lines.read_text(encoding="utf-8").splitlines()
        blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
        # A few files don't have a block for each line: those can't be matched.
        if len(texts) == len(blocks):
            name = f"{path.parts[-3]}/{path.stem}"
            for text, block in zip(texts, blocks, strict=True):
                yield GoldTurn(name, text, tuple(_gold(text, block.split("\n"))))


def _gold(text: str, lines: Sequence[str]) -> Iterator[Gold]:
    words = lines[0].removeprefix("S ").split()
    places = _places(text, words)
    data = speech_data("en")
    for line in lines[1:]:
        span, error_type, better, level, _, annotator = line[2:].split("|||")
        first, last = (int(number) for number in span.split())
        if annotator != "0" or level != _GRAVE or first < 0:
            continue
        if error_type.partition(":")[2] in _WRITTEN:
            continue
        if same_when_heard(" ".join(words[first:last]), better, data):
            continue
        # Some edits lie behind the last word.
        inside = places[first:last]
        at = places[first][0] if first < len(places) else len(text)
        start, end = (inside[0][0], inside[-1][1]) if inside else (at, at)
        yield Gold(start, end, error_type, better)


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the tokens are in the text; one that is not found has no width."""
    places = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if 0 <= start <= at + 40:
            at = start + len(word)
            places.append((start, at))
        else:
            places.append((at, at))
    return places


class EngineCompletion:
    """Short completions by an engine of the product."""

    def __init__(self, engine: DialogueModel) -> None:
        self._engine = engine

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the model's text. Raises CompletionError."""
        request = short_request(
            messages, conversation=purpose, max_tokens=max_tokens, schema=schema
        )
        deltas = self._engine.respond(request, cancelled=threading.Event())
        try:
            return "".join(delta.text for delta in deltas)
        except StageError as error:
            raise CompletionError(error.code) from error


def _rules_only() -> Analyser:
    return analyser("en", None)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Print the figures of the embedded model, or of another GGUF."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of ErAConD")
    parser.add_argument("--model-dir", type=Path, required=True, help="holds a .gguf")
    parser.add_argument("--half", choices=["chosen", "held", "all"], default="held")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--form", type=Form, choices=list(Form), default=Form.MARK)
    parser.add_argument("--strong", action="store_true", help="believe all it claims")
    options = parser.parse_args()
    before = machine()
    engine = LlamaCpp(model_dir=options.model_dir, slots=1)
    try:
        engine.warm()
        made = analyser(
            "en",
            EngineCompletion(engine),
            trust=STRONG if options.strong else EMBEDDED,
            form=options.form,
        )
        figures = error_figures(
            options.data, made, limit=options.limit, half=options.half
        )
    finally:
        engine.close()
    report(
        {
            "accusation_precision": figures["precision"],
            "error_recall": figures["recall"],
            "rules_only_recall": figures["rules_only_recall"],
            "turns": figures["turns"],
        },
        {"accusation_precision": ">= 0.80"},
        figures,
        before=before,
    )


if __name__ == "__main__":
    main()
