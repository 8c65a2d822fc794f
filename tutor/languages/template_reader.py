"""Reads the shapes that a file of templates is made of, and says where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

BANDS = ("basic", "independent", "proficient")
PLACEHOLDERS = frozenset(
    {
        *("name", "title", "word", "goal", "praise", "item", "gloss", "example"),
        *("said", "better", "before", "after", "part", "time", "right", "wrong"),
        *("recast", "quoted", "sound", "last", "fact"),
    }
)
PLACEHOLDER = re.compile(r"\{(\w*)\}")

Bands = Mapping[str, tuple[str, ...]]


class TemplateError(Exception):
    """A template file is not as it must be; the message names file and key."""


class Reader:
    """Checks shapes and says where something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, key: str, what: str) -> TemplateError:
        return TemplateError(f"{self.path.parent.name}/{self.path.name}: {key}: {what}")

    def parsed(self) -> Any:
        try:
            return yaml.safe_load(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise self.fail("file", f"cannot be read: {error}") from error

    def mapping(self, value: Any, key: str) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(k, str) for k in value):
            raise self.fail(key, "must be a mapping with text keys")
        return value

    def only(self, data: Mapping[str, Any], known: Iterable[str], key: str) -> None:
        for name in data:
            if name not in known:
                raise self.fail(f"{key}.{name}", "is not known")

    def text(self, value: Any, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "must be text")
        for name in PLACEHOLDER.findall(value):
            if name not in PLACEHOLDERS:
                raise self.fail(key, f"has an unknown placeholder {{{name}}}")
        return " ".join(value.split())

    def texts(self, value: Any, key: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.fail(key, "must be a list")
        return tuple(self.text(item, f"{key}.{n}") for n, item in enumerate(value))

    def pairs(self, value: Any, key: str) -> dict[str, str]:
        data = self.mapping(value, key)
        return {name: self.text(data[name], f"{key}.{name}") for name in data}

    def bands(self, value: Any, key: str) -> Bands:
        data = self.mapping(value, key)
        self.only(data, BANDS, key)
        if not data.get(BANDS[0]):
            raise self.fail(key, f"must have {BANDS[0]}")
        return {name: self.texts(data[name], f"{key}.{name}") for name in data}
