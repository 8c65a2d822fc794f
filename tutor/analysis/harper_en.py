"""Harper's English rules as evidence: grammar only, never spelling or punctuation."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from tutor.categories import Category

from .edit import Edit
from .speech_data import DataError, load_yaml

_DATA = "harper_en.yaml"
_LOCK = Lock()


def edits(text: str) -> list[Edit]:
    """Return what Harper finds and can better, in the order of its rules."""
    kinds = _kinds()
    # A linter refuses a second thread while one is inside.
    with _LOCK:
        by_rule = _linter().organized_lints(text, language="plaintext")
    found = [
        _edit(lint, kinds[rule])
        for rule, lints in by_rule.items()
        if rule in kinds
        for lint in lints
    ]
    return [edit for edit in found if edit is not None]


def _edit(lint: Any, category: Category) -> Edit | None:
    from harper import SuggestionKind  # noqa: PLC0415

    if not lint.suggestions:
        return None
    suggestion = lint.suggestions[0]
    start, end = lint.span.start, lint.span.end
    better = suggestion.replacement_text
    if suggestion.kind == SuggestionKind.INSERT_AFTER:
        return Edit(end, end, better, "", category)
    if suggestion.kind == SuggestionKind.REMOVE:
        better = ""
    return Edit(start, end, better, "", category)


@cache
def _kinds() -> dict[str, Category]:
    """Return the rules that count here and what each finds. Raises DataError."""
    raw = load_yaml(_DATA)
    try:
        return {rule: Category(kind) for kind, rules in raw.items() for rule in rules}
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(f"{_DATA}: {error}") from error


@cache
def _linter() -> Any:
    """Return a linter with our rules only: about a second, once a process."""
    from harper import Linter  # noqa: PLC0415

    linter = Linter()
    kinds = _kinds()
    config = linter.get_lint_config()
    linter.set_lint_config({rule: rule in kinds for rule in config})
    return linter
