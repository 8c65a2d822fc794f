"""Frames between the tutor and a voice's program (``inference.framing``), by ``kind``:

* to the process: ``speak`` (id, text, speed, language, words of the text), ``cancel`` (id)
* from the process: ``ready`` (rate; the voice, ``""`` where it has several languages),
  ``chunk`` (id, phonemes with their sample counts, phonemes of each word by itself;
  payload: float32 samples), ``done`` (id), ``failed`` (id, message)

A chunk is a sentence, or a piece of one: then ``begin`` is the sample of the sentence that
it begins with, ``goes_on`` says that more of the sentence follows without a seam, the
phonemes are still those of the whole sentence, and ``level_db`` is the level of what is
made of it, ``share`` of the whole.
"""

from inference.framing import Header, read_frame, write_frame

__all__ = ["Header", "read_frame", "write_frame"]
