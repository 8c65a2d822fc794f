"""The drawn postures know every phoneme of every language, as the rest of the project does."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from inference.phonetics.features import FEATURES, Manner
from inference.phonetics.inventory import LANGUAGES, phonemes
from inference.phonetics.visemes import shapes_of
from lessons.sounds.library import FILES, sounds_of

DATA = Path("sessions/static/sessions/data/mouth_postures.json")
KEYS = {"viseme", "place", "manner", "voiced", "key", "jaw", "lips", "velum", "tongue"}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """Return the file, symbols composed."""
    root = Path(__file__).resolve().parents[3]
    found = json.loads((root / DATA).read_text(encoding="utf-8"))
    for part in ("postures", "blends", "same"):
        found[part] = {_nfc(name): entry for name, entry in found[part].items()}
    return dict(found)


def _known(data: dict[str, Any], symbol: str) -> bool:
    plain = _nfc(symbol).replace("ː", "")
    plain = _nfc(data["same"].get(plain, plain))
    return plain in data["postures"] or plain in data["blends"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_phoneme_of_a_language_has_a_posture(
    data: dict[str, Any], language: str
) -> None:
    assert [p for p in phonemes(language) if not _known(data, p)] == []


@pytest.mark.parametrize("language", sorted(FILES))
def test_every_sound_that_has_a_page_has_a_posture(
    data: dict[str, Any], language: str
) -> None:
    symbols = {sound.ipa for sound in sounds_of(language).values()}
    assert sorted(s for s in symbols if not _known(data, s)) == []


def test_postures_agree_with_the_mouth_shapes_of_the_face(data: dict[str, Any]) -> None:
    for symbol, posture in data["postures"].items():
        assert posture["viseme"] == shapes_of(symbol)[0][0].value, symbol


def test_postures_agree_with_the_features_of_the_scorer(data: dict[str, Any]) -> None:
    nasals = {"ɲ", "m", "n", "ŋ"}
    for symbol, features in FEATURES.items():
        posture = data["postures"].get(_nfc(symbol))
        if posture is None:
            continue
        assert posture["voiced"] == features.voiced, symbol
        assert (posture["manner"] == "vowel") == features.vowel, symbol
        is_nasal = features.nasal or features.manner is Manner.NASAL or symbol in nasals
        assert (posture["velum"] > 0.5) == is_nasal, symbol


def test_figures_are_shares_and_hints_are_short(data: dict[str, Any]) -> None:
    for symbol, posture in {**data["postures"], "rest": data["rest"]}.items():
        assert set(posture) >= KEYS, symbol
        shares = [posture["jaw"], posture["velum"], *posture["lips"].values()]
        assert all(0 <= share <= 1 for share in shares), symbol
        assert 10 < len(posture["hint"]) < 110, symbol
        for part in ("tip", "blade", "body", "back"):
            place, gap = posture["tongue"][part]
            assert -0.1 < place < 1, symbol
            assert 0 <= gap < 0.8, symbol


def test_blends_and_exceptions_name_postures(data: dict[str, Any]) -> None:
    for symbol, blend in data["blends"].items():
        assert sum(blend["shares"]) == pytest.approx(1), symbol
        assert all(_nfc(part) in data["postures"] for part in blend["parts"]), symbol
    for local in data["in_language"].values():
        assert all(_nfc(name) in data["postures"] for name in local.values())
