"""The documents keep up with the settings, the wire, the engines and each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from inference.registry import ENGINES
from inference.stages.stage import EngineKind
from inference.store import default_manifest
from sessions.wire.client_events import ClientEvent
from sessions.wire.server_events import SERVER_EVENTS
from tutorplatform.demo import DEMO_ACCOUNTS

from .project_files import PACKAGES, ROOT, project_files, python_modules

DOCS = ROOT / "docs"
# Pages about how things are now; decisions may name what was rejected.
NAMED_IN_CODE = [ROOT / "README.md", DOCS / "architecture.md", DOCS / "operations.md"]
ADRS = sorted((DOCS / "adr").glob("*.md"))
MARKDOWN = [path for path in project_files() if path.suffix == ".md"]
ADR_HEADINGS = ["Context", "Decision", "Consequences", "Rejected"]


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each table row whose first cell is code."""
    for line in text.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def settings_read() -> dict[str, list[str]]:
    """Return each variable the settings read, with its defaults that are plain values."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "tutorplatform/settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not _is_env(node.func):
                continue
            assert isinstance(node.args[0], ast.Constant), "name variables literally"
            defaults = found.setdefault(str(node.args[0].value), [])
            for keyword in node.keywords:
                if keyword.arg == "default":
                    defaults += _plain_values(keyword.value)
    return found


def _is_env(function: ast.expr) -> bool:
    owner = function.value if isinstance(function, ast.Attribute) else function
    return isinstance(owner, ast.Name) and owner.id == "env"


def _plain_values(default: ast.expr) -> list[str]:
    """Return a default, or both sides of one that depends on another setting."""
    if isinstance(default, ast.IfExp):
        return _plain_values(default.body) + _plain_values(default.orelse)
    return [str(default.value)] if isinstance(default, ast.Constant) else []


def documented_settings() -> dict[str, list[str]]:
    return {
        cells[0].strip("`"): cells[1:]
        for cells in rows((DOCS / "operations.md").read_text())
        if re.fullmatch(r"`[A-Z][A-Z_]+`", cells[0])
    }


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert set(settings_read()) == set(documented_settings())


def test_documented_defaults_are_the_real_ones() -> None:
    documented = documented_settings()
    wrong = {
        name: default
        for name, defaults in settings_read().items()
        for default in defaults
        if default and f"`{default}`" not in "".join(documented[name])
    }
    assert wrong == {}


def test_programs_read_no_variable_that_nobody_explains() -> None:
    operations = (DOCS / "operations.md").read_text()
    quoted = re.compile(r'"((?:TUTOR|DJANGO|DATABASE)_[A-Z_]+)"')
    unexplained = {
        name
        for path in python_modules()
        for name in quoted.findall(path.read_text())
        if f"`{name}`" not in operations
    }
    assert unexplained == set()


def test_every_engine_has_a_row_and_a_section() -> None:
    text = (DOCS / "engines.md").read_text()
    listed = {
        (cells[0], cells[1].strip("`"))
        for line in text.splitlines()
        if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5
    }
    for kind in EngineKind:
        for name in ENGINES.names(kind.value):
            assert (kind.value, name) in listed
            heading = rf"^### {kind.value} `{name}`$"
            assert re.search(heading, text, re.MULTILINE | re.IGNORECASE), name


def messages_described() -> dict[str, str]:
    """Return what the protocol document says in the row of each message type."""
    text, _, _errors = (DOCS / "wire_protocol.md").read_text().partition("\n## Errors")
    return {
        name: " | ".join(cells)
        for cells in rows(text)
        for name in re.findall(r"`([a-z._]+)`", cells[0])
    }


def test_the_protocol_document_has_every_message_with_its_fields() -> None:
    described = messages_described()
    messages = dict(SERVER_EVENTS)
    for model in get_args(ClientEvent):
        (name,) = get_args(model.model_fields["type"].annotation)
        messages[name] = frozenset(model.model_fields) - {"type"}
    assert set(described) == set(messages)
    for name, fields in messages.items():
        for field in fields:
            assert re.search(rf"\b{field}\b", described[name]), f"{name}: {field}"


def test_the_readme_names_the_demo_accounts() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = {cells[0].strip("`") for cells in rows(readme)}
    assert listed == {account.email for account in DEMO_ACCOUNTS}
    assert all(f"`{account.password}`" in readme for account in DEMO_ACCOUNTS)


def test_the_readme_says_how_much_is_fetched() -> None:
    read = settings_read()
    models = {*read["TUTOR_WHISPER_MODEL"], *read["TUTOR_VOICE"]}
    models |= {*read["TUTOR_LLM_MODEL"]} - {""}
    models.add("smart-turn-v3.2")
    total = sum(default_manifest().entry(name).bytes for name in models)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"fetches {total / 1e9:.2f} GB of weights" in " ".join(readme.split())


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_HEADINGS
    decision = text[text.index("\n## Decision") : text.index("\n## Consequences")]
    assert re.search(r"\bwe will\b", decision, re.IGNORECASE)


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = (path.parent / name).resolve() if name else path
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(target)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as Git hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def test_paths_in_the_documents_exist() -> None:
    pattern = re.compile(
        rf"`((?:{'|'.join(PACKAGES)}|tests|docs|requirements)/[^`*]+)`"
    )
    missing = [
        f"{path.name}: {name}"
        for path in (*NAMED_IN_CODE, *ADRS)
        for name in pattern.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]
    assert missing == []


def test_classes_in_the_documents_exist() -> None:
    classes = {
        name
        for path in python_modules()
        for name in re.findall(r"^class (\w+)", path.read_text(), re.MULTILINE)
    }
    aliases = {"TurnEvent"}
    named = {
        name
        for path in NAMED_IN_CODE
        for name in re.findall(
            r"`([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b[^`/]*`", path.read_text(encoding="utf-8")
        )
    }
    assert named - classes - aliases == set()
