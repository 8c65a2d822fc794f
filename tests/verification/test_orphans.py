"""No engine process outlives the process that started it, not even after SIGKILL."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from .conftest import model_dir

pytestmark = pytest.mark.engine("piper", "llama_cpp")

PARENT = """
import sys, time
from pathlib import Path
from inference.engines.{module} import {name}
engine = {name}(model_dir=Path(sys.argv[1]))
engine.warm()
print(engine.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("module", "name", "model"),
    [
        ("synthesizers.piper", "Piper", "piper-en_US-joe-medium"),
        ("dialogue.llama_cpp", "LlamaCpp", "smollm2-135m-instruct-q4_1"),
    ],
)
def test_the_child_ends_with_its_parent(module: str, name: str, model: str) -> None:
    program = PARENT.format(module=module, name=name)
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(model_dir(model))],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait(5)
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.05)
