"""What every pronunciation scorer keeps to, whatever it judges by."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from inference.protocols import PronunciationScorer
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
)
from inference.types.audio import AudioClip

from .assessments import fits
from .checks import Check, expect
from .material import Material, cancelled

_NO_WORDS = ("", "   ", "😀 🎉", "... - ?!")
_OTHER_TEXT = "Yellow boats sail home before the evening storm."


def _request(material: Material) -> AssessRequest:
    return AssessRequest(
        material.speech, material.text, material.language, heard=material.heard
    )


def _assess(
    engine: PronunciationScorer, request: AssessRequest
) -> PronunciationAssessment:
    found = engine.assess(request, cancelled=Event())
    expect(isinstance(found, PronunciationAssessment), "the result is no assessment")
    fits(found, request, engine.capabilities)
    return found


def _judges(engine: PronunciationScorer, material: Material) -> None:
    for source in PromptSource:
        _assess(engine, replace(_request(material), source=source))


def _answers_alike(engine: PronunciationScorer, material: Material) -> None:
    one, again = (_assess(engine, _request(material)) for _ in range(2))
    expect(one == again, "the same clip was judged in two ways")


def _stands_another_text(engine: PronunciationScorer, material: Material) -> None:
    _assess(engine, replace(_request(material), text=_OTHER_TEXT))


def _hears_silence(engine: PronunciationScorer, material: Material) -> None:
    nothing = AudioClip(bytes(2 * 16_000), 16_000)
    silent = replace(
        material.heard, text="", words=(), confidence=0.0, no_speech_probability=1.0
    )
    outcome = _assess(
        engine, replace(_request(material), clip=nothing, heard=silent)
    ).outcome
    refusals = (AssessmentOutcome.SILENCE, AssessmentOutcome.UNSURE)
    expect(outcome in refusals, f"silence is {outcome}")


def _wants_words(engine: PronunciationScorer, material: Material) -> None:
    for text in _NO_WORDS:
        outcome = _assess(engine, replace(_request(material), text=text)).outcome
        expect(outcome is AssessmentOutcome.NO_TEXT, f"{text!r} is {outcome}")


def _knows_its_languages(engine: PronunciationScorer, material: Material) -> None:
    known = engine.capabilities
    expect(
        material.language in known.languages, f"it does not know {material.language}"
    )
    expect(known.validated <= known.languages, "validated languages it does not know")
    outcome = _assess(engine, replace(_request(material), language="xx")).outcome
    expect(outcome is AssessmentOutcome.UNSUPPORTED_LANGUAGE, f"xx is {outcome}")


def _needs_no_transcript(engine: PronunciationScorer, material: Material) -> None:
    _assess(engine, replace(_request(material), heard=None))


def _takes_a_telephone(engine: PronunciationScorer, material: Material) -> None:
    half = material.speech.as_float32()[::2]
    clip = AudioClip.from_float32(half, 8_000)
    _assess(engine, replace(_request(material), clip=clip))


def _stops(engine: PronunciationScorer, material: Material) -> None:
    found = engine.assess(_request(material), cancelled=cancelled())
    expect(not found.judged, "a cancelled call judged")


CHECKS = (
    Check("judges speech within bounds", _judges),
    Check("judges the same clip alike", _answers_alike),
    Check("stands speech of another text", _stands_another_text),
    Check("refuses silence", _hears_silence),
    Check("refuses a text without words", _wants_words),
    Check("knows its languages", _knows_its_languages),
    Check("needs no transcript", _needs_no_transcript),
    Check("takes a telephone's rate", _takes_a_telephone),
    Check("judges nothing once cancelled", _stops),
)
