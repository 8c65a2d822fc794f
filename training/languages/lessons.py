"""What is learnt from and what is tested: utterances with frames, graphs and labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from inference.engines.scorers.alignment import align
from inference.engines.scorers.frame_model import FrameModel
from inference.engines.scorers.prompt import sounded
from inference.phonetics.pronunciation import Pronouncer

from .checks import Case
from .graphs import Float32, all_forms, first_labels, graph_of, quiet_frames
from .rounds import Lesson
from .utterances import Sounds
from .voices import Voiced


def lessons_of(
    spoken: Sequence[Voiced],
    without: Collection[str],
    pronouncer: Pronouncer,
    class_of: Mapping[str, int],
) -> list[tuple[Voiced, Lesson]]:
    """Return what can be learnt from; not the sentences ``without``."""
    found = []
    for one in spoken:
        graph = graph_of(one.utterance, pronouncer, class_of)
        fits = graph is not None and len(one.frames) > graph.fewest_frames
        if graph is None or not fits or one.utterance.text in without:
            continue
        lesson = Lesson(
            one.frames,
            graph,
            quiet_frames(one.utterance, len(one.frames)),
            first_labels(one.utterance, graph, len(one.frames)),
            one.utterance.borders is not None,
        )
        found.append((one, lesson))
    return found


def with_changed(pairs: Sequence[tuple[Voiced, Lesson]]) -> list[Lesson]:
    """Return the lessons and those of the changed copies, which share their labels."""
    changed = [
        replace(lesson, frames=one.changed)
        for one, lesson in pairs
        if one.changed is not None
    ]
    return [*(lesson for _, lesson in pairs), *changed]


def case_of(one: Voiced, pronouncer: Pronouncer, model: FrameModel) -> Case | None:
    """Return an utterance as the model hears it; None for words it does not know.

    Where the voice was not told its phonemes, the forms that fit best are taken.
    """
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    posteriors = model.log_posteriors(one.frames.astype(np.float32))
    said = one.utterance.sounds
    if said is None:
        said = _forms(one, posteriors, pronouncer, class_of)
    elif any(p not in class_of for word in said for p in word):
        said = None
    return None if said is None else Case(one.utterance, said, posteriors)


def _forms(
    one: Voiced,
    posteriors: Float32,
    pronouncer: Pronouncer,
    class_of: Mapping[str, int],
) -> Sounds | None:
    words = sounded(pronouncer.pronounce(one.utterance.text), class_of)
    graph = all_forms(words, silence=len(class_of))
    found = graph and align(posteriors, graph)
    if not found:
        return None
    return tuple(
        word.variants[variant].phonemes
        for word, variant in zip(words, found.variants, strict=True)
    )
