"""``manage.py verify_engine``: a table, and a failure when a promise is broken."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import soundfile
from django.core.management import CommandError, call_command


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_engine", *arguments, stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A folder with one recording, in stereo at another rate."""
    hum = 0.3 * np.sin(np.arange(44_100) / 20)
    soundfile.write(tmp_path / "one.wav", np.stack([hum, hum], axis=1), 22_050)
    (tmp_path / "one.txt").write_text("I would\nlike tea.", encoding="utf-8")
    return tmp_path


def test_each_promise_has_a_line(sound: Path) -> None:
    lines = verify("asr_confidence", "--sound", str(sound)).splitlines()
    assert lines[0].startswith("loads and warms up")
    assert "I would like tea." in lines
    assert any(line.startswith("refuses silence") for line in lines)
    assert sum(line.endswith("s  ok") for line in lines) == len(lines) - 2


def test_an_engine_that_needs_no_sound_gets_none() -> None:
    assert "covers the speech with cues" in verify("visemes", "--kind", "animator")


def test_a_broken_promise_fails(sound: Path) -> None:
    with pytest.raises(CommandError, match="asr_confidence does not keep 3 of"):
        verify("asr_confidence", "--sound", str(sound), "--language", "eo")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody"], "There is no engine 'nobody'. Engines: .*piper"),
        (["piper", "--kind", "scorer"], "no engine 'piper'. Engines: asr_confidence"),
        (["visemes", "--option", "speed"], "'speed' is not NAME=VALUE"),
        (["visemes", "--option", "speed=2"], "No animator engine takes speed"),
        (["asr_confidence", "--sound", "nowhere"], "no .wav file in nowhere"),
    ],
)
def test_what_was_asked_wrongly_is_told(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        verify(*arguments)


def test_sound_without_its_words_is_refused(sound: Path) -> None:
    (sound / "one.txt").unlink()
    with pytest.raises(CommandError, match="one.txt with the words of one.wav"):
        verify("asr_confidence", "--sound", str(sound))
