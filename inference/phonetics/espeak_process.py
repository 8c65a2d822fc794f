"""espeak-ng in a process of its own: reads words on stdin, writes phonemes on stdout.

espeak-ng is GPL-3 and comes with Piper. It is loaded here and nowhere else, without the
rest of Piper, and this program shares with the tutor only lines of JSON:

* to the process: ``{"id": 1, "voice": "fr", "words": ["oui"]}``
* from the process: ``{"id": 1, "spoken": ["wˈi"]}``, ``""`` for what it cannot say

It ends when stdin closes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any


def load_bridge() -> Any:
    """Load Piper's door to espeak-ng; its package would load a neural network."""
    package = find_spec("piper")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("piper-tts is not installed")
    folder = Path(package.submodule_search_locations[0])
    spec = PathFinder.find_spec("espeakbridge", [str(folder)])
    if spec is None or spec.loader is None:
        raise SystemExit("This piper-tts has no espeak-ng")
    bridge = module_from_spec(spec)
    spec.loader.exec_module(bridge)
    bridge.initialize(str(folder / "espeak-ng-data"))
    return bridge


def spoken(bridge: Any, word: str) -> str:
    """Return what the current voice says for a word; ``""`` if it fails."""
    try:
        return " ".join(clause[0] for clause in bridge.get_phonemes(word))
    except (RuntimeError, ValueError):
        return ""


def answer(bridge: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request."""
    try:
        bridge.set_voice(request["voice"])
    except RuntimeError:
        return {"id": request["id"], "spoken": ["" for _ in request["words"]]}
    words = [spoken(bridge, word) for word in request["words"]]
    return {"id": request["id"], "spoken": words}


def main() -> None:
    """Answer line by line until the parent goes."""
    # Ctrl-C reaches every process of a terminal; this one goes when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries may print: only answers go out on the real stdout.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    bridge = load_bridge()
    for line in sys.stdin.buffer:
        reply = answer(bridge, json.loads(line))
        out.write(json.dumps(reply).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
