"""From what was judged to figures: each level, each age group, scorer and peers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from inference.types.assessment import Verdict
from training.corpus import AccuracySource, Reading

from .pronunciation_pass import Judged, Pair
from .pronunciation_statistics import (
    as_detail,
    auc,
    best_detection,
    detect,
    detection,
    mse,
    pcc,
    reliability,
)

# An expert mean below this is a wrong phone, a word accuracy below that a bad word.
WRONG_PHONE = 0.5
BAD_WORD = 5.0
GROUPS: dict[str, Callable[[int], bool]] = {
    "children_up_to_12": lambda age: age <= 12,
    "from_13_to_17": lambda age: 12 < age < 18,
    "adults": lambda age: age >= 18,
}
UTTERANCE_LEVELS = ("accuracy", "fluency", "prosody", "total")
Level = tuple[list[float], list[float]]


def levels(judged: Sequence[Judged]) -> dict[str, Level]:
    """Return prediction and expert side by side, on the experts' scales."""
    phones: Level = ([], [])
    accuracy: Level = ([], [])
    total: Level = ([], [])
    for one in judged:
        phones[0].extend(phone.score / 50 for phone in one.judgement.phones)
        phones[1].extend(one.reading.phone_accuracy)
        accuracy[0].extend(word.accuracy / 10 for word in one.judgement.words)
        accuracy[1].extend(word.accuracy for word in one.reading.words)
        total[0].extend(word.total / 10 for word in one.judgement.words)
        total[1].extend(word.total for word in one.reading.words)
    found = {"phone": phones, "word_accuracy": accuracy, "word_total": total}
    official = [j for j in judged if j.reading.accuracy_is is AccuracySource.OFFICIAL]
    for name in UTTERANCE_LEVELS:
        found[name] = _utterances(judged, name)
    for name in ("accuracy", "total"):
        found[f"{name}_official"] = _utterances(official, name)
    return found


def agreement(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return correlation and squared error of each level."""
    return {name: _agreement(*level) for name, level in levels(judged).items()}


def wrong_phones(
    judged: Sequence[Judged], operating_points: dict[str, float]
) -> dict[str, Any]:
    """Return how well wrong phones are found, and whether probabilities are true."""
    probability, wrong = [], []
    for one in judged:
        probability += [phone.wrong_probability for phone in one.judgement.phones]
        wrong += [score < WRONG_PHONE for score in one.reading.phone_accuracy]
    points = {
        name: as_detail(detect(probability, wrong, threshold))
        for name, threshold in operating_points.items()
    }
    return {
        "n": len(wrong),
        "wrong": sum(wrong),
        "auc": rounded(_auc_of(probability, wrong)),
        "best": as_detail(best_detection(probability, wrong)),
        **points,
        "reliability": reliability(probability, wrong),
    }


def bad_words(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return how well bad words are found, by score and by what would be shown."""
    badness, bad = [], []
    shown, shown_bad = [], []
    for one in judged:
        bad += [word.accuracy < BAD_WORD for word in one.reading.words]
        badness += [100 - word.accuracy for word in one.judgement.words]
        for word in one.shown.words:
            if word.index < len(one.reading.words):
                shown.append(word.verdict in (Verdict.WORK, Verdict.MISSED))
                shown_bad.append(one.reading.words[word.index].accuracy < BAD_WORD)
    return {
        "n": len(bad),
        "bad": sum(bad),
        "auc": rounded(_auc_of(badness, bad)),
        "best": as_detail(best_detection(badness, bad)),
        "shown_as_work": as_detail(detection(shown, shown_bad, 0.0)),
    }


def swaps(judged: Sequence[Judged]) -> dict[str, float | None]:
    """Return how well true texts are told from wrong ones."""
    return {
        "prompt": _auc_of_pairs(one.swapped_prompt for one in judged),
        "word": _auc_of_pairs(one.swapped_word for one in judged),
        "phone": _auc_of_pairs(one.swapped_phone for one in judged),
    }


def peers(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the agreement of the transcript's scores, where they define one."""
    return {
        "asr_confidence": _peer(judged, lambda one: one.peers.confidence),
        "transcript_edit_distance": _peer(judged, lambda one: one.peers.edit_distance),
    }


def in_group(judged: Sequence[Judged], group: str) -> list[Judged]:
    """Return the readings of an age group."""
    return [one for one in judged if GROUPS[group](one.reading.age)]


def rounded(value: float | None) -> float | None:
    """Return a figure for the report's detail."""
    return None if value is None else round(value, 4)


def _peer(
    judged: Sequence[Judged], scores_of: Callable[[Judged], Sequence[float]]
) -> dict[str, Any]:
    words = [10 * score for one in judged for score in scores_of(one)]
    accuracy = [word.accuracy for one in judged for word in one.reading.words]
    total = [word.total for one in judged for word in one.reading.words]
    whole = [10 * sum(scores_of(one)) / len(scores_of(one)) for one in judged]
    bad = [score < BAD_WORD for score in accuracy]
    badness = [10 - score for score in words]
    found = {
        "word_accuracy": _agreement(words, accuracy),
        "word_total": _agreement(words, total),
        "bad_words_auc": rounded(_auc_of(badness, bad)),
        "bad_words_best": as_detail(best_detection(badness, bad)),
    }
    for name in UTTERANCE_LEVELS:
        expert = [expert_score(one.reading, name) for one in judged]
        found[name] = _agreement(whole, expert)
    return found


def expert_score(reading: Reading, level: str) -> float:
    """Return the experts' score of an utterance, 0..10."""
    return float(getattr(reading, {"prosody": "prosodic"}.get(level, level)))


def _utterances(judged: Sequence[Judged], level: str) -> Level:
    predicted = [getattr(one.judgement.utterance, level) / 10 for one in judged]
    return predicted, [expert_score(one.reading, level) for one in judged]


def _agreement(predicted: list[float], expert: list[float]) -> dict[str, Any]:
    return {
        "pcc": rounded(pcc(predicted, expert)),
        "mse": rounded(mse(predicted, expert)),
        "n": len(expert),
    }


def _auc_of(score: Sequence[float], truth: Sequence[bool]) -> float | None:
    high = [value for value, true in zip(score, truth, strict=True) if true]
    low = [value for value, true in zip(score, truth, strict=True) if not true]
    return auc(high, low)


def _auc_of_pairs(pairs: Iterable[Pair | None]) -> float | None:
    known = [pair for pair in pairs if pair is not None]
    return auc([true for true, _ in known], [wrong for _, wrong in known])
