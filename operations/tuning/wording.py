"""What was found out about a host, in words for its operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.types.speech import Effort
from sessions.turns.budget import Budget, Part

from .choosing import Tuning
from .figures import BEAMS, HostFigures, RecognitionTime, Situation

# A host with so much else to do is measured too slow.
QUIET_SHARE = 0.3


def is_busy(figures: HostFigures) -> bool:
    """Whether so much else ran that the figures are not the host's own."""
    return figures.load > QUIET_SHARE * figures.cores


def found(figures: HostFigures) -> Iterator[str]:
    """Yield what was measured, line by line."""
    yield f"cores {figures.cores}, load before {figures.load:.1f}"
    yield f"voice detection, a window of 32 ms: {_ms(figures.detector_s, 2)}"
    if figures.turn_detector_s is not None:
        yield f"end of a turn, by voice: {_ms(figures.turn_detector_s)}"
    for alike in _by_model_and_threads(figures.recognition):
        one = alike[0]
        beams = ", ".join(
            f"beam {BEAMS[each.effort]} {_ms(each.seconds)}"
            if one.threads or len(alike) > 1
            else _ms(each.seconds)
            for each in alike
        )
        yield (
            f"recognition of 4 s, {_short(one.model)}{_threads(one.threads)}: {beams}; "
            f"unfinished {_ms(one.partial_s)}"
        )
    if figures.scoring_s is not None:
        yield f"scores of 4 s: {_ms(figures.scoring_s)}"
    for speed in figures.writing:
        read = f", reads {speed.read_per_s:.0f} tokens/s" if speed.read_per_s else ""
        yield (
            f"language model{_threads(speed.threads)}: first token {_ms(speed.first_s)}"
            f"{read}, writes {speed.written_per_s:.0f} tokens/s"
        )
    yield f"voice, first sound of 8 words: {_ms(figures.voice_s)}"
    if figures.face_cores is not None:
        pace = "in real time" if figures.face_keeps_up else "slower than it plays"
        yield f"face as video: {figures.face_cores:.2f} cores, {pace}"


def expectation(tuning: Tuning, budget: Budget) -> Iterator[str]:
    """Yield what a talk should be like, and how it stands to the budget."""
    expected = tuning.expected
    held = "held" if expected.audio_ms <= budget.target_ms else "missed"
    yield (
        f"first audio after 4 s that sound finished: p50 about {expected.audio_ms / 1000:.2f} s; "
        f"target {budget.target_ms / 1000:.2f} s, {held}"
    )
    for part, took_ms in expected.by_part.items():
        share_ms = budget.share_ms(part)
        note = "  over" if took_ms > share_ms else ""
        yield f"  {part.value:<12}{took_ms:6.0f} ms of {share_ms:4.0f}{note}"


def advice(figures: HostFigures, tuning: Tuning, situation: Situation) -> Iterator[str]:
    """Yield what would help, most of all first."""
    budget = Budget(situation.target_ms)
    worst = tuning.expected.worst(budget)
    if is_busy(figures):
        yield "Something else was running: measure again on a quiet host."
    if tuning.is_heard_late:
        yield (
            "Recognition is too slow for the pause: a quicker processor, a card "
            "(TUTOR_WHISPER_DEVICE=cuda), or a server (TUTOR_ASR_BASE_URL)."
        )
    elif tuning.recognition.effort is Effort.QUICK:
        yield "Recognition keeps up only with a beam of one, which mishears more."
    match worst:
        case Part.DECISION if not situation.words_decide:
            yield (
                "Most of the time is the fixed pause: TUTOR_TURN_TAKING=model ends turns "
                "by words and voice."
            )
        case Part.DECISION | Part.RECOGNITION:
            yield "Most of the time goes to hearing: quicker recognition helps most."
        case Part.MODEL:
            yield (
                "Most of the time goes to the language model: a card or a server "
                "(TUTOR_LLM_BASE_URL) helps most, a smaller model costs quality."
                if figures.own_model
                else "Most of the time goes to the language model's server."
            )
        case Part.VOICE:
            yield "Most of the time goes to the voice: Piper is the quickest here."


def env_lines(tuning: Tuning) -> Iterator[str]:
    """Yield the settings as lines of an environment file."""
    for name, value in tuning.settings.items():
        yield f"{name}={value}"


def _by_model_and_threads(
    measured: tuple[RecognitionTime, ...],
) -> list[list[RecognitionTime]]:
    groups: dict[tuple[str, int], list[RecognitionTime]] = {}
    for one in measured:
        groups.setdefault((one.model, one.threads), []).append(one)
    return list(groups.values())


def _short(model: str) -> str:
    return Path(model).name


def _threads(number: int) -> str:
    return f", {number} thread{'s' if number != 1 else ''}" if number else ""


def _ms(seconds: float, digits: int = 0) -> str:
    return f"{1000 * seconds:.{digits}f} ms"
