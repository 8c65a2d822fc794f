"""What goes wrong with schools and classes in a way that people can do something about."""

from __future__ import annotations

from django.utils.functional import Promise


class SchoolProblem(Exception):
    """Something was refused; ``message`` says why in words for who asked."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)
