"""A cluster of PostgreSQL that outlives its server."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

from scripts.testrun.programs import POSTGRES, RunError

from .layout import Layout
from .parts import program

_OWNERS = ("postgres", "nobody")


def database_user() -> str:
    """Return who runs PostgreSQL: it refuses to be root. "" for whoever runs this."""
    if os.geteuid() != 0:
        return ""
    for name in _OWNERS:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RunError("PostgreSQL does not run as root, and no other user is here.")


def make_cluster(layout: Layout) -> None:
    """Make the cluster, unless it is there. Raises RunError."""
    folder = layout.folder / "postgres"
    if (folder / "PG_VERSION").exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    password_file = layout.folder / "password.tmp"
    password_file.touch(mode=0o600)
    password_file.write_text(layout.password)
    user = database_user()
    as_user: dict[str, Any] = {}
    if user:
        entry = pwd.getpwnam(user)
        for path in (folder, password_file):
            os.chown(path, entry.pw_uid, entry.pw_gid)
        as_user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        _require_way(folder, user, as_user)
    try:
        done = subprocess.run(
            [
                program(POSTGRES.find(), "PostgreSQL"), "-D", str(folder), "-U", "tutor",
                "--auth=scram-sha-256", f"--pwfile={password_file}",
                "--encoding=UTF8", "--locale=C",
            ],
            cwd="/", check=False, capture_output=True, text=True, **as_user,
        )  # fmt: skip
    finally:
        password_file.unlink()
    if done.returncode:
        raise RunError(f"initdb failed:\n{done.stderr}")


def _require_way(folder: Path, user: str, as_user: dict[str, Any]) -> None:
    """Raise RunError unless PostgreSQL's user may come as far as its folder."""
    done = subprocess.run(
        ["/usr/bin/test", "-w", str(folder)], cwd="/", check=False, **as_user
    )
    if done.returncode:
        raise RunError(
            f"PostgreSQL runs as {user}, who may not enter {folder}.\n"
            "Name another folder: make run-scaled FOLDER=/srv/tutor"
        )
