"""One connection to the mail server for many mails."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection


class MailLine:
    """Opens with the first mail, and anew after a failure; closes with its block.

    Servers take so many mails a connection and hang up then: a mail that such a one does
    not take is offered once more over a new one.
    """

    def __init__(self) -> None:
        self._connection: Any = None
        self._taken = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, mail: EmailMessage) -> None:
        """Send a mail. Raises whatever the mail server or the way to it makes of it."""
        try:
            self._send(mail)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused):
            was_used = self._taken > 0
            self._close()
            if not was_used:
                raise
            self._send(mail)
        except Exception:
            self._close()
            raise

    def _send(self, mail: EmailMessage) -> None:
        if self._connection is None:
            self._connection = get_connection()
            self._connection.open()
        mail.connection = self._connection
        mail.send()
        self._taken += 1

    def _close(self) -> None:
        connection, self._connection, self._taken = self._connection, None, 0
        if connection is not None:
            connection.close()
