"""The layout ``labels.jsonl`` beside ``audio/<split>/<id>``: one utterance a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .fields import Fields
from .reading import AccuracySource, CorpusError, Reading, ReadWord

LABELS = "labels.jsonl"


def read_labels(root: Path) -> Iterator[Reading]:
    """Read every line; ``audio`` has no suffix yet."""
    with (root / LABELS).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _reading(root, line, f"{LABELS}:{number}")


def _reading(root: Path, line: str, where: str) -> Reading:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as broken:
        raise CorpusError(f"{where}: not JSON: {broken.msg}") from broken
    fields = Fields(record, where)
    name, split = fields.text("id"), fields.text("split")
    return Reading(
        id=name,
        split=split,
        speaker=fields.text("speaker"),
        age=int(fields.number("age", most=120)),
        gender=fields.text("gender"),
        text=fields.text("text"),
        words=tuple(_word(word) for word in fields.objects("words")),
        accuracy=fields.number("accuracy"),
        fluency=fields.number("fluency"),
        prosodic=fields.number("prosodic"),
        total=fields.number("total"),
        accuracy_is=_source(fields),
        audio=root / "audio" / split / name,
    )


def _source(fields: Fields) -> AccuracySource:
    if not fields.has("accuracy_is"):
        return AccuracySource.OFFICIAL
    try:
        return AccuracySource(fields.text("accuracy_is"))
    except ValueError as unknown:
        choices = " or ".join(AccuracySource)
        raise fields.wrong(f"'accuracy_is' should be {choices}") from unknown


def _word(fields: Fields) -> ReadWord:
    phones = fields.words("phones")
    scores = fields.numbers("phone_accuracy", most=2)
    if len(phones) != len(scores):
        raise fields.wrong(f"{len(phones)} phones but {len(scores)} 'phone_accuracy'")
    return ReadWord(
        text=fields.text("text"),
        phones=phones,
        phone_accuracy=scores,
        accuracy=fields.number("accuracy"),
        stress=fields.number("stress"),
        total=fields.number("total"),
    )
