"""Sound that comes over a network in pieces of any length: WAV of 16 bits, or bare PCM."""

from __future__ import annotations

import struct

import numpy as np

from inference.types.audio import FloatSamples

_MOST_HEADER_BYTES = 4_096


class PcmStream:
    """Turns bytes to mono samples in [-1, 1). ``rate_hz`` None: a WAV header tells it.

    Raises ValueError for what is no 16-bit sound.
    """

    def __init__(self, rate_hz: int | None = None) -> None:
        self.rate_hz = rate_hz or 0
        self._channels = 1
        self._has_header = rate_hz is None
        self._rest = b""

    def feed(self, data: bytes) -> FloatSamples:
        """Return the samples that are whole now."""
        self._rest += data
        if self._has_header and not self._read_header():
            return np.zeros(0, np.float32)
        width = 2 * self._channels
        n_bytes = len(self._rest) // width * width
        whole, self._rest = self._rest[:n_bytes], self._rest[n_bytes:]
        samples = np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768)
        mono: FloatSamples = samples.reshape(-1, self._channels).mean(axis=1)
        return mono

    def _read_header(self) -> bool:
        """Take the header off once it is all there; its lengths may be made up."""
        data = self._rest
        if len(data) >= 12 and (data[:4] != b"RIFF" or data[8:12] != b"WAVE"):
            raise ValueError("no WAV")
        at = 12
        while len(data) >= at + 8:
            name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
            at += 8
            if name == b"data":
                if not self.rate_hz:
                    raise ValueError("no format")
                self._rest = data[at:]
                self._has_header = False
                return True
            if name == b"fmt " and len(data) >= at + 16:
                kind, channels, rate_hz = struct.unpack_from("<HHI", data, at)
                bits = struct.unpack_from("<H", data, at + 14)[0]
                # 0xFFFE is the long form, which says the kind again further on.
                if kind not in (1, 0xFFFE) or bits != 16 or not 1 <= channels <= 2:
                    raise ValueError("no 16-bit PCM")
                self._channels, self.rate_hz = channels, rate_hz
            at += size + size % 2
            if at > _MOST_HEADER_BYTES:
                raise ValueError("no sound")
        return False
