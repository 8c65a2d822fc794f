"""Shapes leave a model, all else stays byte for byte."""

from __future__ import annotations

import pytest

from inference.engines.faces.onnx_fields import without_shapes


def field(number: int, body: bytes) -> bytes:
    """Return a field of bytes; numbers and lengths are below 16 and 128."""
    return bytes([number << 3 | 2, len(body)]) + body


def tensor(shape: bytes) -> bytes:
    elem_type = bytes([1 << 3, 1])
    return field(1, elem_type + shape)


def model(shape: bytes) -> bytes:
    value = field(1, b"input.1") + field(2, tensor(shape))
    node = field(1, field(2, tensor(b"\x12\x00")))
    graph = node + field(11, value) + field(12, value) + field(2, b"g")
    return bytes([1 << 3, 0x80, 0x01]) + b"\x1d\x00\x00\x80\x3f" + field(7, graph)


def test_only_shapes_of_inputs_and_outputs_go() -> None:
    assert without_shapes(model(field(2, field(1, b"\x08\x20")))) == model(b"")
    assert without_shapes(model(b"")) == model(b"")


@pytest.mark.parametrize("cut", [1, 3, 7, 20])
def test_half_a_model_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="in the middle"):
        without_shapes(model(b"")[:-cut])


def test_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="wire type"):
        without_shapes(b"\x0c" + b"text")
