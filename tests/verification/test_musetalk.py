"""MuseTalk by its real libraries, at a tiny random size: `make test-torch`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from inference.engines.avatars.musetalk.engine import frame_source
from inference.engines.avatars.musetalk.network import MuseTalkNetwork
from inference.engines.avatars.musetalk.source import MuseTalkFrames
from inference.engines.avatars.musetalk.windows import window
from inference.errors import EngineUnavailable
from inference.registry import create_engine
from inference.types.audio import AudioClip
from inference.types.face import Frame, RenderRequest
from inference.types.speech import PhonemeSpan, SpeechChunk
from inference.verification.checks import Check
from inference.verification.face_renderer import CHECKS as RENDERER_CHECKS
from inference.verification.frame_source import CHECKS, babble
from inference.verification.material import Material
from tests.unit.inference.musetalk.portrait_files import save_still

MISSING = ", ".join(
    name for name in ("torch", "diffusers", "transformers") if find_spec(name) is None
)
pytestmark = [
    pytest.mark.engine("musetalk"),
    pytest.mark.skipif(
        bool(MISSING), reason=f"{MISSING} not installed: make test-torch"
    ),
    # The libraries' own affairs, among themselves.
    pytest.mark.filterwarnings("ignore"),
]
RATE_HZ = 16_000
FILES = (
    "musetalkV15/unet.pth",
    "sd-vae/diffusion_pytorch_model.bin",
    "whisper/pytorch_model.bin",
)
NOISE = np.random.default_rng(3).normal(0, 0.1, 3 * RATE_HZ).astype(np.float32)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of tiny weights."""
    from . import tiny_musetalk  # noqa: PLC0415 - needs torch

    return tiny_musetalk.save(tmp_path_factory.mktemp("musetalk"))


@pytest.fixture(scope="module")
def network(weights: Path) -> MuseTalkNetwork:
    """The loaded models."""
    return MuseTalkNetwork.from_folder(weights, device="cpu", dtype="auto")


