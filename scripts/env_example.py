"""Writes the second part of ``deploy/.env.example``: every setting of docs/operations.md.

``python -m scripts.env_example`` keeps what stands above the marker, which is written by
hand, and explains each other variable as the page of operations does.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "deploy" / ".env.example"
OPERATIONS = ROOT / "docs" / "operations.md"
MARKER = "# --- Every other setting, from docs/operations.md: python -m scripts.env_example ---"
WIDTH = 96

# What compose.yaml and the images say themselves: paths and addresses inside of containers,
# and what no installation may switch on.
NOT_OFFERED = frozenset(
    {
        "DATABASE_URL", "TUTOR_REDIS_URL", "TUTOR_CELERY_BROKER_URL", "TUTOR_RUNNER",
        "TUTOR_QUEUED_STAGES", "TUTOR_LLM_BASE_URL", "TUTOR_LLM_MODEL", "DJANGO_DEBUG", "TUTOR_DATA_DIR", "TUTOR_MODELS_DIR",
        "TUTOR_EXCHANGE_DIR", "TUTOR_FACE_CACHE", "TUTOR_FETCH_VOICES", "TUTOR_ALIVE_FILE",
        "TUTOR_MUSETALK_DIR", "TUTOR_SCORER_DIR", "TUTOR_XTTS_DIR", "TUTOR_XTTS_PYTHON",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of a table of docs/operations.md."""

    name: str
    default: str
    words: str


def assigned(text: str) -> set[str]:
    """Return the names that an example sets or shows."""
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))


def documented(page: str) -> Iterator[tuple[str, Setting]]:
    """Yield the settings of the page, each with the heading it stands below."""
    heading = ""
    for line in page.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and re.fullmatch(
            r"`[A-Z][A-Z0-9_]+`", cells[0].strip()
        ):
            default, words = _cells(line)
            yield heading, Setting(cells[0].strip("` "), default, words)


def _cells(line: str) -> tuple[str, str]:
    _name, default, words = (
        cell.strip() for cell in line.strip().strip("|").split("|", 2)
    )
    if plain := re.fullmatch(r"`([^`]*)`", default):
        return plain[1], _plain(words)
    # A default that depends is told in words.
    known = default not in {"", "empty"}
    return "", _plain(words) + (f". Default: {_plain(default)}" if known else "")


def _plain(markdown: str) -> str:
    without_links = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown.strip(" |"))
    return without_links.replace("`", "").replace("\\|", "|")


def complete(example: str, page: str) -> str:
    """Return the example with its second part written anew."""
    by_hand = example.partition(MARKER)[0].rstrip("\n") + "\n\n"
    known = assigned(by_hand) | NOT_OFFERED
    lines = [MARKER, ""]
    last = ""
    for heading, setting in documented(page):
        if setting.name in known:
            continue
        if heading != last:
            lines += [f"# == {heading}", ""]
            last = heading
        known.add(setting.name)
        lines += [f"# {line}" for line in textwrap.wrap(setting.words, WIDTH)]
        lines += [f"#{setting.name}={setting.default}", ""]
    return by_hand + "\n".join(lines).rstrip("\n") + "\n"


def main() -> int:
    """Write the file. Returns the exit code."""
    text = EXAMPLE.read_text(encoding="utf-8")
    EXAMPLE.write_text(complete(text, OPERATIONS.read_text(encoding="utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
