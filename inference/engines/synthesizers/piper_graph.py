"""A voice's graph in two: what works out how a sentence sounds, and what makes it sound.

A Piper voice is a VITS network. Its decoder (HiFi-GAN) is convolutions only: each sample
of the sound depends on a few frames of what comes before it, so the sound can be made in
pieces. What is decoder is found by walking from the sound backwards, not by names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

_CONVOLUTIONS = frozenset({"Conv", "ConvTranspose"})
# What may stand between them: each sample by itself, or both branches of a sum.
_POINTWISE = frozenset({"Add", "Div", "LeakyRelu", "Mul", "Tanh", "Unsqueeze"})
_SCALINGS = frozenset({"Div", "Mul"})


@dataclass(frozen=True, slots=True)
class Decoder:
    """The second half. Input ``latent``: float32 ``(1, channels, frames)``.

    It makes ``hop`` samples of each frame, and hears ``reach`` frames on either side.
    """

    model: ModelProto
    latent: str
    hop: int
    reach: int


class _NoDecoderError(Exception):
    """The graph does not end in a decoder that can work in pieces."""


def take_decoder(model: ModelProto) -> Decoder | None:
    """Cut the decoder off ``model``, which then gives what the decoder needs for its sound.

    None, and ``model`` as it was, if there is no decoder that needs nothing but frames.
    """
    graph = model.graph
    try:
        nodes, latent = _decoder_nodes(graph)
        hop, reach = _hop_and_reach(graph, nodes, latent)
    except _NoDecoderError:
        return None
    decoder = _model_of(nodes, latent, model)
    _leave_rest(graph, nodes, latent)
    return Decoder(decoder, latent, hop, reach)


def _decoder_nodes(graph: GraphProto) -> tuple[list[NodeProto], str]:
    """Return the nodes behind the last tensor that all of the sound comes from, and it."""
    makers = {name: node for node in graph.node for name in node.output}
    constants = _constants(graph)
    found: set[str] = set()
    begins: set[str] = set()
    waiting = [graph.output[0].name]
    while waiting:
        name = waiting.pop()
        node = makers.get(name)
        if node is None or not _is_step(node, constants):
            begins.add(name)
        elif name not in found:
            found.add(name)
            waiting += [given for given in node.input if given not in constants]
    if len(begins) != 1 or not found.isdisjoint(o.name for o in graph.output[1:]):
        raise _NoDecoderError
    nodes = [node for node in graph.node if node.output[0] in found]
    needed = {given for node in nodes for given in node.input}
    fixed = [
        node
        for node in graph.node
        if node.op_type == "Constant" and node.output[0] in needed
    ]
    return fixed + nodes, begins.pop()


def _constants(graph: GraphProto) -> set[str]:
    """Return the names of what no input changes; ``""`` is an input left out."""
    names = {tensor.name for tensor in graph.initializer} | {""}
    return names | {node.output[0] for node in graph.node if node.op_type == "Constant"}


def _is_step(node: NodeProto, constants: set[str]) -> bool:
    """Whether a node is one that a decoder is made of."""
    if node.op_type in _CONVOLUTIONS or node.op_type == "Unsqueeze":
        return node.input[0] not in constants and constants.issuperset(node.input[1:])
    if node.op_type in _SCALINGS:
        # Times a mask is where decoders begin: it may be of any length.
        return sum(given not in constants for given in node.input) == 1
    return node.op_type in _POINTWISE


def _hop_and_reach(
    graph: GraphProto, nodes: list[NodeProto], latent: str
) -> tuple[int, int]:
    """Return samples per frame, and how many frames around it a sample depends on."""
    sizes = {tensor.name: tensor.dims for tensor in graph.initializer}
    # Of each tensor: how many of its steps are one frame, and how many frames it hears.
    known: dict[str, tuple[int, Fraction]] = {latent: (1, Fraction(0))}
    for node in nodes:
        heard = [known[given] for given in node.input if given in known]
        if not heard:
            continue
        rate, reach = heard[0][0], max(frames for _, frames in heard)
        if any(other != rate for other, _ in heard):
            raise _NoDecoderError
        if node.op_type in _CONVOLUTIONS:
            width = sizes.get(node.input[1], (0, 0, 0))[-1]
            faster, steps = _convolution(node, width)
            reach += steps / rate
            rate *= faster
        known[node.output[0]] = rate, reach
    hop, reach = known[graph.output[0].name]
    if hop == 1:
        raise _NoDecoderError
    return hop, math.ceil(reach)


def _convolution(node: NodeProto, width: int) -> tuple[int, Fraction]:
    """Return how many steps one becomes, and how many around it are heard."""
    from onnx.helper import get_attribute_value

    given: dict[str, Any] = {a.name: get_attribute_value(a) for a in node.attribute}
    (stride,) = given.get("strides", [1])
    (apart,) = given.get("dilations", [1])
    before, after = given.get("pads", [0, 0])
    spread = apart * (width - 1)
    keeps_length = (
        given.get("auto_pad", b"NOTSET") == b"NOTSET" and width and spread >= before
    )
    if node.op_type == "Conv":
        keeps_length = keeps_length and stride == 1 and before + after == spread
        steps = Fraction(max(before, spread - before))
    else:
        (extra,) = given.get("output_padding", [0])
        length = spread + 1 + extra - before - after
        keeps_length = keeps_length and length == stride
        steps = Fraction(max(before, spread - before), stride)
    if not keeps_length:
        raise _NoDecoderError
    return stride, steps


def _model_of(nodes: list[NodeProto], latent: str, whole: ModelProto) -> ModelProto:
    from onnx import TensorProto, helper

    needed = {given for node in nodes for given in node.input}
    graph = helper.make_graph(
        nodes,
        "decoder",
        [helper.make_tensor_value_info(latent, TensorProto.FLOAT, None)],
        [whole.graph.output[0]],
        [tensor for tensor in whole.graph.initializer if tensor.name in needed],
    )
    return helper.make_model(
        graph, opset_imports=whole.opset_import, ir_version=whole.ir_version
    )


def _leave_rest(graph: GraphProto, taken: list[NodeProto], latent: str) -> None:
    """Take nodes out of the graph, and what only they need; ``latent`` is its sound."""
    gone = {node.output[0] for node in taken if node.op_type != "Constant"}
    for at in reversed(range(len(graph.node))):
        if graph.node[at].output[0] in gone:
            del graph.node[at]
    needed = {given for node in graph.node for given in node.input}
    for at in reversed(range(len(graph.initializer))):
        if graph.initializer[at].name not in needed:
            del graph.initializer[at]
    graph.output[0].Clear()
    graph.output[0].name = latent
