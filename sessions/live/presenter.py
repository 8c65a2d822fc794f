"""TurnEvents to wire messages."""

from __future__ import annotations

from typing import Any

from inference.types.assessment import PronunciationAssessment
from inference.types.speech import VisemeCue, Word, WordSpan
from sessions.turns import events as e
from sessions.turns.holding import ReplyHeld, ReplyResumed
from sessions.turns.messages import WITHDRAWN_MESSAGE, assessment_message
from sessions.wire.pronunciation import assessment_json


def present(event: e.TurnEvent) -> tuple[str, dict[str, Any]]:
    """Return the type and the fields of an event's JSON message.

    Raises TypeError for what is binary or passes by the history (``telling``).
    """
    match event:
        case e.SpeechStarted(turn):
            return "speech.started", {"turn": turn}
        case e.SpeechEnded(turn, reason):
            return "speech.ended", {"turn": turn, "reason": reason}
        case e.PartialTranscript(turn, text, stable):
            return "transcript.partial", {"turn": turn, "text": text, "stable": stable}
        case e.FinalTranscript():
            return "transcript.final", {
                "turn": event.turn,
                "text": event.text,
                "words": words_json(event.words),
                "source": event.source.value,
                "language": event.language,
                "confidence": _rounded(event.confidence),
            }
        case e.ReplyStarted(turn, attempt, repeat):
            return "reply.started", _reply(turn, attempt, repeat=repeat)
        case e.ReplyText(turn, attempt, text):
            return "reply.delta", _reply(turn, attempt, text=text)
        case e.ReplyClause():
            return "reply.clause", _reply(
                event.turn,
                event.attempt,
                clause=event.clause,
                text=event.text,
                start_ms=event.start_ms,
                end_ms=event.end_ms,
                **spoken_words_json(event.words),
            )
        case e.ReplyVisemes(turn, attempt, cues):
            return "reply.visemes", _reply(turn, attempt, cues=cues_json(cues))
        case e.ReplyCompleted(turn, attempt, text):
            return "reply.completed", _reply(turn, attempt, text=text)
        case e.ReplyAudioEnded(turn, attempt, duration_ms):
            return "reply.audio_ended", _reply(turn, attempt, duration_ms=duration_ms)
        case e.ReplyInterrupted(turn, attempt, reason):
            return "reply.interrupted", _reply(turn, attempt, reason=reason)
        case ReplyHeld(turn, attempt):
            return "reply.held", _reply(turn, attempt)
        case ReplyResumed(turn, attempt, from_ms):
            return "reply.resumed", _reply(turn, attempt, from_ms=from_ms)
        case e.ReplyHeard(turn, attempt, text):
            return "reply.heard", _reply(turn, attempt, text=text)
        case e.PronunciationAssessed(turn, assessment, mic_start_ms):
            return "pronunciation.ready", {
                "turn": turn,
                "mic_start_ms": None if mic_start_ms is None else round(mic_start_ms),
                **pronunciation_json(assessment),
            }
        case e.PronunciationWithdrawn(turn):
            return "pronunciation.withdrawn", {
                "turn": turn,
                "message": WITHDRAWN_MESSAGE,
            }
        case e.CorrectionsReady(turn, corrections, withheld):
            return "corrections.ready", {
                "turn": turn,
                "corrections": corrections,
                "withheld": withheld,
            }
        case e.TurnTiming():
            return "turn.timing", {"turn": event.turn, **timing_json(event)}
        case e.TurnEnded(turn, outcome):
            return "turn.ended", {"turn": turn, "outcome": outcome.value}
        case e.StageDegraded():
            return "stage.degraded", degraded_json(event)
        case e.StageRecovered(stage):
            return "stage.recovered", {"stage": stage}
        case e.ErrorRaised(code, message, retryable, turn):
            return "error", {
                "code": code,
                "message": message,
                "retryable": retryable,
                "turn": turn,
            }
        case e.TimeLeft(seconds, message):
            return "session.time_left", {"seconds": seconds, "message": message}
        case e.FaceChanged():
            return "face.changed", face_json(event)
        case e.ReplyAudio() | e.ReplyVideoStarted() | e.ReplyVideo():
            raise TypeError("sound and video are no JSON of the history")
        case e.ReplyVideoEnded():
            raise TypeError("the end of a video is binary")


def _reply(turn: int, attempt: int, **fields: Any) -> dict[str, Any]:
    return {"turn": turn, "attempt": attempt, **fields}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def words_json(words: tuple[Word, ...]) -> list[dict[str, Any]]:
    """Return words as on the wire."""
    return [
        {
            "text": word.text,
            "start_ms": round(word.start_ms),
            "end_ms": round(word.end_ms),
            "confidence": round(word.confidence, 3),
        }
        for word in words
    ]


def spoken_words_json(words: tuple[WordSpan, ...]) -> dict[str, Any]:
    """Return when the tutor says which word, as on the wire; no field where unknown."""
    if not words:
        return {}
    rows = [
        {
            "text": word.text,
            "start_ms": round(word.start_ms),
            "end_ms": round(word.end_ms),
        }
        for word in words
    ]
    return {"words": rows}


def pronunciation_json(assessment: PronunciationAssessment) -> dict[str, Any]:
    """Return how something was said as on the wire, with words for the learner."""
    return assessment_json(assessment, message=assessment_message(assessment))


def cues_json(cues: tuple[VisemeCue, ...]) -> list[list[Any]]:
    """Return cues as on the wire."""
    return [[cue.viseme.value, cue.start_ms, cue.end_ms] for cue in cues]


def timing_json(timing: e.TurnTiming) -> dict[str, Any]:
    """Return a waterfall as on the wire."""
    return {
        "zero": timing.zero,
        "stages": [
            {"name": span.name, "start_ms": span.start_ms, "end_ms": span.end_ms}
            for span in timing.stages
        ],
        "marks": timing.marks,
        "pace": list(timing.pace),
    }


def face_json(event: e.FaceChanged) -> dict[str, Any]:
    """Return which face is shown and which could be, as on the wire."""
    return {
        "face": event.face,
        "faces": list(event.faces),
        "reason": event.reason,
        "idle_url": event.idle_url,
        "states": list(event.states),
    }


def degraded_json(event: e.StageDegraded) -> dict[str, Any]:
    """Return what does not work, as on the wire."""
    return {"stage": event.stage, "code": event.code, "message": event.message}
