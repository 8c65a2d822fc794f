"""Announcements with their texts, as their packages lay them out."""

from __future__ import annotations

import gzip
from pathlib import Path

import av
import numpy as np
import pytest

from training.languages.recordings import recordings

LISTED = """; Core Asterisk Sounds in Spanish
listed: La conferencia ha sido extendida.
short: Gracias.
noise: [ tono de error ]
number: Marque el 5 ahora.
absent: No hay nadie en casa.
"""


def installed(root: Path, list_bytes: bytes) -> Path:
    """Lay out a package with one second of a tone for each entry but one."""
    texts = root / "usr/share/doc/asterisk-core-sounds-es/core-sounds-es.txt.gz"
    texts.parent.mkdir(parents=True)
    texts.write_bytes(gzip.compress(list_bytes))
    sounds = root / "usr/share/asterisk/sounds/es_MX_f_Allison"
    sounds.mkdir(parents=True)
    tone = (np.sin(np.arange(16_000) / 10) * 8000).astype(np.int16)
    for name in ("listed", "short", "noise", "number"):
        with av.open(str(sounds / f"{name}.g722"), "w", format="g722") as file:
            stream = file.add_stream("g722", rate=16_000, layout="mono")
            frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
            frame.sample_rate = 16_000
            for packet in (*stream.encode(frame), *stream.encode(None)):
                file.mux(packet)
    return root


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_whole_sentences_that_are_there(tmp_path: Path, encoding: str) -> None:
    """No single words, no noises, no numbers, nothing without its sound."""
    root = installed(
        tmp_path, LISTED.replace("extendida", "ampliación").encode(encoding)
    )

    found = recordings("es", root)

    assert [u.text for u in found] == ["La conferencia ha sido ampliación."]
    assert found[0].voice == "recorded/es_MX_f_Allison"
    assert found[0].duration_s == pytest.approx(1.0, abs=0.05)
    assert np.abs(found[0].samples).max() == pytest.approx(8000 / 32768, rel=0.1)


def test_nothing_installed(tmp_path: Path) -> None:
    """German has no such package, and another host may have none."""
    assert recordings("es", tmp_path) == []
    assert recordings("de", tmp_path) == []
