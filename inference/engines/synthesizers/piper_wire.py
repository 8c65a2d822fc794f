"""Frames between the tutor and a voice's program (``inference.framing``), by ``kind``:

* to the process: ``speak`` (id, text, speed, language, words of the text), ``cancel`` (id)
* from the process: ``ready`` (rate; the voice, ``""`` where it has several languages),
  ``chunk`` (id, phonemes with their sample counts, phonemes of each word by itself;
  payload: float32 samples), ``done`` (id), ``failed`` (id, message)
"""

from inference.framing import Header, read_frame, write_frame

__all__ = ["Header", "read_frame", "write_frame"]
