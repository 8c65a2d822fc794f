"""The hub source against a server that speaks the hub's file protocol."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from inference.errors import EngineUnavailable
from inference.store import ModelStore
from inference.store.sources.hub import Hub
from tests.factories.models import CONTENT, manifest_of, sha256
from tests.fakes.model_sources import ScriptedSource

REVISION = "0" * 40


class HubServer(ThreadingHTTPServer):
    """Serves one repository; can break off in the middle of a file."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.content = dict(CONTENT)
        self.break_after: int | None = None
        self.requests: list[tuple[str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class HubHandler(BaseHTTPRequestHandler):
    """HEAD gives hash and size; GET understands ranges."""

    server: HubServer

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _answer(self, *, body: bool) -> None:
        asked_range = self.headers.get("Range", "")
        name = self.path.rpartition("/")[2]
        self.server.requests.append((self.command, name, asked_range))
        if self.path != f"/someone/tiny/resolve/{REVISION}/{name}":
            self.send_error(404)
            return
        data = self.server.content[name]
        start = (
            int(match[1]) if (match := re.match(r"bytes=(\d+)-", asked_range)) else 0
        )
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{sha256(data)}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        if body:
            self.wfile.write(data[start:][: self.server.break_after])


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with HubServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def store_of(tmp_path: Path, url: str, *more: ScriptedSource) -> ModelStore:
    return ModelStore(tmp_path, manifest=manifest_of(), sources=[Hub(url), *more])


def test_files_come_at_the_pinned_revision(tmp_path: Path, hub: HubServer) -> None:
    store = store_of(tmp_path, hub.url)
    store.ensure(["tiny"])
    assert (store.path("tiny") / "model.bin").read_bytes() == CONTENT["model.bin"]


def test_a_broken_download_goes_on_where_it_stopped(
    tmp_path: Path, hub: HubServer
) -> None:
    hub.break_after = 30_000
    with pytest.raises(EngineUnavailable, match="broke off|closed early"):
        store_of(tmp_path, hub.url).ensure(["tiny"])
    hub.break_after = None
    store_of(tmp_path, hub.url).ensure(["tiny"])
    assert ("GET", "model.bin", "bytes=30000-") in hub.requests


def test_another_file_on_the_hub_is_not_downloaded(
    tmp_path: Path, hub: HubServer
) -> None:
    hub.content["model.bin"] = b"a newer model"
    second = ScriptedSource(CONTENT)
    store_of(tmp_path, hub.url, second).ensure(["tiny"])
    assert not [request for request in hub.requests if request[0] == "GET"]
    assert sorted(second.asked) == sorted(CONTENT)


def test_an_unreachable_hub_is_asked_once(tmp_path: Path) -> None:
    closed = HubServer()
    url = closed.url
    closed.server_close()
    source = Hub(url)
    store = ModelStore(tmp_path, manifest=manifest_of(), sources=[source])
    for _ in range(2):
        with pytest.raises(EngineUnavailable, match="model hub: not reachable"):
            store.ensure(["tiny"])
    assert source.name == "model hub"
