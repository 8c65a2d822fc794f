"""Leaves fields out of a serialised ONNX model, so that it takes pictures of any size.

A network of convolutions does not care for the size of its picture, but its file may name
one size and the runtime then refuses all others. Without the shapes of inputs and outputs
it works them out. Wire format: https://protobuf.dev/programming-guides/encoding/; field
numbers: ``onnx.proto`` of the ONNX project.
"""

from __future__ import annotations

from collections.abc import Sequence

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
# ModelProto.graph, GraphProto.input and output, ValueInfoProto.type,
# TypeProto.tensor_type, Tensor.shape.
_INPUT_SHAPE = (7, 11, 2, 1, 2)
_OUTPUT_SHAPE = (7, 12, 2, 1, 2)


def without_shapes(model: bytes) -> bytes:
    """Return the model without the shapes of its inputs and outputs.

    Raises ValueError where the bytes are no protocol buffer.
    """
    return _without(_without(model, _INPUT_SHAPE), _OUTPUT_SHAPE)


def _without(message: bytes, path: Sequence[int]) -> bytes:
    """Return a message without the field that ``path`` leads to, each time it is there."""
    kept = bytearray()
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == _BYTES:
            length, at = _varint(message, at)
            body = message[at : at + length]
            at += length
            if number == path[0]:
                if len(path) > 1:
                    inner = _without(body, path[1:])
                    kept += _as_varint(key) + _as_varint(len(inner)) + inner
                continue
        elif wire == _VARINT:
            _, at = _varint(message, at)
        elif wire in (_FIXED32, _FIXED64):
            at += 4 if wire == _FIXED32 else 8
        else:
            raise ValueError(f"wire type {wire} is not known")
        kept += message[start:at]
    if at != len(message):
        raise ValueError("the message ends in the middle of a field")
    return bytes(kept)


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place after it."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("the message ends in the middle of a number")


def _as_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
