"""What the store tells a person when it cannot go on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .manifest import ModelEntry, ModelFile

GIGABYTE = 1_000_000_000


def missing(entry: ModelEntry, files: Sequence[ModelFile]) -> str:
    """Say that a model was not fetched yet."""
    names = ", ".join(file.path for file in files)
    return (
        f"The model {entry.name} is not complete ({names}). "
        f"Fetch it with: manage.py fetch_models {entry.name}"
    )


def corrupt(entry: ModelEntry, target: Path) -> str:
    """Say that a file is not the one it should be."""
    return (
        f"{target} is damaged: its SHA-256 is not the manifest's. "
        f"Fetch it anew with: manage.py fetch_models {entry.name}"
    )


def refused(source: str, file: ModelFile) -> str:
    """Say that a source gave the wrong file."""
    return f"{source}: {file.path} is not the file of the manifest (SHA-256), refused"


def unavailable(
    entry: ModelEntry,
    files: Sequence[ModelFile],
    models_dir: Path,
    reasons: Sequence[str],
) -> str:
    """Say what is missing, why, and how to place it by hand."""
    tried = "\n".join(f"  - {reason}" for reason in reasons) or "  - no source is set"
    listing = "\n".join(
        f"  {models_dir / entry.name / file.path}\n"
        f"    {file.bytes} bytes, SHA-256 {file.sha256}"
        for file in files
    )
    return (
        f"The model {entry.name} ({entry.purpose}) could not be fetched.\n"
        f"Tried:\n{tried}\n"
        "Connect to the network and start again: finished parts are kept. Or place the\n"
        f"files by hand:\n{listing}\n"
        "Files in another folder are found with TUTOR_LOCAL_MODELS=<folder>."
    )


def disk_full(
    entry: ModelEntry, models_dir: Path, needed: int | None, free: int | None
) -> str:
    """Say how much room a model needs."""
    room = (
        f" It needs {needed / GIGABYTE:.1f} GB while it is fetched, "
        f"{free / GIGABYTE:.1f} GB are free."
        if needed is not None and free is not None
        else ""
    )
    return (
        f"The disk of {models_dir} has no room for the model {entry.name}.{room} "
        "Free some space, or name another folder with TUTOR_MODELS_DIR=<folder>."
    )


def permission_denied(error: PermissionError, models_dir: Path) -> str:
    """Say where writing was not allowed."""
    return (
        f"Not allowed to write {error.filename or models_dir}. Give this user the right "
        "to write there, or name another folder with TUTOR_MODELS_DIR=<folder>."
    )


def storage_failed(error: OSError, models_dir: Path) -> str:
    """Say what else the disk refused."""
    return f"Cannot keep models in {models_dir}: {error.strerror or error}."
