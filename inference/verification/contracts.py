"""The whole contract of each kind of engine."""

from __future__ import annotations

from inference import protocols
from inference.turn_protocols import TurnDetector

from . import (
    animator,
    clip_renderer,
    detector,
    dialogue,
    face_finder,
    face_renderer,
    scorer,
    synthesizer,
    transcriber,
    turn_detector,
)
from .checks import Check
from .methods import has_methods_of

CONTRACTS: dict[str, tuple[Check, ...]] = {
    "detector": (has_methods_of(protocols.SpeechDetector), *detector.CHECKS),
    "transcriber": (has_methods_of(protocols.Transcriber), *transcriber.CHECKS),
    "scorer": (has_methods_of(protocols.PronunciationScorer), *scorer.CHECKS),
    "dialogue": (has_methods_of(protocols.DialogueModel), *dialogue.CHECKS),
    "synthesizer": (has_methods_of(protocols.SpeechSynthesizer), *synthesizer.CHECKS),
    "animator": (has_methods_of(protocols.AvatarAnimator), *animator.CHECKS),
    "face_renderer": (has_methods_of(protocols.FaceRenderer), *face_renderer.CHECKS),
    "clip_renderer": (has_methods_of(protocols.ClipRenderer), *clip_renderer.CHECKS),
    "face_finder": (has_methods_of(protocols.FaceFinder), *face_finder.CHECKS),
    "turn_detector": (has_methods_of(TurnDetector), *turn_detector.CHECKS),
}