@pytest.fixture(scope="module")
def options(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The engine's options, with one portrait."""
    folder = tmp_path_factory.mktemp("avatars")
    save_still(folder / "portraits")
    return {
        "model_dir": str(weights),
        "avatars_dir": str(folder / "portraits"),
        "prepared_dir": str(folder / "made"),
        "device": "cpu",
    }


@pytest.fixture(scope="module")
def source(options: dict[str, Any]) -> Iterator[MuseTalkFrames]:
    """The frame source on tiny weights."""
    made = frame_source(**options)
    made.warm()
    yield made
    made.close()


class Counted:
    """A network that counts the pictures it painted."""

    def __init__(self, network: MuseTalkNetwork) -> None:
        self._network = network
        self.painted = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    def mouths(self, latents: Any, windows: Any) -> Any:
        """Count and paint."""
        self.painted += len(windows)
        return self._network.mouths(latents, windows)


def noisy(ms: float, rest_ms: float = 0.0) -> SpeechChunk:
    """Return noise that is said to be speech, then a rest."""
    n, silent = round(16 * ms), np.zeros(round(16 * rest_ms), np.float32)
    samples = np.resize(NOISE, n) if n else NOISE[:0]
    clip = AudioClip.from_float32(np.concatenate([samples, silent]), RATE_HZ)
    spans = (PhonemeSpan("a", 0, ms), PhonemeSpan("", ms, ms + rest_ms))
    return SpeechChunk(clip, spans)


def said(
    source: MuseTalkFrames, speech: SpeechChunk, start_ms: float = 0
) -> list[Frame]:
    request = RenderRequest("ana", "talk", "1.0", speech, start_ms)
    return list(source.frames(request, cancelled=Event()))


def test_features_are_the_hidden_states_of_every_layer(
    network: MuseTalkNetwork,
) -> None:
    import torch

    found = network.features(NOISE)
    assert found.shape == (150, 5, 16)
    encoder, extractor = network._weights.encoder, network._weights.extractor
    mel = extractor(NOISE, sampling_rate=RATE_HZ, return_tensors="pt").input_features
    with torch.inference_mode():
        gelu = torch.nn.functional.gelu
        state = gelu(encoder.conv2(gelu(encoder.conv1(mel)))).permute(0, 2, 1)
        states = [state + encoder.embed_positions.weight]
        for layer in encoder.layers:
            given = layer(states[-1], None)
            states.append(given[0] if isinstance(given, tuple) else given)
        states[-1] = encoder.layer_norm(states[-1])
    for i, state in enumerate(states):
        np.testing.assert_allclose(found[:, i], state[0, :150], atol=1e-5)


@pytest.mark.parametrize(("samples", "features"), [(1, 1), (320, 1), (321, 2), (0, 0)])
def test_a_part_of_a_feature_counts(
    network: MuseTalkNetwork, samples: int, features: int
) -> None:
    assert len(network.features(NOISE[:samples])) == features


def test_more_than_the_encoder_hears_is_refused(network: MuseTalkNetwork) -> None:
    with pytest.raises(ValueError, match="30 s"):
        network.features(np.zeros(30 * RATE_HZ + 1, np.float32))


def test_latents_are_of_the_upper_half_and_of_the_whole(
    network: MuseTalkNetwork,
) -> None:
    import torch

    face = np.random.default_rng(7).integers(0, 256, (256, 256, 3), np.uint8)
    found = network.latents([face, face[::-1].copy()])
    assert found.shape == (2, 8, 32, 32)
    assert found.dtype == np.float16
    vae = network._weights.vae
    pixels = torch.from_numpy(face.astype(np.float32) / 255).permute(2, 0, 1)[None]
    for channels, shown in [(slice(4, 8), 256), (slice(0, 4), 128)]:
        seen = pixels.clone()
        seen[:, :, shown:] = 0
        with torch.inference_mode():
            expected = vae.encode((seen - 0.5) / 0.5).latent_dist.mean * 0.18215
        np.testing.assert_allclose(found[0, channels], expected[0], atol=2e-3)


def test_a_mouth_is_one_step_at_time_zero_with_positions(
    network: MuseTalkNetwork,
) -> None:
    import torch

    latents = np.random.default_rng(8).normal(size=(3, 8, 32, 32)).astype(np.float16)
    windows = np.random.default_rng(9).normal(size=(3, 50, 16)).astype(np.float32)
    found = network.mouths(list(latents), list(windows))
    assert found.shape == (3, 256, 256, 3)
    assert found.dtype == np.uint8
    angles = torch.arange(50)[:, None] / 10_000 ** (torch.arange(0, 16, 2) / 16)
    places = torch.stack([angles.sin(), angles.cos()], dim=2).reshape(50, 16)
    models = network._weights
    for i in range(3):
        with torch.inference_mode():
            painted = models.unet(
                torch.from_numpy(latents[i : i + 1]).float(),
                torch.tensor([0]),
                encoder_hidden_states=torch.from_numpy(windows[i : i + 1]) + places,
            ).sample
            face = models.vae.decode(painted / 0.18215).sample[0]
        expected = ((face / 2 + 0.5).clamp(0, 1) * 255).round().permute(1, 2, 0)
        assert np.abs(found[i] - expected.numpy()).max() <= 1


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_it_keeps_the_contract_of_frame_sources(
    source: MuseTalkFrames, check: Check
) -> None:
    check.run(source, Material.silent("", "en"))


@pytest.mark.parametrize(
    "check",
    [check for check in RENDERER_CHECKS if "keeps up" not in check.name],
    ids=lambda check: check.name,
)
def test_its_video_keeps_the_contract_of_face_renderers(
    options: dict[str, Any], check: Check
) -> None:
    engine = create_engine("face_renderer", "musetalk", options, Path)
    try:
        check.run(engine, Material.silent("", "en"))
    finally:
        engine.close()
        engine.close()


@pytest.mark.parametrize("ms", [1, 40, 41, 333, 1000, 1234.5])
def test_every_duration_has_its_pictures(source: MuseTalkFrames, ms: float) -> None:
    found = said(source, noisy(ms))
    assert len(found) == math.ceil(round(16 * ms) / 640)
    assert [frame.at_ms for frame in found] == [40.0 * k for k in range(len(found))]
    source.release("talk")


def test_pictures_are_painted_from_the_windows_of_the_whole(
    source: MuseTalkFrames, network: MuseTalkNetwork
) -> None:
    frames = said(source, noisy(600))
    source.release("talk")
    face = source._portraits.face("ana", network, Event())
    clip = noisy(600).clip.as_float32()
    features = network.features(clip)
    assert len({frame.pixels.tobytes() for frame in frames}) == 15
    for number in (0, 1, 7, 13, 14):
        pose = face.pose(number)
        heard = window(features, 0, number)
        (mouth,) = network.mouths([pose.latents], [heard])
        expected = source._picture(face, number, iter([mouth]))
        assert expected is not None
        apart = np.abs(frames[number].pixels.astype(int) - expected)
        assert apart.max() <= 1, number


def test_a_rest_runs_no_model_and_shows_the_portrait(
    options: dict[str, Any], network: MuseTalkNetwork
) -> None:
    counted = Counted(network)
    source = frame_source(**options)
    source._load = lambda: counted
    try:
        idle = source.prepare("ana", cancelled=Event()).idle[0]
        frames = said(source, noisy(400, rest_ms=600))
        assert (len(frames), counted.painted) == (25, 11)
        assert all(np.array_equal(frame.pixels, idle) for frame in frames[11:])
        assert not any(np.array_equal(frame.pixels, idle) for frame in frames[:11])
    finally:
        source.close()


def test_outside_of_the_jaw_the_portrait_is_untouched_and_no_edge_is_seen(
    source: MuseTalkFrames, network: MuseTalkNetwork
) -> None:
    face = source._portraits.face("ana", network, Event())
    pose, box = face.pose(0), face.pose(0).box
    painted = np.zeros((512, 512), bool)
    painted[box.top : box.bottom, box.left : box.right] = pose.mask > 0
    plain = pose.pixels.astype(int)
    for frame in said(source, babble(400)):
        found = frame.pixels.astype(int)
        assert (found[~painted] == plain[~painted]).all()
        # What is added changes slowly where the mask ends.
        added = found - plain
        for axis in (0, 1):
            border = np.diff(painted, axis=axis)
            assert np.abs(np.diff(added, axis=axis))[border].max() <= 8
    source.release("talk")


def test_half_precision_paints_nearly_the_same(
    weights: Path, network: MuseTalkNetwork
) -> None:
    half = MuseTalkNetwork.from_folder(weights, device="cpu", dtype="bfloat16")
    latents = network.latents([np.full((256, 256, 3), 90, np.uint8)])
    heard = window(network.features(NOISE), 0, 9)
    one = network.mouths(list(latents), [heard]).astype(int)
    other = half.mouths(list(latents), [heard])
    assert np.abs(one - other).mean() < 4


@pytest.mark.parametrize(
    "name",
    [
        "musetalkV15/unet.pth",
        "musetalkV15/musetalk.json",
        "sd-vae/config.json",
        "sd-vae/diffusion_pytorch_model.bin",
        "whisper/pytorch_model.bin",
    ],
)
def test_a_file_that_is_missing_is_named(weights: Path, name: str) -> None:
    path = weights / name
    aside = path.rename(path.with_suffix(".aside"))
    try:
        with pytest.raises(EngineUnavailable, match=path.stem) as told:
            MuseTalkNetwork.from_folder(weights, device="cpu", dtype="auto")
        assert told.value.code == "engine.weights_missing"
    finally:
        aside.rename(path)


def without_a_tensor(state: dict[str, Any]) -> None:
    state.pop(next(n for n in sorted(state) if "encoder.conv" in n or "conv_in" in n))


def with_one_more(state: dict[str, Any]) -> None:
    prefix = "model." if "model.encoder.conv1.weight" in state else ""
    state[f"{prefix}encoder.another.weight"] = next(iter(state.values()))


def with_another_shape(state: dict[str, Any]) -> None:
    name = next(n for n in sorted(state) if "encoder.conv" in n or "conv_in" in n)
    state[name] = state[name].flatten()[:1].clone()


@pytest.mark.parametrize("harm", [without_a_tensor, with_one_more, with_another_shape])
@pytest.mark.parametrize("name", FILES)
def test_tensors_that_do_not_fit_are_told(
    weights: Path, name: str, harm: Callable[[dict[str, Any]], None]
) -> None:
    import torch

    path = weights / name
    whole = path.read_bytes()
    state = torch.load(path, weights_only=True)
    harm(state)
    try:
        torch.save(state, path)
        with pytest.raises(EngineUnavailable) as told:
            MuseTalkNetwork.from_folder(weights, device="cpu", dtype="auto")
        assert told.value.code == "engine.weights_broken"
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_would_run_code_is_refused(
    weights: Path, tmp_path: Path, name: str
) -> None:
    import torch

    class Runs:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (tmp_path / "ran",)

    path = weights / name
    whole = path.read_bytes()
    try:
        torch.save({"conv_in.weight": Runs()}, path)
        with pytest.raises(EngineUnavailable) as told:
            MuseTalkNetwork.from_folder(weights, device="cpu", dtype="auto")
        assert told.value.code == "engine.weights_broken"
        assert not (tmp_path / "ran").exists()
    finally:
        path.write_bytes(whole)


def test_models_that_do_not_belong_together_are_told(weights: Path) -> None:
    import torch
    from diffusers import UNet2DConditionModel

    config, state = (
        weights / f"musetalkV15/{n}" for n in ("musetalk.json", "unet.pth")
    )
    whole = config.read_bytes(), state.read_bytes()
    try:
        other = json.loads(whole[0]) | {"cross_attention_dim": 24}
        config.write_text(json.dumps(other))
        torch.save(UNet2DConditionModel.from_config(other).state_dict(), state)
        with pytest.raises(EngineUnavailable, match="belong together"):
            MuseTalkNetwork.from_folder(weights, device="cpu", dtype="auto")
    finally:
        config.write_bytes(whole[0])
        state.write_bytes(whole[1])


def test_a_device_that_is_not_there_is_told(weights: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has the device")
    with pytest.raises(EngineUnavailable) as told:
        MuseTalkNetwork.from_folder(weights, device="cuda", dtype="auto")
    assert told.value.code == "engine.weights_broken"
