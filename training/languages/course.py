"""One language from its voices to a phone model and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.engines.scorers.frame_model import FrameModel
from inference.phonetics.pronunciation import Pronouncer
from training.frame_training import frame_statistics

from .checks import Case, frame_figures, swap_figures
from .gate_checks import foreign_refused, noise_called_speech, passing
from .graphs import Float32, learnt_phonemes
from .lessons import case_of, lessons_of, with_changed
from .network import Statistics, train
from .planted import planted_figures
from .rounds import Lesson, Log, aligned
from .sentences import held_back
from .voices import SEED, TEACHERS, Voiced, Voices

_EPOCHS = 3
Figures = Mapping[str, object]


class Course:
    """The voices of a language, aligned; phone models can be trained on any of them."""

    def __init__(
        self,
        language: str,
        pronouncer: Pronouncer,
        encoder: FrameEncoder,
        work: Path,
        log: Log,
    ) -> None:
        self.language = language
        self._pronouncer = pronouncer
        self._encoder = encoder
        self._log = log
        self._voices = Voices(language, pronouncer, encoder, work)
        self._held_back = held_back(self._voices.sentences)
        self.phonemes = learnt_phonemes(language, self._voices.sentences, pronouncer)
        self._teachers = {name: self._voices.teacher(name) for name in TEACHERS}
        self.tests = self._voices.tests()

    def close(self) -> None:
        """End the pronouncer."""
        self._pronouncer.close()

    def trained(self, teachers: Iterable[str] = TEACHERS) -> FrameModel:
        """Train on the sentences that are not held back."""
        spoken = [one for name in teachers for one in self._teachers[name]]
        class_of = {p: n for n, p in enumerate(self.phonemes)}
        pairs = lessons_of(spoken, self._held_back, self._pronouncer, class_of)
        statistics = frame_statistics([one.frames for one, _ in pairs])
        better = aligned(
            [lesson for _, lesson in pairs], statistics, self.phonemes, self._log
        )
        voiced = [one for one, _ in pairs]
        return _model(
            with_changed(list(zip(voiced, better, strict=True))),
            statistics,
            self.phonemes,
        )

    def figures(
        self, model: FrameModel, others: Sequence[Course], recordings: Path
    ) -> Figures:
        """Return all figures of a model that learnt from all teachers."""
        cases = self._cases(self.tests, model)
        recorded = self._cases(self._voices.recordings(recordings), model)
        heard = {
            other.language: [_heard(one, model) for one in other.tests]
            for other in others
        }
        texts = [case.said for case in cases]
        result: dict[str, object] = {
            "voices_not_learnt_from": self._all(cases, model),
            "planted": planted_figures(
                self.language,
                sorted(self._held_back),
                self._pronouncer,
                model,
                self._encoder.frames,
                SEED,
            ),
            "other_languages": foreign_refused(heard, texts, model),
            "noise_called_speech": noise_called_speech(model, self._encoder.frames),
        }
        if recorded:
            result["recordings"] = self._all(recorded, model)
        result["without"] = {name: self._without(name) for name in TEACHERS}
        return result

    def _without(self, teacher: str) -> Figures:
        """Leave one teacher out and test on its sentences that are held back."""
        self._log(f"{self.language}: without {teacher}")
        model = self.trained(name for name in TEACHERS if name != teacher)
        spoken = [
            one
            for one in self._teachers[teacher]
            if one.utterance.text in self._held_back
        ]
        return self._all(self._cases(spoken, model), model)

    def _all(self, cases: Sequence[Case], model: FrameModel) -> Figures:
        return {
            "utterances": len(cases),
            **frame_figures(cases, model),
            **swap_figures(cases, model, SEED),
            **passing(((c.posteriors, c.said) for c in cases), model),
        }

    def _cases(self, spoken: Sequence[Voiced], model: FrameModel) -> list[Case]:
        cases = (case_of(one, self._pronouncer, model) for one in spoken)
        return [case for case in cases if case is not None]


def _model(
    lessons: Sequence[Lesson], statistics: Statistics, phonemes: tuple[str, ...]
) -> FrameModel:
    return train(
        [one.frames for one in lessons],
        [one.labels for one in lessons],
        statistics,
        phonemes,
        epochs=_EPOCHS,
        seed=SEED,
    )


def _heard(one: Voiced, model: FrameModel) -> Float32:
    return model.log_posteriors(one.frames.astype(np.float32))
