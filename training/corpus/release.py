"""The layout of the release, OpenSLR 101: Kaldi tables, ``resource/*.json``, ``WAVE/``.

Scores come from ``resource/scores.json``; ``resource/scores-detail.json``, if it is
there, adds what each of the five experts said. ``resource/text-phone`` has the phones of
a word (``<id>.<n>``) where ``scores.json`` leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .detail import with_raters
from .fields import Fields
from .reading import AccuracySource, CorpusError, Reading, ReadWord
from .tables import look_up, read_table

SPLITS = ("train", "test")
SCORES = Path("resource/scores.json")
DETAIL = Path("resource/scores-detail.json")
TEXT_PHONE = Path("resource/text-phone")


def read_release(root: Path) -> Iterator[Reading]:
    """Read both splits in the order of their ``wav.scp``."""
    scores = _Entries(root, SCORES)
    detail = _Entries(root, DETAIL) if (root / DETAIL).is_file() else None
    phones = read_table(root / TEXT_PHONE) if (root / TEXT_PHONE).is_file() else {}
    for split in SPLITS:
        if (root / split / "wav.scp").is_file():
            for reading in _Split(root, split, scores, phones):
                raters = detail.get(reading.id) if detail else None
                yield with_raters(reading, raters) if raters else reading


class _Entries:
    """A JSON file with one object for each utterance."""

    def __init__(self, root: Path, name: Path) -> None:
        self._name = name
        self._text = (root / name).read_text("utf-8")
        try:
            self._entries: dict[str, Any] = json.loads(self._text)
        except json.JSONDecodeError as broken:
            raise CorpusError(f"{name}:{broken.lineno}: {broken.msg}") from broken

    def get(self, utterance: str) -> Fields | None:
        """Return an utterance's object; complaints name the line that it begins on."""
        if utterance not in self._entries:
            return None
        # Only a complaint needs the line, but the text is searched in no time.
        line = self._text[: self._text.find(f'"{utterance}"')].count("\n") + 1
        return Fields(self._entries[utterance], f"{self._name}:{line} ({utterance})")

    def __getitem__(self, utterance: str) -> Fields:
        fields = self.get(utterance)
        if fields is None:
            raise CorpusError(f"{self._name}: no entry for {utterance!r}")
        return fields


class _Split:
    """The tables of one split."""

    def __init__(
        self, root: Path, split: str, scores: _Entries, phones: dict[str, str]
    ) -> None:
        self._root, self._split = root, split
        self._scores, self._phones = scores, phones

    def __iter__(self) -> Iterator[Reading]:
        folder = self._root / self._split
        speakers, ages, genders = (
            (folder / name, read_table(folder / name))
            for name in ("utt2spk", "spk2age", "spk2gender")
        )
        for name, sound in read_table(folder / "wav.scp").items():
            speaker = look_up(speakers[1], name, speakers[0])
            yield self._reading(
                name,
                speaker,
                _age(look_up(ages[1], speaker, ages[0]), ages[0]),
                look_up(genders[1], speaker, genders[0]),
                self._root / sound,
            )

    def _reading(
        self, name: str, speaker: str, age: int, gender: str, audio: Path
    ) -> Reading:
        fields = self._scores[name]
        return Reading(
            id=name,
            split=self._split,
            speaker=speaker,
            age=age,
            gender=gender.lower(),
            text=fields.text("text"),
            words=tuple(
                self._word(word, f"{name}.{number}")
                for number, word in enumerate(fields.objects("words"))
            ),
            accuracy=fields.number("accuracy"),
            fluency=fields.number("fluency"),
            prosodic=fields.number("prosodic"),
            total=fields.number("total"),
            accuracy_is=AccuracySource.OFFICIAL,
            audio=audio,
        )

    def _word(self, fields: Fields, key: str) -> ReadWord:
        if fields.has("phones") or key not in self._phones:
            phones = fields.words("phones")
        else:
            phones = tuple(self._phones[key].split())
        scores = fields.numbers("phones-accuracy", most=2)
        if len(phones) != len(scores):
            raise fields.wrong(
                f"{len(phones)} phones but {len(scores)} 'phones-accuracy'"
            )
        return ReadWord(
            text=fields.text("text"),
            # Kaldi marks the place in the word: W_B, IY0_E.
            phones=tuple(phone.partition("_")[0] for phone in phones),
            phone_accuracy=scores,
            accuracy=fields.number("accuracy"),
            stress=fields.number("stress"),
            total=fields.number("total"),
        )


def _age(value: str, path: Path) -> int:
    try:
        return int(value)
    except ValueError as odd:
        raise CorpusError(f"{path.parent.name}/{path.name}: age {value!r}") from odd
