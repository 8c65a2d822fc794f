"""What is hard in a language for speakers of another: reviewed, else predicted."""

from __future__ import annotations

from .contrast import Contrast, ContrastTable
from .contrast_files import defined_contrasts, reviewed_tables
from .prediction import predicted_table


def contrasts_for(l1: str, l2: str) -> ContrastTable:
    """Return the table of two languages (BCP 47 tags); only their primary parts count.

    Empty where nothing can be said, as for a speaker of the language itself.
    """
    first, second = _primary(l1), _primary(l2)
    table = reviewed_tables(second).get(first) or predicted_table(first, second, first)
    return table or ContrastTable(first, second, first, (), predicted=True)


def contrast_named(l1: str, l2: str, key: str) -> Contrast | None:
    """Return a contrast by its key, also one that is not in the table of ``l1``."""
    found = contrasts_for(l1, l2).get(key)
    return found or defined_contrasts(_primary(l2)).get(key)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
