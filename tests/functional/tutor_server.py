"""The product as ``make run`` serves it, with the smallest language model."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.server import ROOT, BenchServer

SMALL_MODEL = "smollm2-135m-instruct-q4_1"


class TutorServer:
    """A running server and a look into its database."""

    def __init__(self, server: BenchServer) -> None:
        self._server = server
        self.url = f"http://127.0.0.1:{server.port}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read from the server's database."""
        path = self._server.data_dir / "tutor.sqlite3"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()

    def manage(self, *command: str) -> None:
        """Run a command of ``manage.py`` on the server's database."""
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self._server.env,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def log(self) -> str:
        """Return what the server wrote."""
        return self._server.log.read_text()

    def private_files(self) -> list[Path]:
        """Return the stored recordings."""
        return sorted((self._server.data_dir / "private").rglob("*.flac"))


@contextmanager
def tutor_server(
    settings: str = "tutorplatform.settings.local",
    *,
    courses: bool = False,
    **env: str,
) -> Iterator[TutorServer]:
    """Serve a copy of the demo, with ``courses`` those that come with the product."""
    environment = {
        "TUTOR_LLM_MODEL": SMALL_MODEL,
        # Tests of the video name their settings; all others need not wait for it.
        "TUTOR_FACE_RENDERER": "none",
        "PYTHONWARNINGS": "default",
        **env,
    }
    with BenchServer(settings, env=environment) as server:
        shutil.copytree(_seeded(courses), server.data_dir, dirs_exist_ok=True)
        server.start()
        yield TutorServer(server)


@cache
def _seeded(courses: bool) -> Path:
    """Return a data folder with the demo, made once for all tests of a run."""
    folder = TemporaryDirectory(prefix="tutor-seeded-")
    atexit.register(folder.cleanup)
    environment = {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "tests.scripted_settings",
        "TUTOR_DATA_DIR": folder.name,
        "PYTHONWARNINGS": "default",
    }
    imports = ("import_lessons",) if courses else ()
    for command in ("migrate", *imports, "seed_demo"):
        subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return Path(folder.name)
