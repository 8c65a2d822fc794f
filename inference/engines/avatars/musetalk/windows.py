"""Which features of the speech a picture hears."""

from __future__ import annotations

import math

import numpy as np

from .architecture import (
    CONTEXT_FEATURES,
    FEATURES_PER_PICTURE,
    WINDOW_FEATURES,
    Floats,
)


def window(features: Floats, origin: int, picture: int) -> Floats:
    """Return what picture number ``picture`` hears, ``(50, width)`` for five layers.

    ``features`` is ``(n, layers, width)``; its first row is feature number ``origin`` of
    the reply, counted in steps of 20 ms. Where there is no sound the window holds zeros,
    as in training.
    """
    layers, width = features.shape[1:]
    heard = np.zeros((WINDOW_FEATURES, layers, width), np.float32)
    first = picture * FEATURES_PER_PICTURE - CONTEXT_FEATURES - origin
    begin, end = max(first, 0), min(first + WINDOW_FEATURES, len(features))
    if begin < end:
        heard[begin - first : end - first] = features[begin:end]
    return heard.reshape(WINDOW_FEATURES * layers, width)


def positions(length: int, width: int) -> Floats:
    """Return sinusoidal positions, ``(length, width)``, added to each window.

    Sines in even columns, cosines in odd ones (Vaswani et al. 2017). Raises ValueError
    for an odd width.
    """
    if width % 2:
        raise ValueError(f"width {width} is odd")
    rates = np.exp(np.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = np.arange(length)[:, None] * rates[None, :]
    found = np.empty((length, width), np.float32)
    found[:, 0::2], found[:, 1::2] = np.sin(angles), np.cos(angles)
    return found
