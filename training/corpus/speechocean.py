"""SpeechOcean762 from disk: whichever layout, all of it or a choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from .labels import LABELS, read_labels
from .reading import CorpusError, Reading
from .release import SCORES, read_release
from .sounds import in_corpus, in_folder


def read_corpus(
    root: Path,
    *,
    split: str | None = None,
    ids: Collection[str] | None = None,
    audio: Path | None = None,
) -> tuple[Reading, ...]:
    """Return the readings of a split (all splits: ``None``), each with its sound.

    ``ids`` names utterances instead, of any split; ``audio`` is a folder to take sounds
    from, by name, in place of the corpus's own. Raises CorpusError.
    """
    readings = tuple(_layout(root))
    twice = [name for name, n in Counter(r.id for r in readings).items() if n > 1]
    if twice:
        raise CorpusError(f"{root}: {twice[0]!r} is there twice")
    if ids is not None:
        readings = _named(readings, ids, root)
    elif split is not None:
        readings = _of_split(readings, split, root)
    sound_of = in_folder(audio) if audio else in_corpus
    return tuple(replace(reading, audio=sound_of(reading)) for reading in readings)


def read_ids(path: Path) -> tuple[str, ...]:
    """Return the ids of a file, one a line; blank lines and ``#`` comments are passed."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as missing:
        raise CorpusError(f"{path}: {missing.strerror}") from missing
    ids = [line.partition("#")[0].strip() for line in lines]
    found = tuple(dict.fromkeys(name for name in ids if name))
    if not found:
        raise CorpusError(f"{path}: no ids in it")
    return found


def _layout(root: Path) -> Iterator[Reading]:
    if (root / LABELS).is_file():
        return read_labels(root)
    if (root / SCORES).is_file():
        return read_release(root)
    raise CorpusError(f"{root}: neither {LABELS} nor {SCORES} is there")


def _named(
    readings: tuple[Reading, ...], ids: Collection[str], root: Path
) -> tuple[Reading, ...]:
    missing = set(ids) - {reading.id for reading in readings}
    if missing:
        raise CorpusError(f"{root}: {len(missing)} ids unknown, first {min(missing)!r}")
    wanted = set(ids)
    return tuple(reading for reading in readings if reading.id in wanted)


def _of_split(
    readings: tuple[Reading, ...], split: str, root: Path
) -> tuple[Reading, ...]:
    found = tuple(reading for reading in readings if reading.split == split)
    if not found:
        there = ", ".join(sorted({reading.split for reading in readings})) or "nothing"
        raise CorpusError(f"{root}: no split {split!r}; there is {there}")
    return found
