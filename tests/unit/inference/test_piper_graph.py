"""A voice's graph is cut where its decoder begins, and the halves sound like the whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from inference.engines.synthesizers.piper_graph import Decoder, take_decoder
from inference.engines.synthesizers.piper_halves import HalvedSession

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

CHANNELS, FRAMES = 4, 60
HOP = 8


def node(kind: str, inputs: str, output: str, **attributes: Any) -> Any:
    return onnx.helper.make_node(kind, inputs.split(), [output], **attributes)


def weights(name: str, *shape: int) -> Any:
    chance = np.random.default_rng(len(name) + sum(shape))
    values = chance.standard_normal(shape) / np.prod(shape) ** 0.5
    return onnx.numpy_helper.from_array(values.astype(np.float32), name)


def voice(*, speaker: bool = False, recurrent: bool = False) -> Any:
    """Return a graph like a voice's: frames times a mask, then a small HiFi-GAN."""
    first = "shifted" if speaker else "frames"
    last = "odd" if recurrent else "body"
    nodes = [
        node("Add", "input shift", "flow"),
        node("Mul", "flow mask", "latent"),
        node("Ceil", "mask", "lasts"),
        node("Conv", "latent w0 b0", "frames", pads=[3, 3]),
        node("LeakyRelu", f"{first}", "soft", alpha=0.1),
        node("ConvTranspose", "soft up", "fast", strides=[HOP], pads=[4, 4]),
        node("Conv", "fast w1", "near", pads=[1, 1]),
        node("Conv", "fast w2", "far", pads=[12, 12], dilations=[6]),
        node("Add", "near far", "both"),
        node("Constant", "", "two", value_float=2.0),
        node("Div", "both two", "body"),
        node("Conv", f"{last} w3", "post", pads=[3, 3]),
        node("Tanh", "post", "wave"),
        node("Unsqueeze", "wave axis", "output"),
    ]
    if speaker:
        nodes.insert(4, node("Add", "frames embedding", "shifted"))
        nodes.insert(4, node("Conv", "speaker w4", "embedding"))
    if recurrent:
        nodes.insert(11, node("CumSum", "body axis0", "odd"))
    graph_input = [("input", [1, CHANNELS, None]), ("mask", [1, 1, None])]
    graph_input += [("speaker", [1, CHANNELS, 1])] if speaker else []
    graph = onnx.helper.make_graph(
        nodes,
        "voice",
        [onnx.helper.make_tensor_value_info(n, 1, shape) for n, shape in graph_input],
        [onnx.helper.make_empty_tensor_value_info(name) for name in ("output", "lasts")],
        [
            weights("shift", 1, CHANNELS, 1),
            weights("w0", 6, CHANNELS, 7), weights("b0", 6),
            weights("up", 6, 3, 16), weights("w1", 3, 3, 3), weights("w2", 3, 3, 5),
            weights("w3", 1, 3, 7), weights("w4", 6, CHANNELS, 1),
            onnx.numpy_helper.from_array(np.array([1]), "axis"),
            onnx.numpy_helper.from_array(np.array(2), "axis0"),
        ],
    )  # fmt: skip
    opsets = [onnx.helper.make_opsetid("", 15)]
    return onnx.helper.make_model(graph, opset_imports=opsets, ir_version=8)


def session(model: Any) -> Any:
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def sentence() -> dict[str, Any]:
    chance = np.random.default_rng(3)
    frames = chance.standard_normal((1, CHANNELS, FRAMES)).astype(np.float32)
    return {"input": frames, "mask": np.ones((1, 1, FRAMES), np.float32)}


def halves(model: Any) -> tuple[HalvedSession, Decoder]:
    decoder = take_decoder(model)
    assert decoder is not None
    made = HalvedSession(
        session(model),
        session(decoder.model),
        latent=decoder.latent,
        hop=decoder.hop,
        reach=decoder.reach,
    )
    return made, decoder


def test_pieces_join_to_the_sound_of_the_whole_graph() -> None:
    whole, lasts = session(voice()).run(None, sentence())
    halved, decoder = halves(voice())
    assert decoder.latent == "latent"
    assert decoder.hop == HOP
    silence, same = halved.run(None, sentence())
    assert silence.size == halved.n_samples == whole.size
    assert np.array_equal(same, lasts)
    cuts = [0, 1, 37, 40, 200, 203, 479, FRAMES * HOP]
    joined = np.concatenate([halved.sound(*cut) for cut in pairwise(cuts)])
    assert np.allclose(joined, whole.reshape(-1), atol=1e-5)


def test_the_decoder_hears_as_far_as_its_convolutions_and_no_further() -> None:
    _, decoder = halves(voice())
    run = session(decoder.model)
    frames = sentence()["input"]
    middle = FRAMES // 2
    changed = frames.copy()
    changed[..., middle] += 1.0
    one, other = (
        run.run(None, {"latent": f})[0].reshape(-1) for f in (frames, changed)
    )
    differ = np.flatnonzero(one != other) // HOP
    furthest = max(middle - differ.min(), differ.max() - middle)
    assert decoder.reach - 1 <= furthest <= decoder.reach


@pytest.mark.parametrize("odd", ["speaker", "recurrent"])
def test_a_decoder_that_needs_more_than_frames_stays_where_it_is(odd: str) -> None:
    model = voice(**{odd: True})
    before = model.SerializeToString()
    assert take_decoder(model) is None
    assert model.SerializeToString() == before
