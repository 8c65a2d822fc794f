"""What a worker tells of a run, as entries of a Redis stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RunEventKind(StrEnum):
    """What happened."""

    STARTED = "started"
    RESULT = "result"
    # Said every half second: the run goes on.
    ALIVE = "alive"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One entry. Results are counted by ``number`` from 0; ``DONE`` has how many there were.

    ``elapsed_s`` is since the run began, by the worker's clock. A result is packed in
    ``body`` or kept in the exchange under ``reference``. ``FAILED`` has ``code``,
    ``message`` (for operators) and ``retryable`` of the StageError.
    """

    run: str
    attempt: int
    kind: RunEventKind
    number: int = 0
    elapsed_s: float = 0.0
    worker: str = ""
    body: bytes = b""
    reference: str = ""
    code: str = ""
    message: str = ""
    retryable: bool = True

    def as_fields(self) -> dict[str, str | bytes | int | float]:
        """Return it as fields of a stream's entry, without those that say nothing."""
        fields: dict[str, str | bytes | int | float] = {
            "run": self.run,
            "attempt": self.attempt,
            "kind": self.kind.value,
            "number": self.number,
            "elapsed_s": round(self.elapsed_s, 6),
        }
        for name in ("worker", "body", "reference", "code", "message"):
            if value := getattr(self, name):
                fields[name] = value
        if not self.retryable:
            fields["final"] = 1
        return fields

    @classmethod
    def of(cls, fields: Mapping[bytes, bytes]) -> RunEvent:
        """Return the event of an entry. Raises ValueError or KeyError for another's."""

        def text(name: str) -> str:
            return fields.get(name.encode(), b"").decode()

        return cls(
            run=fields[b"run"].decode(),
            attempt=int(fields[b"attempt"]),
            kind=RunEventKind(text("kind")),
            number=int(fields[b"number"]),
            elapsed_s=float(fields[b"elapsed_s"]),
            worker=text("worker"),
            body=fields.get(b"body", b""),
            reference=text("reference"),
            code=text("code"),
            message=text("message"),
            retryable=b"final" not in fields,
        )
