"""How far SadTalker is, from the progress bars that it prints."""

from __future__ import annotations

import re

# Where each of its steps begins and ends, in shares of the whole. Animating and
# sharpening take nearly all of the time.
_STEPS: dict[str, tuple[float, float]] = {
    "landmark Det": (0.02, 0.04),
    "3DMM Extraction In Video": (0.04, 0.06),
    "mel": (0.06, 0.08),
    "audio2exp": (0.08, 0.10),
    "Face Renderer": (0.10, 0.70),
    "seamlessClone": (0.70, 0.80),
    "Face Enhancer": (0.80, 0.97),
}
_BAR = re.compile(rb"([A-Za-z0-9][A-Za-z0-9 ]{0,40}):{1,2} *(\d{1,3})%\|")
_LINE_ENDS = re.compile(rb"[\r\n]")
# A bar is short: what has no end after so many bytes is none.
_MAX_LINE_BYTES = 4096
NO_FACE_WORDS = (b"get the coeffs of the input", b"No face is detected")


class SadTalkerProgress:
    """Reads its output as it comes; nothing of it is kept."""

    def __init__(self) -> None:
        self._rest = b""
        self.share = 0.0
        self.found_no_face = False

    def feed(self, output: bytes) -> float:
        """Take more output; return how much of the work is done, in [0, 1]."""
        *lines, rest = _LINE_ENDS.split(self._rest + output)
        for line in (*lines, rest):
            self._read(line[-_MAX_LINE_BYTES:])
        self._rest = rest[-_MAX_LINE_BYTES:]
        return self.share

    def _read(self, line: bytes) -> None:
        if any(words in line for words in NO_FACE_WORDS):
            self.found_no_face = True
        for match in _BAR.finditer(line):
            step = _STEPS.get(match[1].decode("ascii").strip())
            if step is not None:
                begin, end = step
                done = begin + (end - begin) * min(int(match[2]), 100) / 100
                self.share = max(self.share, done)
