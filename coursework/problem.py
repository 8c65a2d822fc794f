"""What goes wrong with set work in a way that people can do something about."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise


class WorkProblem(Exception):
    """Something was refused; ``message`` says why in words for who asked."""

    message: str | Promise = ""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)
