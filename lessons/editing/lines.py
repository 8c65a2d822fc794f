"""Lists as people type them: one entry a line, its parts with bars between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic import ValidationError as SchemaError

BAR = "|"
MAX_LINES = 40


def as_lines(rows: Sequence[Any], names: Sequence[str] = (), *, bar: str = BAR) -> str:
    """Return rows as text: mappings by their names, lists by their places, texts as such."""
    return "\n".join(_joined(row, names, bar) for row in rows)


def read_texts(text: str) -> list[str]:
    """Return the lines that are not empty. Raises ValidationError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise ValidationError(_("The list is too long."))
    return lines


def read_parts(text: str, n: int, *, bar: str = BAR) -> list[list[str]]:
    """Return lines of ``n`` parts each. Raises ValidationError with every line's number."""
    rows: list[list[str]] = []
    problems: list[str] = []
    for number, line in enumerate(read_texts(text), start=1):
        parts = [part.strip() for part in line.split(bar, n - 1)]
        rows.append(parts)
        if len(parts) != n or not all(parts):
            problems.append(
                _("Line %(number)s needs %(n)s parts with %(bar)s between.")
                % {"number": number, "n": n, "bar": bar}
            )
    if problems:
        raise ValidationError(problems)
    return rows


def read_rows(
    text: str, model: type[BaseModel], *, bar: str = BAR
) -> list[dict[str, Any]]:
    """Return lines as rows of a schema's part. Raises ValidationError, line by line."""
    names = list(model.model_fields)
    rows = [
        dict(zip(names, parts, strict=True))
        for parts in read_parts(text, len(names), bar=bar)
    ]
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            model.model_validate(row)
        except SchemaError as error:
            problems += [
                _("Line %(number)s: %(problem)s")
                % {"number": number, "problem": schema_words(each)}
                for each in error.errors()
            ]
    if problems:
        raise ValidationError(problems)
    return rows


def schema_words(error: Any) -> str:
    """Return what a schema says of a value."""
    return str(error["msg"]).removeprefix("Value error, ")


def _joined(row: Any, names: Sequence[str], bar: str) -> str:
    if isinstance(row, str):
        return row
    parts = [row[name] for name in names] if isinstance(row, dict) else list(row)
    return (f" {bar} " if bar == BAR else f"{bar} ").join(parts)
