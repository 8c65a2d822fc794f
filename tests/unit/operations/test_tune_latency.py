"""The command measures whatever engines are configured, and says what it cannot use."""

from __future__ import annotations

import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.scripted_settings import INFERENCE


@pytest.fixture(autouse=True)
def scripted(settings: Any) -> dict[str, Any]:
    """Engines scripted by time."""
    found = deepcopy(INFERENCE)
    found["ENGINES"]["dialogue"]["OPTIONS"] = {"first_token_s": 0.02, "token_s": 0.002}
    found["ENGINES"]["transcriber"]["OPTIONS"] = {"delay_s": 0.03}
    for kind in ("scorer", "synthesizer"):
        found["ENGINES"][kind]["OPTIONS"] = {}
    settings.INFERENCE = found
    return found


def tuned(*options: str) -> str:
    out = StringIO()
    call_command("tune_latency", "--runs", "1", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_what_was_measured_goes_into_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "tuned.env"
    found = json.loads(tuned("--json", "--write", str(path), "--busy"))
    (heard,) = found["figures"]["recognition"]
    assert 0.03 <= heard["seconds"] < 0.3
    assert found["figures"]["own_model"] is False
    # Neither of these engines can be tuned.
    assert "TUTOR_WHISPER_MODEL" not in found["settings"]
    lines = path.read_text().splitlines()
    assert f"TUTOR_SPECULATION={found['settings']['TUTOR_SPECULATION']}" in lines


def test_an_engine_that_is_missing_is_told_with_its_code(
    scripted: dict[str, Any],
) -> None:
    scripted["ENGINES"]["dialogue"] = {
        "NAME": "llama_cpp",
        "OPTIONS": {"model": "no-such-model"},
    }
    with pytest.raises(CommandError, match=r"\[model.unknown\]"):
        tuned()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"\[tuning.not_written\]"):
        tuned("--write", str(tmp_path / "file" / "tuned.env"), "--busy")
