"""One attempt at a run of a stage, as it is ordered from the workers."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

TASK = "inference.run_stage"


@dataclass(frozen=True, slots=True)
class RunOrder:
    """The arguments of the task `inference.run_stage`: names and references, no sound.

    ``replies`` is the stream to answer in. The packed request is either ``inline`` (base64)
    or kept in the exchange under ``reference``. ``ordered_at`` is Unix time; ``trace`` the
    caller's trace context (https://www.w3.org/TR/trace-context/).
    """

    run: str
    attempt: int
    stage: str
    replies: str
    ordered_at: float
    inline: str = ""
    reference: str = ""
    trace: Mapping[str, str] = field(default_factory=dict)

    def as_kwargs(self) -> dict[str, Any]:
        """Return it as keyword arguments of the task."""
        return asdict(self)

    @staticmethod
    def inlined(data: bytes) -> str:
        """Return packed bytes as text."""
        return b64encode(data).decode()

    def inline_bytes(self) -> bytes:
        """Return the packed request that stands in the order itself."""
        return b64decode(self.inline)
