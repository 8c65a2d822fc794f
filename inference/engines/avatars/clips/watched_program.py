"""Runs one program of another project, and ends it with all that it started.

``python watched_program.py program arguments...``

The program gets a process group of its own. When standard input closes, because whoever
started this has gone or no longer wants the result, the group is asked to end and killed
if it does not. The exit code is the program's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

PATIENCE_S = 3.0
NOT_STARTED = 127


def main(arguments: list[str]) -> int:
    """Run the program; return its exit code, ``NOT_STARTED`` if it cannot be started."""
    try:
        program = subprocess.Popen(  # noqa: S603 a list that its engine has checked
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=sys.stdout.buffer,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError:
        return NOT_STARTED
    threading.Thread(target=_end_when_alone, args=(program,), daemon=True).start()
    code = program.wait()
    # It may have left helpers behind that hold the output open.
    _signal_group(program.pid, signal.SIGKILL)
    return code if code >= 0 else 128 - code


def _end_when_alone(program: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    _signal_group(program.pid, signal.SIGTERM)
    try:
        program.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        _signal_group(program.pid, signal.SIGKILL)


def _signal_group(group: int, which: signal.Signals) -> None:
    try:
        os.killpg(group, which)
    except (ProcessLookupError, PermissionError):
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
