"""Mistakes that rules find without a model: few, and meant to be sure.

Each language has patterns of its own; English has Harper beside them. Rules see a small part
of the mistakes: silence of a rule says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tutor.categories import Category

from . import harper_en
from .edit import Edit
from .speech_data import DataError, load_yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: ``find`` with the mistake in group ``group``, and what is better."""

    find: re.Pattern[str]
    group: str
    better: str | Mapping[str, str]
    type: str
    category: Category

    def edits(self, text: str) -> Iterable[Edit]:
        """Yield what the pattern finds in a text."""
        for match in self.find.finditer(text):
            start, end = match.span(self.group) if self.group else match.span()
            if start < 0:
                continue
            # A pattern takes a space along to stand at a word's edge.
            said = text[start:end]
            start += len(said) - len(said.lstrip()) if said.strip() else 0
            end = start + len(said.strip()) if said.strip() else end
            better = self._replacement(match).strip()
            yield Edit(start, end, better, self.type, self.category)

    def _replacement(self, match: re.Match[str]) -> str:
        if isinstance(self.better, str):
            return match.expand(self.better)
        return self.better[match.group(self.group or 0).casefold()]


def rule_edits(language: str, text: str) -> list[Edit]:
    """Return what rules find, in the order of the text; overlaps go to the patterns."""
    found = [edit for rule in patterns(language) for edit in rule.edits(text)]
    if language == "en":
        found += harper_en.edits(text)
    kept: list[Edit] = []
    for edit in found:
        if not any(edit.meets(other) for other in kept):
            kept.append(edit)
    return sorted(kept, key=lambda edit: (edit.start, edit.end))


@cache
def patterns(language: str) -> tuple[Rule, ...]:
    """Return a language's patterns. Raises DataError naming the one that is wrong."""
    name = f"rules_{language}.yaml"
    raw = load_yaml(name)
    lists: Mapping[str, str] = {}
    if isinstance(raw, dict):
        lists, raw = raw.get("lists", {}), raw["rules"]
    return tuple(_rule(one, lists, f"{name}: {one.get('find')}") for one in raw)


def _rule(one: Mapping[str, Any], lists: Mapping[str, str], place: str) -> Rule:
    pattern = one.get("find", "")
    for _ in range(2):  # lists may name lists
        for key, value in lists.items():
            pattern = pattern.replace("{" + key + "}", value)
    try:
        find = re.compile(pattern, re.IGNORECASE)
        category = Category(one["category"])
        better = one["better"]
    except (re.error, KeyError, ValueError) as error:
        raise DataError(f"{place}: {error}") from error
    group = one.get("span", "x" if "x" in find.groupindex else "")
    if group and group not in find.groupindex:
        raise DataError(f"{place}: no group {group!r}")
    return Rule(find, group, better, one.get("type", ""), category)
