"""The set-up that ``bench-faults`` breaks: workers behind a cable, a disk of its own for sound.

Web processes, database, Redis and the language model's server stand on this host; the
workers in a network namespace (``bench/line.py``) from which they reach only those. What
the site stores of voices, the exchange between web and workers included, lies on a small
file system in memory. Both need root; without it the faults that use them are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.scaled.layout import Layout, Size, free_port
from scripts.scaled.parts import MODELS, Part
from scripts.scaled.stack import Stack

from .line import HERE, INSIDE, Line
from .scaled import REAL, SCRIPTED, ScaledSite

DISK_MB = 48
SCRIPTED_MODEL = "scripted"


@dataclass(slots=True)
class BreakableSite:
    """A stack and what can be done to it. ``line``, ``disk``: None where that needs root."""

    site: ScaledSite
    line: Line | None
    disk: Path | None

    @property
    def stack(self) -> Stack:
        """The stack."""
        return self.site.stack


@contextmanager
def breakable_site(
    *, learners: int, real: bool, llm: str, each_kind: int
) -> Iterator[BreakableSite]:
    """Start the set-up; ``real``: with the engines of the product, ``llm`` among them."""
    with ExitStack() as made:
        namespace = f"tutor-workers-{os.getpid()}"
        line = made.enter_context(Line(namespace)) if os.geteuid() == 0 else None
        disk = None

        def arrange(layout: Layout, parts: list[Part]) -> list[Part]:
            nonlocal disk
            disk = made.enter_context(_disk(layout)) if line else None
            if not real:
                parts.append(_scripted_llm(layout))
            return _behind(line, layout, parts) if line else parts

        workers = dict.fromkeys(("asr", "scoring", "tts", "face"), each_kind)
        llm_port = free_port()
        site = ScaledSite(
            learners=learners,
            settings=REAL if real else SCRIPTED,
            environ={} if real else _scripted_environ(llm_port),
            size=Size(workers={**workers, "batch": 1}),
            llm=llm if real else "",
            llm_port=llm_port,
            arrange=arrange,
            keeps_voice=True,
        )
        made.enter_context(site)
        yield BreakableSite(site, line, disk)


def _scripted_environ(llm_port: int) -> dict[str, str]:
    return {
        "TUTOR_DIALOGUE": "openai",
        "TUTOR_LLM_BASE_URL": f"http://127.0.0.1:{llm_port}/v1",
        "TUTOR_LLM_MODEL": SCRIPTED_MODEL,
        "TUTOR_QUEUED_STAGES": "transcribe,assess,synthesize,render",
    }


def _scripted_llm(layout: Layout) -> Part:
    command = (sys.executable, "-m", "bench.scripted_llm", str(layout.llm_port))
    return Part("llm", command, MODELS)


def _behind(line: Line, layout: Layout, parts: list[Part]) -> list[Part]:
    """Move the workers into the namespace, and let the services answer there."""
    with (layout.folder / "postgres/pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {INSIDE}/32 scram-sha-256\n")
    return [_moved(part, line, layout) for part in parts]


def _moved(part: Part, line: Line, layout: Layout) -> Part:
    if part.name == "redis":
        more = ("127.0.0.1", HERE, "--protected-mode", "no")
        at = part.command.index("--bind") + 1
        return replace(
            part, command=(*part.command[:at], *more, *part.command[at + 1 :])
        )
    if part.name == "postgres":
        listens = "listen_addresses=127.0.0.1"
        command = tuple(
            f"{listens},{HERE}" if word == listens else word for word in part.command
        )
        return replace(part, command=command)
    if not part.name.startswith("worker-"):
        return part
    ip = shutil.which("ip") or "ip"
    redis = layout.redis_url.replace("127.0.0.1", HERE)
    return replace(
        part,
        command=(ip, "netns", "exec", line.namespace, *part.command),
        environ={
            **part.environ,
            "DATABASE_URL": layout.database_url.replace("127.0.0.1", HERE),
            "TUTOR_REDIS_URL": redis,
            "TUTOR_CELERY_BROKER_URL": redis,
        },
    )


@contextmanager
def _disk(layout: Layout) -> Iterator[Path]:
    """Mount the file system of what is stored of voices."""
    folder = layout.folder / "data/private"
    folder.mkdir(parents=True)
    options = f"size={DISK_MB}m,mode=0700"
    subprocess.run(  # noqa: S603 our own folder
        ["mount", "-t", "tmpfs", "-o", options, "tutor-bench", str(folder)],  # noqa: S607
        check=True,
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)  # noqa: S603, S607
        shutil.rmtree(layout.folder, ignore_errors=True)
