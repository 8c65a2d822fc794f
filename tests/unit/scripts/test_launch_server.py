"""Nothing is left running, however the launcher ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from scripts.launch.failure import LaunchError
from scripts.launch.server import Server

ROOT = Path(__file__).resolve().parents[3]

# Stands in for the server: has a child of its own, ignores nothing, serves no page.
SERVER = """
import subprocess, sys, pathlib
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
try:
    sys.stdin.buffer.read()
finally:
    child.terminate()
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text("0")
time.sleep(60)
"""
LAUNCHER = """
import sys, pathlib
from scripts.launch.server import Server
server = Server([sys.executable, "-c", sys.argv[1], sys.argv[2]], pathlib.Path.cwd())
print(server._process.pid, flush=True)
server.wait()
"""


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def started(program: str, marker: Path) -> Server:
    server = Server([sys.executable, "-c", program, str(marker)], ROOT)
    assert wait_until(lambda: marker.exists() and marker.read_text() != "")
    return server


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.slow
def test_a_stop_ends_the_server_and_its_children(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    server = started(SERVER, marker)
    server.stop()
    assert not is_running(int(marker.read_text()))


def test_a_server_that_does_not_listen_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.launch.server.STOP_PATIENCE_S", 0.3)
    server = started(STUBBORN, tmp_path / "pid")
    started_at = time.monotonic()
    server.stop()
    assert time.monotonic() - started_at < 5


def test_a_server_that_dies_while_starting_is_told(tmp_path: Path) -> None:
    server = Server([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(LaunchError, match="stopped while starting"):
        server.wait_for_page("http://127.0.0.1:9/")
    server.stop()


@pytest.mark.slow
def test_a_killed_launcher_takes_the_server_with_it(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, SERVER, str(marker)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    server_pid = int(launcher.stdout.readline())
    assert wait_until(lambda: marker.exists() and marker.read_text() != "")
    os.kill(launcher.pid, signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    child_pid = int(marker.read_text())
    assert wait_until(lambda: not is_running(server_pid))
    assert wait_until(lambda: not is_running(child_pid))
