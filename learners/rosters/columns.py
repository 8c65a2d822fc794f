"""Which column is what, however schools call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from .table import FileProblem

COLUMNS: Final = (
    "email", "name", "class", "first_language", "level", "external_id", "minor",
    "guardian_email",
)  # fmt: skip

# In the languages of the pages, folded as ``_folded`` does.
_SPELLINGS: Final = {
    "email": (
        "email", "emailaddress", "mail", "learneremail", "studentemail", "correo",
        "correoelectronico", "adressemail", "adressemel", "courriel", "emailadresse",
        "邮箱", "电子邮件", "メール", "メールアドレス",
    ),
    "name": (
        "name", "fullname", "displayname", "learner", "student", "studentname", "nombre",
        "nombrecompleto", "nom", "nomcomplet", "vollername", "姓名", "名字", "名前", "氏名",
    ),
    "class": (
        "class", "classname", "classroom", "group", "course", "section", "clase", "grupo",
        "classe", "groupe", "klasse", "kurs", "班级", "クラス",
    ),
    "first_language": (
        "firstlanguage", "l1", "nativelanguage", "mothertongue", "language", "homelanguage",
        "lenguamaterna", "idiomamaterno", "languematernelle", "muttersprache",
        "erstsprache", "母语", "母語",
    ),
    "level": ("level", "cefr", "cefrlevel", "nivel", "niveau", "级别", "水平", "レベル"),
    "external_id": (
        "externalid", "id", "studentid", "studentnumber", "number", "sisid", "sourcedid",
        "matricula", "numero", "numeroetudiant", "matrikelnummer", "schuelernummer", "学号",
        "学籍番号",
    ),
    "minor": (
        "minor", "isminor", "underage", "child", "menor", "menordeedad", "mineur",
        "minderjahrig", "未成年", "未成年者",
    ),
    "guardian_email": (
        "guardianemail", "guardian", "parentemail", "parent", "parentguardianemail",
        "correodeltutor", "emailparent", "emaildututeur", "elternemail", "emaildereltern",
        "家长邮箱", "保護者メール",
    ),
}  # fmt: skip


class NoAddressColumn(FileProblem):
    """Nobody can be known without an address."""

    message = _(
        "No column is called “email”. The first row has to name the columns; the template "
        "shows how."
    )


class ColumnTwice(FileProblem):
    """Two columns say the same."""

    message = _("Two columns have the same meaning. Keep one of them.")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each known column is, and the names of those that are not read."""

    places: dict[str, int]
    unread: tuple[str, ...]


def read_heading(cells: Sequence[str]) -> Heading:
    """Return what the first row says. Raises NoAddressColumn and ColumnTwice."""
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(cells):
        column = _KNOWN.get(_folded(cell))
        if column is None:
            unread.extend([cell] if cell else [])
        elif column in places:
            raise ColumnTwice
        else:
            places[column] = place
    if "email" not in places:
        raise NoAddressColumn
    return Heading(places, tuple(unread))


def _folded(name: str) -> str:
    """Return a name without case, accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c))
    )


_KNOWN: Final = {
    _folded(spelling): column
    for column, spellings in _SPELLINGS.items()
    for spelling in spellings
}
