"""Miniatures of the two layouts of the corpus, made up from their descriptions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

WORDS = [
    {"text": "CALL", "accuracy": 10, "stress": 10, "total": 10,
     "phones": ["K", "AO0", "L"], "accuracies": [2.0, 1.8, 1.8]},
    {"text": "BEAR", "accuracy": 6, "stress": 5, "total": 6,
     "phones": ["B", "EH0", "R"], "accuracies": [2.0, 1.0, 1.0]},
]  # fmt: skip
RATED = {
    "CALL": ["K AO0 L", "K {AO0} L", "K AO0 L", "K AO0 L", "K AO0 {L}"],
    "BEAR": ["B (EH0) (R)", "B {EH0} {R}", "B EH0 R", "B (EH0 R)", "B EH0 [L] R"],
}
# id, split in the release, speaker, age, gender
PEOPLE = (
    ("000010011", "train", "0001", 6, "m"),
    ("000030012", "test", "0003", 21, "f"),
)
SUBTYPES = {".wav": "PCM_16", ".flac": "PCM_16", ".opus": "OPUS"}


def write_sound(path: Path, seconds: float = 0.5, rate_hz: int = 16_000) -> None:
    """Write a tone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tone = 0.4 * np.sin(2 * np.pi * 300 * np.arange(int(seconds * rate_hz)) / rate_hz)
    suffix = path.suffix.lower()
    kind = {".opus": "OGG"}.get(suffix, suffix[1:].upper())
    soundfile.write(path, tone, rate_hz, format=kind, subtype=SUBTYPES[suffix])


def label(name: str, split: str, speaker: str, age: int, gender: str) -> dict[str, Any]:
    """Return one utterance as ``labels.jsonl`` has it."""
    words = [
        {key: value for key, value in word.items() if key != "accuracies"}
        | {"phone_accuracy": word["accuracies"]}
        for word in WORDS
    ]
    return {
        "id": name, "split": split, "speaker": speaker, "age": age, "gender": gender,
        "text": "CALL BEAR", "accuracy": 8.3, "fluency": 9, "prosodic": 9, "total": 8.1,
        "accuracy_is": "reconstructed" if split == "dev" else "official", "words": words,
    }  # fmt: skip


def write_labels(root: Path, labels: list[dict[str, Any]]) -> Path:
    """Write the layout of one line an utterance."""
    root.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(record) + "\n" for record in labels)
    (root / "labels.jsonl").write_text(lines)
    return root


def small_corpus(root: Path) -> Path:
    """Write two utterances with sounds in two formats."""
    split = {"test": "dev", "train": "train"}
    labels = [
        label(name, split[there], speaker, age, gender)
        for name, there, speaker, age, gender in PEOPLE
    ]
    write_labels(root, labels)
    write_sound(root / "audio/train/000010011.opus", rate_hz=48_000)
    write_sound(root / "audio/dev/000030012.flac")
    return root


def small_release(root: Path) -> Path:
    """Write two utterances as OpenSLR 101 has them."""
    scores, detail, phones = {}, {}, []
    for name, split, speaker, age, gender in PEOPLE:
        sound = f"WAVE/SPEAKER{speaker}/{name}.WAV"
        write_sound(root / sound)
        tables = {
            "wav.scp": f"{name}\t{sound}", "text": f"{name}\tCALL BEAR",
            "utt2spk": f"{name}\t{speaker}", "spk2utt": f"{speaker}\t{name}",
            "spk2age": f"{speaker}\t{age}", "spk2gender": f"{speaker}\t{gender}",
        }  # fmt: skip
        (root / split).mkdir(parents=True)
        for table, line in tables.items():
            (root / split / table).write_text(line + "\n")
        said = {
            "text": "CALL BEAR",
            "accuracy": 8,
            "completeness": 10.0,
            "fluency": 9,
            "prosodic": 9,
            "total": 8,
        }
        scores[name] = said | {"words": [_scored(word) for word in WORDS]}
        aspects = ("accuracy", "fluency", "prosodic", "total")
        detail[name] = {aspect: [8.0] * 4 + [9.0] for aspect in aspects} | {
            "text": "CALL BEAR",
            "words": [_rated(word) for word in WORDS],
        }
        phones += [f"{name}.0\tK_B AO0_I L_E", f"{name}.1\tB_B EH0_I R_E"]
    (root / "resource").mkdir()
    # As released: one object over many lines.
    (root / "resource/scores.json").write_text(json.dumps(scores, indent=4))
    (root / "resource/scores-detail.json").write_text(json.dumps(detail, indent=4))
    (root / "resource/text-phone").write_text("\n".join(phones) + "\n")
    return root


def _scored(word: dict[str, Any]) -> dict[str, Any]:
    kept = {key: word[key] for key in ("text", "accuracy", "stress", "total", "phones")}
    return kept | {"phones-accuracy": word["accuracies"]}


def _rated(word: dict[str, Any]) -> dict[str, Any]:
    aspects = {key: [float(word[key])] * 5 for key in ("accuracy", "stress", "total")}
    return aspects | {
        "text": word["text"],
        "ref-phones": " ".join(word["phones"]),
        "phones": RATED[word["text"]],
    }
