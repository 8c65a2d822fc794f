"""Makes the face renderer ``musetalk`` from its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inference.errors import EngineUnavailable

from ..video.encoder_client import EncoderProcess
from ..video.streamed_face import StreamedFace
from .network import MuseTalkNetwork, Network
from .source import MuseTalkFrames


def frame_source(
    *,
    model_dir: str | Path = "",
    avatars_dir: str | Path = "",
    prepared_dir: str | Path = "",
    device: str = "cuda",
    dtype: str = "auto",
    batch: int = 8,
    wait_ms: float = 8.0,
    streams: int = 2,
    longest_s: float = 8.0,
    match_colour: bool = True,
) -> MuseTalkFrames:
    """Return the frame source. Raises EngineUnavailable for a folder that is not named."""
    for name, folder in (
        ("model_dir", model_dir),
        ("avatars_dir", avatars_dir),
        ("prepared_dir", prepared_dir),
    ):
        if not str(folder):
            raise EngineUnavailable(
                "engine.weights_missing",
                f"MuseTalk needs the option {name!r}, a folder: see docs/engines.md",
                retryable=False,
            )

    def load() -> Network:
        return MuseTalkNetwork.from_folder(Path(model_dir), device=device, dtype=dtype)

    return MuseTalkFrames(
        load,
        avatars=Path(avatars_dir),
        prepared=Path(prepared_dir),
        batch=batch,
        wait_ms=wait_ms,
        streams=streams,
        longest_s=longest_s,
        match_colour=match_colour,
    )


def musetalk(**options: Any) -> StreamedFace:
    """Return the face renderer; its options are those of ``frame_source``."""
    return StreamedFace(frame_source(**options), EncoderProcess())
