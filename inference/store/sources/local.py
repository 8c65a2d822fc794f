"""A folder that somebody filled by hand, or that is shared between machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..digest import chunks
from ..manifest import ModelEntry, ModelFile
from ..progress import Progress
from .base import SourceUnavailable


class LocalFolder:
    """Copies from ``<folder>/<model>/<file>`` or ``<folder>/<file>``."""

    name = "local folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(
        self,
        entry: ModelEntry,
        files: Sequence[ModelFile],
        work_dir: Path,
        progress: Progress,
    ) -> Iterator[tuple[ModelFile, Path]]:
        """Yield a copy of each file that the folder has."""
        found = [(file, path) for file in files if (path := self._find(entry, file))]
        if not found:
            raise SourceUnavailable(f"{self._folder} has none of the files")
        progress.begin(f"{entry.name} (copy)", sum(file.bytes for file, _ in found))
        for file, source in found:
            copy = work_dir / f"{Path(file.path).name}.local"
            with source.open("rb") as reading, copy.open("wb") as writing:
                for chunk in chunks(reading):
                    writing.write(chunk)
                    progress.advance(len(chunk))
            yield file, copy

    def _find(self, entry: ModelEntry, file: ModelFile) -> Path | None:
        for candidate in (
            self._folder / entry.name / file.path,
            self._folder / file.path,
        ):
            if candidate.is_file():
                return candidate
        return None
