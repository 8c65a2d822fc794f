"""Uploaded pictures of tutors: looked at with care, and written anew without their past."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 6_000_000
MAX_PIXELS = 40_000_000
MIN_SIDE = 256
MAX_SIDE = 1024
FORMATS = ("JPEG", "PNG", "WEBP")
_BEHIND = (255, 255, 255)


class PortraitRefused(Exception):
    """A picture cannot be a tutor.

    ``code`` is stable and documented in ``docs/wire_protocol.md``; the message is for the
    person who uploaded it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class PortraitPicture:
    """A picture as it is kept: a PNG with nothing in it but pixels, its sides even."""

    png: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash of the file, in hexadecimal."""
        return hashlib.sha256(self.png).hexdigest()


def read_portrait(data: bytes) -> PortraitPicture:
    """Return an uploaded JPEG, PNG or WebP as it is kept. Raises PortraitRefused.

    Size is looked at before anything is decoded. The picture is turned upright, made
    smaller where it is large, and encoded anew: camera, place and time are left behind.
    """
    if len(data) > MAX_BYTES:
        raise PortraitRefused(
            "portrait.too_large",
            _("That file is too large. Choose one of up to 6 MB."),
        )
    try:
        with warnings.catch_warnings():
            # Pillow warns of sizes that are refused here anyway.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _refuse_size(*image.size)
                picture = _plain(image)
    except PortraitRefused:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception as error:
        raise PortraitRefused(
            "portrait.not_an_image",
            _("That is no picture, or it is broken. Choose a JPEG, PNG or WebP file."),
        ) from error
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return PortraitPicture(file.getvalue(), *picture.size)


def _refuse_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise PortraitRefused(
            "portrait.too_small",
            _("That picture is too small. It needs %(n)d pixels on each side.")
            % {"n": MIN_SIDE},
        )


def _too_many_pixels() -> PortraitRefused:
    return PortraitRefused(
        "portrait.too_many_pixels",
        _("That picture has too many pixels. Choose one of up to 40 megapixels."),
    )


def _plain(image: Image.Image) -> Image.Image:
    """Return upright RGB pixels, even sides, in a picture that knows nothing else."""
    if image.format == "JPEG":
        # The decoder itself skips what is not needed.
        image.draft("RGB", (2 * MAX_SIDE, 2 * MAX_SIDE))
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        behind = Image.new("RGBA", upright.size, (*_BEHIND, 255))
        upright = Image.alpha_composite(behind, upright)
    pixels = upright.convert("RGB")
    pixels.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    width, height = (side // 2 * 2 for side in pixels.size)
    kept = Image.new("RGB", (width, height))
    kept.paste(pixels.crop((0, 0, width, height)))
    return kept
