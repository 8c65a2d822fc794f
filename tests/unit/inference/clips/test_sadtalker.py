"""SadTalker at the edge: a program with its command line stands in for it."""

from __future__ import annotations

import io
import json
import threading
import time
from pathlib import Path
from typing import Any

import av
import psutil
import pytest

from inference.engines.avatars.clips.sadtalker import SadTalker
from inference.errors import EngineUnavailable, StageError
from inference.types.clip import AvatarKind, Clip, ClipAvatar, ClipProgress, ClipRequest
from inference.verification.checks import look
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material
from inference.verification.pictures import grey_picture
from tests.fakes.clips import install_sadtalker, picture, said

REQUEST = ClipRequest(
    ClipAvatar("ana", AvatarKind.PORTRAIT, picture()), (said(0.6), said(0.4))
)


def render(engine: SadTalker, request: ClipRequest = REQUEST) -> list[Any]:
    return list(engine.render(request, cancelled=threading.Event()))


def streams(clip: Clip) -> dict[str, str]:
    with av.open(io.BytesIO(clip.mp4), "r") as file:
        return {s.type: s.codec_context.name for s in file.streams}


def frames(clip: Clip) -> int:
    with av.open(io.BytesIO(clip.mp4), "r") as file:
        return len(list(file.decode(video=0)))


def test_a_portrait_speaks(tmp_path: Path) -> None:
    options = install_sadtalker(tmp_path)
    *steps, clip = render(SadTalker(**options))
    assert isinstance(clip, Clip)
    assert streams(clip) == {"video": "h264", "audio": "aac"}
    assert (clip.width, clip.height, clip.fps) == (256, 256, 25)
    assert frames(clip) == 25
    assert clip.duration_ms == 1000
    assert clip.mp4.index(b"moov") < clip.mp4.index(b"mdat")
    shares = [step.share for step in steps if isinstance(step, ClipProgress)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(0.7)
    assert list(Path(options["work_dir"]).iterdir()) == []


def test_what_browsers_do_not_play_is_encoded_anew(tmp_path: Path) -> None:
    clip = render(SadTalker(**install_sadtalker(tmp_path, "mpeg4")))[-1]
    assert streams(clip) == {"video": "h264", "audio": "aac"}
    assert frames(clip) == 25


def test_the_program_gets_a_list_and_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "do not tell")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    options = install_sadtalker(tmp_path)
    render(
        SadTalker(
            **options, size=512, preprocess="crop", still=False, enhancer="gfpgan"
        )
    )
    checkout = Path(options["checkout"])
    called = json.loads((checkout / "called.json").read_text())
    assert called[called.index("--size") + 1] == "512"
    assert called[called.index("--enhancer") + 1] == "gfpgan"
    assert "--still" not in called
    environment = json.loads((checkout / "environment.json").read_text())
    assert "DJANGO_SECRET_KEY" not in environment
    assert environment["CUDA_VISIBLE_DEVICES"] == "1"


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("crash", "clip.failed"),
        ("no_video", "clip.failed"),
    ],
)
def test_failures_have_codes(tmp_path: Path, behaviour: str, code: str) -> None:
    engine = SadTalker(**install_sadtalker(tmp_path, behaviour))
    with pytest.raises(StageError) as caught:
        render(engine)
    assert caught.value.code == code
    assert str(tmp_path) not in caught.value.message


def test_a_picture_without_a_face_is_told_apart(tmp_path: Path) -> None:
    engine = SadTalker(**install_sadtalker(tmp_path))
    wall = ClipAvatar("wall", AvatarKind.PORTRAIT, grey_picture())
    with pytest.raises(StageError) as caught:
        render(engine, ClipRequest(wall, (said(),)))
    assert caught.value.code == "clip.no_face"


