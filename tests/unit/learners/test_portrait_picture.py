"""Uploaded pictures: what is refused, and what is left of the others."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from learners.portrait_picture import MAX_BYTES, PortraitRefused, read_portrait


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """Return a PNG whose header promises so many pixels and which has none."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\x00" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def refusal(data: bytes) -> str:
    with pytest.raises(PortraitRefused) as caught:
        read_portrait(data)
    return caught.value.code


GREY = Image.new("RGB", (300, 400), (120, 110, 100))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "portrait.not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "portrait.not_an_image"),
        (encoded(GREY, "GIF"), "portrait.not_an_image"),
        (encoded(GREY, "PNG")[:200], "portrait.not_an_image"),
        (encoded(GREY, "JPEG")[:300], "portrait.not_an_image"),
        (encoded(GREY, "PNG") + bytes(MAX_BYTES), "portrait.too_large"),
        (png_that_says(50_000, 50_000), "portrait.too_many_pixels"),
        (png_that_says(9_000, 5_000), "portrait.too_many_pixels"),
        (png_that_says(400, 400), "portrait.not_an_image"),
        (encoded(GREY.resize((255, 400)), "PNG"), "portrait.too_small"),
    ],
)
def test_what_cannot_be_a_portrait_is_refused_by_code(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_plain_png(form: str) -> None:
    picture = read_portrait(encoded(GREY, form))
    with Image.open(io.BytesIO(picture.png)) as kept:
        assert (kept.format, kept.mode, kept.size) == ("PNG", "RGB", (300, 400))
    assert (picture.width, picture.height) == (300, 400)
    assert len(picture.sha256) == 64


def test_where_and_when_it_was_taken_is_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0132] = "2024:05:06 07:08:09"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(GREY, "JPEG", exif=exif, comment=b"home address")
    assert b"SecretCamera" in data
    png = read_portrait(data).png
    with Image.open(io.BytesIO(png)) as kept:
        assert not kept.getexif()
        assert kept.info == {}
    assert b"SecretCamera" not in png
    assert b"home address" not in png


def test_a_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = read_portrait(encoded(GREY, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (400, 300)


def test_large_ones_shrink_and_sides_are_even() -> None:
    picture = read_portrait(encoded(GREY.resize((3001, 1999)), "JPEG"))
    assert max(picture.width, picture.height) == 1024
    assert picture.width % 2 == picture.height % 2 == 0


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    with Image.open(io.BytesIO(read_portrait(encoded(clear, "PNG")).png)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)
