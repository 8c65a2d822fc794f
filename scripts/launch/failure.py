"""A step that cannot go on."""

from __future__ import annotations


class LaunchError(Exception):
    """Ends the launch; the message is for the person at the terminal."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code