@pytest.mark.slow
def test_it_keeps_what_every_clip_renderer_promises(tmp_path: Path) -> None:
    material = Material(said(1.0).clip, picture=picture())
    engine = SadTalker(**install_sadtalker(tmp_path))
    findings = list(look(CONTRACTS["clip_renderer"], engine, material))
    assert len(findings) == 5
    assert [f"{f.name}: {f.problem}" for f in findings if f.problem] == []


def pids(folder: Path) -> list[int]:
    """Return the program's and its helper's, once both run."""
    file = folder / "SadTalker" / "pids"
    ends_at = time.monotonic() + 20
    while not (file.exists() and len(file.read_text().split()) == 2):
        assert time.monotonic() < ends_at
        time.sleep(0.05)
    return [int(pid) for pid in file.read_text().split()]


def gone(processes: list[int]) -> bool:
    ends_at = time.monotonic() + 10
    while any(psutil.pid_exists(pid) for pid in processes):
        if time.monotonic() > ends_at:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
def test_cancelling_ends_the_program_and_what_it_started(tmp_path: Path) -> None:
    engine = SadTalker(**install_sadtalker(tmp_path, "hang"))
    cancelled = threading.Event()
    results: list[Any] = []
    worker = threading.Thread(
        target=lambda: results.extend(engine.render(REQUEST, cancelled=cancelled))
    )
    worker.start()
    running = pids(tmp_path)
    cancelled.set()
    worker.join(15)
    assert gone(running)
    assert not any(isinstance(result, Clip) for result in results)


@pytest.mark.slow
def test_a_clip_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    engine = SadTalker(**install_sadtalker(tmp_path, "hang"), timeout_s=1.5)
    with pytest.raises(StageError) as caught:
        render(engine)
    assert caught.value.code == "clip.timeout"
    assert gone(pids(tmp_path))


def test_it_needs_a_picture(tmp_path: Path) -> None:
    engine = SadTalker(**install_sadtalker(tmp_path))
    with pytest.raises(StageError) as caught:
        render(engine, ClipRequest(ClipAvatar("ada", AvatarKind.HEAD), (said(),)))
    assert not caught.value.retryable


@pytest.mark.parametrize(
    "option",
    [
        {"size": 300},
        {"preprocess": "crop; rm -rf /"},
        {"enhancer": "other"},
        {"pose_style": 46},
        {"pose_style": -1},
        {"expression_scale": 0.0},
        {"batch_size": 0},
    ],
)
def test_options_that_it_does_not_take_are_refused(
    tmp_path: Path, option: dict[str, Any]
) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        SadTalker(**install_sadtalker(tmp_path), **option)
    assert caught.value.code == "engine.bad_option"


def test_names_that_its_own_shell_would_read_are_refused(tmp_path: Path) -> None:
    options = install_sadtalker(tmp_path)
    odd = tmp_path / "a $(touch pwned) b"
    odd.mkdir()
    with pytest.raises(EngineUnavailable) as caught:
        render(SadTalker(**options | {"work_dir": str(odd)}))
    assert caught.value.code == "engine.bad_option"


def test_another_installation_has_another_fingerprint(tmp_path: Path) -> None:
    options = install_sadtalker(tmp_path)
    first = SadTalker(**options).capabilities.fingerprint
    assert SadTalker(**options).capabilities.fingerprint == first
    assert SadTalker(**options, size=512).capabilities.fingerprint != first
    weights = Path(options["checkout"], "checkpoints", "more.safetensors")
    weights.write_bytes(b"1")
    assert SadTalker(**options).capabilities.fingerprint != first


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    options = install_sadtalker(tmp_path)
    for path in Path(options["checkout"], "checkpoints").iterdir():
        path.unlink()
    with pytest.raises(EngineUnavailable, match="no weights") as caught:
        SadTalker(**options).warm()
    assert caught.value.code == "engine.program_missing"
    with pytest.raises(EngineUnavailable, match="no interpreter"):
        SadTalker(**options | {"python": str(tmp_path / "none")}).warm()
