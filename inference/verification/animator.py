"""What every animator keeps to."""

from __future__ import annotations

from itertools import pairwise
from threading import Event

from inference.protocols import AvatarAnimator
from inference.types.speech import Animation, AnimationRequest, Viseme

from .checks import Check, expect
from .material import Material, cancelled, hum


def _covers_sound(engine: AvatarAnimator, material: Material) -> None:
    chunk = hum()
    found = list(engine.animate(AnimationRequest(chunk), cancelled=Event()))
    expect(len(found) == 1, f"{len(found)} animations for one stretch of speech")
    expect(isinstance(found[0], Animation), "the result is no animation")
    cues = found[0].cues
    expect(all(isinstance(cue.viseme, Viseme) for cue in cues), "an unknown shape")
    expect(cues[0].start_ms == 0, "the first cue does not begin with the speech")
    late_ms = abs(cues[-1].end_ms - chunk.clip.duration_ms)
    expect(late_ms < 1e-3, "the last cue does not end with the speech")
    expect(all(cue.start_ms < cue.end_ms for cue in cues), "a cue takes no time")
    for one, following in pairwise(cues):
        expect(abs(one.end_ms - following.start_ms) < 1e-3, "cues leave a gap")


def _stops(engine: AvatarAnimator, material: Material) -> None:
    found = list(engine.animate(AnimationRequest(hum()), cancelled=cancelled()))
    expect(found == [], "a cancelled call moved the face")


CHECKS = (
    Check("covers the speech with cues", _covers_sound),
    Check("moves nothing once cancelled", _stops),
)
