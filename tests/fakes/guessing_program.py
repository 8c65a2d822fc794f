"""Stands in for the espeak-ng process: the same lines, and ways to misbehave.

It says each word's letters; "die" ends it, "hang" keeps it silent, "noise" makes it
write something else first.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def main() -> None:
    """Answer line by line until the parent goes."""
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        words: list[str] = request["words"]
        if "die" in words:
            return
        if "hang" in words:
            time.sleep(60)
        if "noise" in words:
            answer({"id": request["id"] - 1, "spoken": ["stale"]})
        answer(
            {"id": request["id"], "spoken": [f"{request['voice']}:{w}" for w in words]}
        )


def answer(reply: dict[str, Any]) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
