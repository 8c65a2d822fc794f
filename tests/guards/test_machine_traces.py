"""Nothing in the project names the machine or the mirror it was written on."""

import re

from .project_files import ROOT, project_files

TEXT = {
    ".py", ".js", ".mjs", ".css", ".html", ".md", ".txt", ".in", ".toml", ".yaml",
    ".yml", ".json", ".svg", ".sh", "",
}  # fmt: skip
# Written so that this file does not match itself.
TRACES = [
    re.compile(pattern)
    for pattern in (
        r"/work/[a-z]", r"/home/[a-z]+/", r"/Users/[A-Za-z]+/", r"/root/[.a-z]",
        r"(?m)^\s*--(extra-)?index-url", r"(?m)^\s*--find-links",
        r"\.pyenv/", r"[a-z0-9-]+\.internal\b",
    )
]  # fmt: skip


def test_no_file_names_a_machine_or_a_registry_mirror() -> None:
    found = []
    for path in project_files():
        name = str(path.relative_to(ROOT))
        if path.suffix not in TEXT or name == "tests/guards/test_machine_traces.py":
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [
            f"{name}: {match[0].strip()}"
            for trace in TRACES
            if (match := trace.search(text))
        ]
    assert found == []


def test_locks_name_no_addresses() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), path.name
