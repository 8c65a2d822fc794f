"""The file that health checks of containers look at."""

import threading
import time
from pathlib import Path

from tutorplatform.alive import keep_touching


def test_the_file_is_touched_again_and_again_until_the_end(tmp_path: Path) -> None:
    path, ended = tmp_path / "alive", threading.Event()
    thread = threading.Thread(target=keep_touching, args=(path, ended, 0.01))
    thread.start()
    touched: set[int] = set()
    deadline = time.monotonic() + 5
    while len(touched) < 3 and time.monotonic() < deadline:
        if path.exists():
            touched.add(path.stat().st_mtime_ns)
        time.sleep(0.005)
    ended.set()
    thread.join(5)
    assert len(touched) >= 3
    assert not thread.is_alive()


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    path, ended = tmp_path / "gone" / "alive", threading.Event()
    thread = threading.Thread(target=keep_touching, args=(path, ended, 0.01))
    thread.start()
    time.sleep(0.05)
    path.parent.mkdir()
    deadline = time.monotonic() + 5
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    ended.set()
    thread.join(5)
    assert path.exists()
