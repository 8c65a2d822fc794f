"""Frames between the tutor and the Piper process (``inference.framing``), by ``kind``:

* to the process: ``speak`` (id, text, speed, words of the text), ``cancel`` (id)
* from the process: ``ready`` (rate, voice), ``chunk`` (id, phonemes with their sample
  counts, phonemes of each word by itself; payload: float32 samples), ``done`` (id),
  ``failed`` (id, message)
"""

from inference.framing import Header, read_frame, write_frame

__all__ = ["Header", "read_frame", "write_frame"]
