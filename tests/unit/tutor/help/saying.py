"""A model that always gives the same texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tutor.completion import CompletionError


class Says:
    """Gives its texts in turn, the last one for ever; None fails."""

    def __init__(self, *texts: str | None, raw: str = "") -> None:
        self.texts = list(texts)
        self.raw = raw
        self.messages: Sequence[tuple[str, str]] = ()
        self.asked: list[dict[str, str]] = []

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the next text as the schema wants it."""
        self.messages = messages
        self.asked.append(json.loads(messages[1][1]))
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        if text is None:
            raise CompletionError("timed out")
        return self.raw or json.dumps({"text": text})
