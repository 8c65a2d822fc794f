"""The model hub, at the revision the manifest names."""

from __future__ import annotations

import errno
import http.client
import os
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..digest import chunks
from ..manifest import HubRepository, ModelEntry, ModelFile
from ..progress import Progress
from .base import SourceUnavailable

CONNECT_TIMEOUT_S = 4.0
READ_TIMEOUT_S = 30.0
SHA256_DIGITS = 64
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS}


class Hub:
    """Downloads single files; an interrupted download goes on where it stopped.

    One failed connection is enough: the rest of the run does not ask again.
    """

    name = "model hub"

    def __init__(self, endpoint: str | None = None) -> None:
        self._endpoint = endpoint
        self._unreachable = ""

    def fetch(
        self,
        entry: ModelEntry,
        files: Sequence[ModelFile],
        work_dir: Path,
        progress: Progress,
    ) -> Iterator[tuple[ModelFile, Path]]:
        """Yield each file. Raises SourceUnavailable."""
        if entry.hub is None:
            raise SourceUnavailable("the manifest names no repository")
        if self._unreachable:
            raise SourceUnavailable(self._unreachable)
        addresses = [self._address(entry.hub, file) for file in files]
        progress.begin(f"{entry.name} (hub)", sum(file.bytes for file in files))
        for file, address in zip(files, addresses, strict=True):
            partial = work_dir / f"{Path(file.path).name}.{file.sha256[:12]}.hub"
            try:
                _download(address, partial, file.bytes, progress)
            except (OSError, http.client.HTTPException) as error:
                if isinstance(error, OSError) and error.errno in DISK_ERRORS:
                    raise
                raise SourceUnavailable(f"the download broke off: {error}") from error
            yield file, partial

    def _address(self, hub: HubRepository, file: ModelFile) -> str:
        """Return where the bytes are, after comparing the hub's own hash."""
        from huggingface_hub import get_hf_file_metadata, hf_hub_url  # noqa: PLC0415
        from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415

        url = hf_hub_url(
            hub.repository,
            file.hub_path,
            revision=hub.revision,
            endpoint=self._endpoint,
        )
        try:
            metadata: Any = get_hf_file_metadata(
                url, timeout=CONNECT_TIMEOUT_S, endpoint=self._endpoint, token=False
            )
        except HfHubHTTPError as error:
            raise SourceUnavailable(
                f"{hub.repository} refused {file.hub_path}: {type(error).__name__}"
            ) from error
        except Exception as error:
            # The client's transport errors have no public common base, and every one of
            # them means the same here: no hub, go on to the next source.
            self._unreachable = f"not reachable ({type(error).__name__})"
            raise SourceUnavailable(self._unreachable) from error
        # Large files carry their SHA-256 as etag; small ones a git hash, and are
        # checked after the download like all others.
        if len(metadata.etag or "") == SHA256_DIGITS and metadata.etag != file.sha256:
            raise SourceUnavailable(f"{file.hub_path} there is another file")
        return str(metadata.location)


def _download(address: str, partial: Path, size: int, progress: Progress) -> None:
    """Fetch one file into ``partial``, going on after what is there."""
    have = partial.stat().st_size if partial.exists() else 0
    if have >= size:
        progress.advance(have)
        return
    request = urllib.request.Request(address)  # noqa: S310 - the hub's own https address
    if have:
        request.add_header("Range", f"bytes={have}-")
    with urllib.request.urlopen(request, timeout=READ_TIMEOUT_S) as response:  # noqa: S310
        going_on = bool(have) and response.status == 206
        with partial.open("ab" if going_on else "wb") as writing:
            progress.advance(have if going_on else 0)
            for chunk in chunks(response):
                writing.write(chunk)
                progress.advance(len(chunk))
    if os.path.getsize(partial) < size:
        raise ConnectionError("the connection closed early")
