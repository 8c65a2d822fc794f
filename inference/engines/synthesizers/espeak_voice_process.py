"""espeak-ng as a voice, in a process of its own: GPL-3, see ``espeak_library``."""

from __future__ import annotations

from inference.engines.synthesizers.espeak_library import EspeakVoice
from inference.engines.synthesizers.voice_program import run

if __name__ == "__main__":
    run(EspeakVoice())
