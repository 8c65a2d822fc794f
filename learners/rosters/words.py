"""Words for what is wrong with a row, and for what happens with it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .plan import Will

ERRORS: Final[dict[str, str | Promise]] = {
    "email.missing": _("The e-mail address is missing."),
    "email.invalid": _("This is no e-mail address."),
    "email.long": _("The e-mail address is too long."),
    "email.twice": _("This address stands in the file before. Keep one of the rows."),
    "name.long": _("The name is longer than 60 characters."),
    "class.long": _("The name of the class is longer than 80 characters."),
    "class.unknown": _(
        "You have no open class of this name. Make it first, or correct the name."
    ),
    "external_id.long": _("The number is longer than 120 characters."),
    "external_id.twice": _("This number stands in the file for somebody else, too."),
    "external_id.taken": _("This number belongs to somebody else at the school."),
    "language.unknown": _(
        "This language is not known. Write it in English or as a code such as “es”."
    ),
    "level.unknown": _("The level has to be one of A1, A2, B1, B2, C1, C2."),
    "minor.unknown": _("Write yes or no for whether they are a minor."),
    "guardian.invalid": _("The guardian's e-mail address is none."),
    "guardian.same": _("The guardian's address is the learner's own."),
    "formula": _(
        "A cell begins with =, +, - or @ and could be a formula. Write it as plain text."
    ),
    "characters": _("There are characters in it that cannot be read."),
    "mail.unsent": _("The mail to this person could not be sent. Invite them again."),
    "erased": _("This person's data was erased meanwhile."),
    "account.off": _("This account is switched off. Ask whoever runs the site."),
    "account.staff": _("This person teaches at or manages the school."),
}

WILL: Final[dict[Will, str | Promise]] = {
    Will.NEW: _("New account"),
    Will.ENROLLED: _("Joins the class"),
    Will.MOVED: _("Moves to the class"),
    Will.UNCHANGED: _("Is there already"),
    Will.INVITED: _("Is asked by e-mail"),
    Will.ERROR: _("Has to be corrected"),
}


def error_words(code: str) -> str:
    """Return the words for an error of a row."""
    return str(ERRORS.get(code, code))
