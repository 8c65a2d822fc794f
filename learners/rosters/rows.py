"""Rows of a list, checked one by one and against each other; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext

from lessons.levels import L1_LANGUAGES, CEFRLevel

from .columns import Heading
from .table import Row

# What a spreadsheet would run when the cell is opened again.
FORMULA_STARTS: Final = ("=", "+", "-", "@")
MAX_CHARS: Final = {"email": 254, "name": 60, "class": 80, "external_id": 120}
_YES: Final = frozenset(
    ["yes", "y", "true", "1", "x", "si", "sí", "oui", "ja", "是", "はい"]
)
_NO: Final = frozenset(["no", "n", "false", "0", "non", "nein", "否", "いいえ"])
_LANGUAGES: Final = ("en", "es", "fr", "de", "zh-hans", "ja")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A learner as the file has them. ``errors`` are codes, see ``words``.

    ``line`` is the row's in the file, ``classroom`` the name of a class.
    """

    line: int
    email: str = ""
    name: str = ""
    classroom: str = ""
    l1: str = ""
    level: str = ""
    external_id: str = ""
    is_minor: bool | None = None
    guardian_email: str = ""
    errors: tuple[str, ...] = field(default=())

    def with_errors(self, *codes: str) -> RosterRow:
        """Return the row with more errors."""
        return replace(self, errors=(*self.errors, *codes))

    def as_json(self) -> dict[str, Any]:
        """Return the row as it is kept; what is empty is left out."""
        return {
            name: value for name, value in asdict(self).items() if value not in ("", ())
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> RosterRow:
        """Return a row as it was kept."""
        return cls(**kept | {"errors": tuple(kept.get("errors", ()))})


def read_rows(heading: Heading, lines: Sequence[tuple[int, Row]]) -> list[RosterRow]:
    """Return all rows with the errors that the file alone shows."""
    return _mark_doubles([_read_row(heading, line, cells) for line, cells in lines])


def _read_row(heading: Heading, line: int, cells: Row) -> RosterRow:
    values = {
        column: cells[place] if place < len(cells) else ""
        for column, place in heading.places.items()
    }
    errors: list[str] = []
    if any(value.startswith(FORMULA_STARTS) for value in values.values()):
        errors.append("formula")
        values = {column: value.lstrip("=+-@ \t") for column, value in values.items()}
    if any("\x00" in value or "\ufffd" in value for value in values.values()):
        errors.append("characters")
        values = {column: value.replace("\x00", "") for column, value in values.items()}
    for column, limit in MAX_CHARS.items():
        if len(values.get(column, "")) > limit:
            errors.append(f"{column}.long")
            values[column] = values[column][:limit]

    def read(column: str, reading: Callable[[str], Any], code: str, none: Any) -> Any:
        value = values.get(column, "")
        if not value:
            return none
        found = reading(value)
        if found is None:
            errors.append(code)
            return none
        return found

    email = read("email", _address, "email.invalid", "")
    if not values.get("email"):
        errors.append("email.missing")
    guardian = read("guardian_email", _address, "guardian.invalid", "")
    if guardian and guardian == email:
        errors.append("guardian.same")
    return RosterRow(
        line=line,
        email=email or values.get("email", ""),
        name=values.get("name", ""),
        classroom=values.get("class", ""),
        l1=read("first_language", language_tag, "language.unknown", ""),
        level=read("level", _level, "level.unknown", ""),
        external_id=values.get("external_id", ""),
        is_minor=read("minor", _truth, "minor.unknown", None),
        guardian_email=guardian,
        errors=tuple(errors),
    )


def _mark_doubles(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """Mark who stands in the file a second time; the first row counts."""
    emails: set[str] = set()
    numbers: dict[str, str] = {}
    marked = []
    for row in rows:
        codes = []
        if row.email and row.email in emails:
            codes.append("email.twice")
        if (
            row.external_id
            and numbers.setdefault(row.external_id, row.email) != row.email
        ):
            codes.append("external_id.twice")
        emails.add(row.email)
        marked.append(row.with_errors(*codes) if codes else row)
    return marked


def _address(value: str) -> str | None:
    address = value.strip().lower()
    # "Ana <ana@example.org>", as programs for mail write it.
    if address.endswith(">") and "<" in address:
        address = address[address.rindex("<") + 1 : -1].strip()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address


def _level(value: str) -> str | None:
    level = value.strip().upper()[:2]
    return level if level in CEFRLevel.values else None


def _truth(value: str) -> bool | None:
    plain = value.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None


def language_tag(value: str) -> str | None:
    """Return the tag of a language named by its tag or in one of the pages' languages."""
    plain = value.strip().casefold().replace("_", "-")
    known = _names_of_languages()
    return known.get(plain) or known.get(plain.split("-")[0])


@cache
def _names_of_languages() -> dict[str, str]:
    found = {}
    for language in L1_LANGUAGES:
        for name in (language.tag, language.name, language.native_name):
            found[name.casefold()] = language.tag
    for interface in _LANGUAGES:
        with translation.override(interface):
            for language in L1_LANGUAGES:
                found.setdefault(gettext(language.name).casefold(), language.tag)
    return found
