"""Codes of requests to other systems, in words for who looks after them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    "address.invalid": _("This is no address that can be used."),
    "address.not_https": _("The address has to begin with https://."),
    "address.private": _(
        "This address leads into a private network. Only systems that everybody can reach "
        "are told."
    ),
    "address.unknown": _("There is no such address."),
    "answer.late": _("It did not answer in time."),
    "answer.large": _("It answered far too much."),
    "connection.failed": _("It could not be reached."),
    "platform.off": _("The platform is switched off here."),
    "platform.takes_no_marks": _("The platform takes no marks for this link."),
    "platform.refused": _("The platform refused it."),
    "platform.answer": _("The platform's answer makes no sense."),
    "roster.not_offered": _("The platform does not offer the list of its learners."),
    "roster.failed": _("Its list could not be taken in."),
    "roster.endless": _("The platform's list does not end."),
}


def words_of(code: str) -> str:
    """Return what a code says to people; a code that is not known says itself."""
    return str(WORDS.get(code, code))
