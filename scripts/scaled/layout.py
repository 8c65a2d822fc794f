"""Where a stack lives: its folder, ports and secrets, and what its parts read of them."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Size:
    """How many processes of each part, and how many runs each worker does at once."""

    web: int = 2
    workers: Mapping[str, int] = field(
        default_factory=lambda: {
            "asr": 1,
            "scoring": 1,
            "tts": 1,
            "face": 1,
            "batch": 1,
        }
    )
    places: Mapping[str, int] = field(
        default_factory=lambda: {
            "asr": 4, "scoring": 2, "tts": 4, "face": 2, "batch": 2,
        }
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """One stack. ``folder`` has everything that it writes.

    ``settings`` is the module of Django settings, ``environ`` what the parts read besides;
    ``llm`` names the model of the local server, ``""`` for none.
    """

    folder: Path
    port: int
    settings: str = "tutorplatform.settings.local"
    environ: Mapping[str, str] = field(default_factory=dict)
    llm: str = ""
    size: Size = field(default_factory=Size)
    postgres_port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    llm_port: int = field(default_factory=free_port)
    web_ports: tuple[int, ...] = field(
        default_factory=lambda: tuple(free_port() for _ in range(8))
    )
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def logs(self) -> Path:
        """Where each part writes its log."""
        return self.folder / "logs"

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return f"postgresql://tutor:{self.password}@127.0.0.1:{self.postgres_port}/postgres"

    @property
    def redis_url(self) -> str:
        """The address of Redis."""
        return f"redis://127.0.0.1:{self.redis_port}/0"

    @property
    def address(self) -> str:
        """Where people reach the site."""
        return f"http://127.0.0.1:{self.port}/"

    def parts_environ(self) -> dict[str, str]:
        """Return the environment of Django's processes."""
        language_model = (
            {
                "TUTOR_DIALOGUE": "openai",
                "TUTOR_LLM_BASE_URL": f"http://127.0.0.1:{self.llm_port}/v1",
                "TUTOR_LLM_MODEL": self.llm,
                "TUTOR_LLM_API_KEY": self.password,
                # It is the embedded model, in a process that all others ask.
                "TUTOR_LLM_READS_AHEAD": "1",
                "TUTOR_LLM_TRUST": "small",
                "TUTOR_LLM_SCHEMA": "no",
            }
            if self.llm
            else {}
        )
        # Languages' libraries take a thread for each core in each process; here all share
        # the cores of one machine.
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DATABASE_URL": self.database_url,
            "TUTOR_DATA_DIR": str(self.folder / "data"),
            "TUTOR_REDIS_URL": self.redis_url,
            "TUTOR_CELERY_BROKER_URL": self.redis_url,
            "TUTOR_RUNNER": "queued",
            "PYTHONUNBUFFERED": "1",
            **language_model,
            **self.environ,
        }
