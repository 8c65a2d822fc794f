"""Entry of `make run-scaled`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from pathlib import Path

from scripts.launch.failure import LaunchError
from scripts.launch.ports import require_free_port
from scripts.testrun.programs import RunError

from .layout import ROOT, Layout
from .stack import Stack


def main() -> int:
    """Run a stack until Ctrl-C. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.scaled")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--folder", type=Path, default=ROOT / "var/scaled")
    parser.add_argument("--llm", default="qwen2.5-coder-1.5b-instruct-q4_k_m")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    started = time.monotonic()
    try:
        require_free_port("127.0.0.1", options.port)
        options.folder.mkdir(parents=True, exist_ok=True)
        with Stack(_layout(options.folder, options.port, options.llm)) as stack:
            print(
                f"\nReady after {time.monotonic() - started:.1f} s: {stack.layout.address}"
            )
            print(f"Logs: {stack.layout.logs}. Ctrl-C stops everything.\n", flush=True)
            while stack.supervisor.alive():
                time.sleep(0.5)
        print("supervisord ended.", file=sys.stderr)
    except (RunError, LaunchError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    return 1


def _layout(folder: Path, port: int, llm: str) -> Layout:
    """Return the stack of a folder: its database has the password of its first start."""
    kept = folder / "stack.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(json.dumps({"password": Layout(folder, port).password}))
    return Layout(
        folder, port, llm=llm, password=json.loads(kept.read_text())["password"]
    )


if __name__ == "__main__":
    sys.exit(main())
