"""Health checks of containers."""

import os
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scripts.probe import STALE_S, host_name, main, web_works, worker_works


class Site(BaseHTTPRequestHandler):
    """Answers as production does: one host, HTTPS only, 503 where it cannot serve."""

    def do_GET(self) -> None:
        status = {"/healthz": 200}.get(self.path, 503)
        if self.headers["X-Forwarded-Proto"] != "https":
            status = 301
        if self.headers["Host"] != "tutor.example.org":
            status = 400
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_the_site_is_asked_as_its_proxy_would(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", "tutor.example.org,other.example.org")
    assert web_works("/healthz", port=port)
    assert not web_works("/readyz", port=port)
    monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", "stranger.example.org")
    assert not web_works("/healthz", port=port)


def test_nobody_listening_is_a_failure(port: int) -> None:
    assert not web_works("/healthz", port=1)


@pytest.mark.parametrize(
    ("allowed", "name"),
    [
        ("tutor.example.org", "tutor.example.org"),
        (".example.org, b", "example.org"),
        ("*", "localhost"),
        ("", "localhost"),
    ],
)
def test_it_uses_a_name_that_the_site_answers_to(allowed: str, name: str) -> None:
    assert host_name(allowed) == name


def test_a_worker_works_while_its_file_is_young(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "alive"
    monkeypatch.setenv("TUTOR_ALIVE_FILE", str(path))
    assert main(["worker"]) == 1
    path.touch()
    assert main(["worker"]) == 0
    long_ago = time.time() - 2 * STALE_S
    os.utime(path, (long_ago, long_ago))
    assert not worker_works(str(path), now=time.time())
    assert main(["worker"]) == 1
    assert main(["what"]) == 2
