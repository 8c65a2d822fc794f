"""The corpus reader: both layouts give the same values, faults are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training.corpus import (
    AccuracySource,
    CorpusError,
    load_audio,
    read_corpus,
    read_ids,
)
from training.corpus.notation import phone_scores

from .layouts import label, small_corpus, small_release, write_labels, write_sound


def test_a_line_becomes_a_reading_with_its_sound(tmp_path: Path) -> None:
    (reading,) = read_corpus(small_corpus(tmp_path), split="dev")
    assert (reading.id, reading.speaker, reading.age) == ("000030012", "0003", 21)
    assert reading.accuracy_is is AccuracySource.RECONSTRUCTED
    assert (reading.accuracy, reading.total) == (8.3, 8.1)
    assert reading.phones == ("K", "AO0", "L", "B", "EH0", "R")
    assert reading.phone_accuracy == (2.0, 1.8, 1.8, 2.0, 1.0, 1.0)
    assert reading.words[1].stress == 5
    assert reading.raters is None
    assert reading.audio.name == "000030012.flac"


def test_the_release_gives_the_same_with_each_experts_marks(tmp_path: Path) -> None:
    readings = read_corpus(small_release(tmp_path))
    assert [(r.split, r.speaker, r.age, r.gender) for r in readings] == [
        ("train", "0001", 6, "m"),
        ("test", "0003", 21, "f"),
    ]
    child = readings[0]
    assert child.accuracy_is is AccuracySource.OFFICIAL
    assert child.phones == ("K", "AO0", "L", "B", "EH0", "R")
    assert child.phone_accuracy == (2.0, 1.8, 1.8, 2.0, 1.0, 1.0)
    assert child.raters is not None
    assert child.raters.total == (8.0, 8.0, 8.0, 8.0, 9.0)
    raters = child.words[1].raters
    assert raters is not None
    said = (0.0, 1.0, 2.0, 0.0, 2.0)
    assert raters.phones == ((2.0,) * 5, said, said)
    assert load_audio(child.audio).shape == (8000,)


def test_the_phones_of_the_release_may_stand_in_their_own_table(tmp_path: Path) -> None:
    root = small_release(tmp_path)
    path = root / "resource/scores.json"
    scores = json.loads(path.read_text())
    for entry in scores.values():
        for word in entry["words"]:
            del word["phones"]
    path.write_text(json.dumps(scores))
    assert read_corpus(root)[0].phones == ("K", "AO0", "L", "B", "EH0", "R")


def test_an_experts_marks_that_miss_a_phone_are_left_out(tmp_path: Path) -> None:
    root = small_release(tmp_path)
    path = root / "resource/scores-detail.json"
    path.write_text(path.read_text().replace("K {AO0} L", "K AO0"))
    words = read_corpus(root)[0].words
    assert words[0].raters is None
    assert words[1].raters is not None


@pytest.mark.parametrize(
    ("notation", "scores"),
    [
        ("B EH0 R", (2, 2, 2)),
        ("B (EH0) {R}", (2, 0, 1)),
        ("B EH0 [L] R", (2, 2, 2)),
        ("(B EH0) R[AH0]", (0, 0, 2)),
        ("", ()),
    ],
)
def test_the_experts_notation(notation: str, scores: tuple[float, ...]) -> None:
    assert phone_scores(notation) == scores


def test_ids_select_across_splits_in_the_corpus_order(tmp_path: Path) -> None:
    root = small_corpus(tmp_path)
    names = tmp_path / "ids.txt"
    names.write_text("# two\n000030012\n\n000010011  # a child\n000030012\n")
    chosen = read_corpus(root, split="dev", ids=read_ids(names))
    assert [reading.id for reading in chosen] == ["000010011", "000030012"]


def test_sounds_may_come_from_elsewhere(tmp_path: Path) -> None:
    root = small_corpus(tmp_path / "corpus")
    elsewhere = tmp_path / "elsewhere"
    write_sound(elsewhere / "SPEAKER0003/000030012.WAV", seconds=0.25)
    (reading,) = read_corpus(root, split="dev", audio=elsewhere)
    assert load_audio(reading.audio).size == 4000
    with pytest.raises(CorpusError, match="no file named 000010011"):
        read_corpus(root, split="train", audio=elsewhere)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.opus"])
@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_sounds_of_any_format_come_as_16_khz_mono(
    tmp_path: Path, name: str, rate_hz: int
) -> None:
    write_sound(tmp_path / name, rate_hz=rate_hz)
    samples = load_audio(tmp_path / name)
    assert samples.dtype == np.float32
    assert abs(samples.size - 8000) <= 1
    level = np.sqrt(np.mean(samples[1000:-1000] ** 2))
    assert level == pytest.approx(0.4 / np.sqrt(2), rel=0.05)


def faulty(**changed: Any) -> dict[str, Any]:
    return label("000010011", "train", "0001", 6, "m") | changed


def one_word(**changed: Any) -> dict[str, Any]:
    word = faulty()["words"][0] | changed
    return faulty(words=[word])


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        (faulty(total=11), "labels.jsonl:2: 'total' should be 0 to 10, not 11"),
        (faulty(fluency=True), "labels.jsonl:2: 'fluency' should be 0 to 10"),
        (faulty(words=[]), "labels.jsonl:2: 'words' is empty"),
        (faulty(text=" "), "labels.jsonl:2: 'text' should be text"),
        (faulty(accuracy_is="guessed"), "should be official or reconstructed"),
        (one_word(phones=["K"]), "labels.jsonl:2, words 1: 1 phones but 3"),
        (one_word(phone_accuracy=[3, 1, 1]), "should be 0 to 2, not 3"),
        (one_word(stress=None), "labels.jsonl:2, words 1: 'stress'"),
    ],
)
def test_faults_are_named_with_file_and_line(
    tmp_path: Path, record: dict[str, Any], complaint: str
) -> None:
    good = label("000030012", "dev", "0003", 21, "f")
    with pytest.raises(CorpusError, match=complaint):
        read_corpus(write_labels(tmp_path, [good, record]))


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text("\n{'id': 1}\n")
    with pytest.raises(CorpusError, match=r"labels\.jsonl:2: not JSON"):
        read_corpus(tmp_path)


def test_faults_of_the_release_are_named(tmp_path: Path) -> None:
    root = small_release(tmp_path)
    scores = root / "resource/scores.json"
    good = scores.read_text()
    scores.write_text(good.replace('"fluency": 9', '"fluency": 90', 1))
    with pytest.raises(CorpusError, match=r"scores\.json:2 \(000010011\): 'fluency'"):
        read_corpus(root)
    scores.write_text(good.replace("{", "[", 1))
    with pytest.raises(CorpusError, match=r"scores\.json:2: "):
        read_corpus(root)
    scores.write_text(good)
    (root / "test/spk2age").write_text("0009\t21\n")
    with pytest.raises(CorpusError, match="test/spk2age: no line for '0003'"):
        read_corpus(root)
    (root / "test/spk2age").write_text("0003\n")
    with pytest.raises(CorpusError, match="test/spk2age:1: '0003' has no value"):
        read_corpus(root)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="neither"):
        read_corpus(tmp_path)
    root = small_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no split 'test'; there is dev, train"):
        read_corpus(root, split="test")
    with pytest.raises(CorpusError, match="1 ids unknown, first '7'"):
        read_corpus(root, ids=["7", "000010011"])
    (root / "audio/dev/000030012.flac").write_bytes(b"no sound")
    (reading,) = read_corpus(root, split="dev")
    with pytest.raises(CorpusError, match="no readable sound"):
        load_audio(reading.audio)
    reading.audio.unlink()
    with pytest.raises(CorpusError, match="000030012: no sound at"):
        read_corpus(root, split="dev")


def test_an_utterance_may_be_there_only_once(tmp_path: Path) -> None:
    twice = [faulty(), faulty()]
    with pytest.raises(CorpusError, match="'000010011' is there twice"):
        read_corpus(write_labels(tmp_path, twice))
