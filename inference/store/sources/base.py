"""What a source can do, and how it says no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ..manifest import ModelEntry, ModelFile
from ..progress import Progress


class SourceUnavailable(Exception):
    """The source cannot give these files; the message tells a person why."""


class Source(Protocol):
    """A place that may have a model's files."""

    @property
    def name(self) -> str:
        """The source in a word or two, for messages."""
        ...

    def fetch(
        self,
        entry: ModelEntry,
        files: Sequence[ModelFile],
        work_dir: Path,
        progress: Progress,
    ) -> Iterator[tuple[ModelFile, Path]]:
        """Yield each file with the path of a copy inside ``work_dir``.

        The caller verifies and takes the copy before the next one is made. What stays in
        ``work_dir`` is found again by the next run. Raises SourceUnavailable.
        """
        ...
