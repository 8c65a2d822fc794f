"""Sources of model files that do what a test tells them to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from inference.store.manifest import ModelEntry, ModelFile
from inference.store.progress import Progress
from inference.store.sources.base import SourceUnavailable


class ScriptedSource:
    """Gives the bytes it was made with, or fails the way it was told to."""

    def __init__(
        self,
        content: Mapping[str, bytes],
        *,
        name: str = "scripted",
        error: BaseException | None = None,
    ) -> None:
        self.name = name
        self.asked: list[str] = []
        self._content = content
        self._error = error

    def fetch(
        self,
        entry: ModelEntry,
        files: Sequence[ModelFile],
        work_dir: Path,
        progress: Progress,
    ) -> Iterator[tuple[ModelFile, Path]]:
        """Yield what there is, then fail if told to."""
        for file in files:
            self.asked.append(file.path)
            if file.path in self._content:
                copy = work_dir / f"{file.path}.copy"
                copy.write_bytes(self._content[file.path])
                yield file, copy
        if self._error:
            raise self._error
        if not self._content:
            raise SourceUnavailable("has nothing")


class RememberingProgress:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.bars: list[tuple[str, int]] = []
        self.lines: list[str] = []
        self.bytes = 0

    def begin(self, label: str, total_bytes: int) -> None:
        """Remember the bar."""
        self.bars.append((label, total_bytes))

    def advance(self, count: int) -> None:
        """Add up."""
        self.bytes += count

    def end(self) -> None:
        """Nothing to remember."""

    def say(self, text: str) -> None:
        """Remember the line."""
        self.lines.append(text)
