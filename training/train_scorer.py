"""``make train-scorer CORPUS=path``: from rated recordings to the scorer's weights.

Seeds are fixed and speakers cross-fitted: whatever a later step learns from was predicted
for speakers that the earlier step had not heard. Only the corpus's train split is read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.engines.scorers.head import RawMarks
from inference.engines.scorers.stored import HEARD
from inference.engines.scorers.voice_print import voice_statistics
from training.corpus import CorpusError, read_corpus

from .calibration import curves_of, operating_point, wrong_probability
from .figures import WRONG_BELOW, best_f1, by_age, figures
from .gate_training import gate_figures
from .head_data import batch_of, marks_of, norms_of, with_planted
from .head_model import HeadShape
from .head_pool import HeadJob, train_heads
from .head_training import Float32, mean_output
from .phone_data import SILENCE
from .planted import plant
from .preparation import N_FOLDS, SEED, Preparation
from .tree_marks import TreeMarks
from .voice import projection, verification
from .weights import ScorerWeights

_MODELS = "~/.cache/tutorplatform/models"


def log(text: str) -> None:
    """Tell the progress on stderr."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


def run(options: argparse.Namespace) -> dict[str, object]:
    """Train, write the weights, return every figure."""
    torch.set_num_threads(options.threads)
    readings = list(read_corpus(options.corpus, split="train"))
    log(f"{len(readings)} readings of {len({r.speaker for r in readings})} speakers")
    encoder = FrameEncoder(options.encoder, threads=options.threads)
    trainer = Preparation(readings, encoder, options.work, options.copies, log)
    posteriors = trainer.cross_fitted_posteriors(options.frame_epochs)
    everybody = np.arange(len(readings))
    laid = trainer.texts(posteriors)
    log("what the decoder expects")
    expected = [
        trainer.expected(n, [word.text for word in reading.words])
        for n, reading in enumerate(readings)
    ]
    # Every reading twice: a recogniser's own words come without the decoder's view of them.
    n_readings = len(readings)
    features = trainer.features(posteriors, laid, everybody, expected)
    features += trainer.features(posteriors, laid, everybody)
    texts = [*laid, *laid]
    twice = [*readings, *readings]
    log("trees")
    trees = TreeMarks(twice, features, texts, np.tile(trainer.folds, 2), SEED)
    norms = norms_of(features)
    planted, planted_marks, planted_in = plant(readings, posteriors, SEED)
    features += trainer.features(posteriors, planted, planted_in)
    batch = batch_of(features, [*texts, *planted], norms)
    marks = with_planted(marks_of(twice), planted_marks, batch.phones.shape[1])
    # Whoever is held back is held back with the planted copy.
    folds = np.concatenate([np.tile(trainer.folds, 2), trainer.folds[planted_in]])
    shape = HeadShape(
        batch.phones.shape[2], batch.utterance.shape[1], batch.timbre.shape[1],
        width=options.width, layers=options.layers, dropout=options.dropout,
    )  # fmt: skip

    held_out: list[list[RawMarks]] = [[] for _ in folds]
    report: dict[str, object] = {}
    jobs = [
        HeadJob(
            np.flatnonzero(folds != fold),
            np.flatnonzero(folds == fold),
            seed=100 * seed + fold,
        )
        for seed in range(options.seeds)
        for fold in range(N_FOLDS)
    ]
    kept = options.heads if options.output else 0
    jobs += [
        HeadJob(np.arange(len(folds)), everybody[:0], seed=1000 + n)
        for n in range(kept)
    ]
    heads: list[dict[str, Float32]] = []
    for done, result in enumerate(
        train_heads(
            jobs, batch, marks, shape, epochs=options.epochs, work=options.work
        ),
        start=1,
    ):
        log(f"head {done} of {len(jobs)}")
        if len(result.held):
            for i, output in zip(result.held, result.outputs, strict=True):
                held_out[i].append(output)
        else:
            heads.append(result.arrays)
    report["cross_validated_alone"] = [
        dict(figures(readings, [o[seed] for o in held_out[:n_readings]]))
        for seed in range(options.seeds)
    ]
    by_heads = [mean_output(outputs) for outputs in held_out[: len(twice)]]
    report["cross_validated_heads"] = dict(figures(readings, by_heads[:n_readings]))
    both = trees.joined(by_heads)
    together, heard = both[:n_readings], both[n_readings:]
    report["cross_validated"] = dict(figures(readings, together))
    report["cross_validated_by_age"] = by_age(readings, together)
    report["cross_validated_without_decoder"] = dict(figures(readings, heard))
    log("together: " + json.dumps(report["cross_validated"]))
    if options.output is None:
        return report

    gate = gate_figures(readings, posteriors, trainer.expected, SEED)
    report["gate"] = asdict(gate)
    statistics = np.stack(
        [
            voice_statistics(clip, np.repeat(y != SILENCE, 2))
            for clip, y in zip(trainer.clips, trainer.labels, strict=True)
        ]
    )
    speakers = [r.speaker for r in readings]
    report["voice"] = voice = verification(statistics, speakers, trainer.folds)
    wrong = np.concatenate([r.phone_accuracy for r in readings]) < WRONG_BELOW
    probability = wrong_probability(readings, together, trainer.folds)
    report["wrong_phone_f1_calibrated"] = best_f1(wrong, probability)
    who = np.repeat(np.asarray(speakers), [len(r.phones) for r in readings])
    without = wrong_probability(readings, heard, trainer.folds)
    points = {
        "default": operating_point(probability, wrong, who, 0.5),
        # In free talk flags have to be right without the decoder too.
        "gentle": max(
            operating_point(p, wrong, who, 0.7) for p in (probability, without)
        ),
    }
    report["operating_points"] = points
    margin = float(
        np.mean(
            [
                abs(o.utterance[3] - r.total)
                for o, r in zip(together, readings, strict=True)
            ]
        )
    )
    report["total_mean_absolute_error"] = margin
    log("training what is kept on all speakers")
    final = trainer.frame_model(everybody, options.frame_epochs, SEED)
    offset, weights = projection(statistics, speakers)
    curves = {
        kind + name: curve
        for kind, outputs in (("", together), (HEARD, heard))
        for name, curve in curves_of(readings, outputs).items()
    }
    ScorerWeights(
        version=options.version,
        encoder=encoder.name,
        frame=final,
        norms=norms,
        heads=heads,
        trees=trees.trees(),
        curves={name: curve.stored() for name, curve in curves.items()},
        voice_offset=offset,
        voice_weights=weights,
        thresholds={
            "voice": voice["voice_threshold"],
            "prompt": gate.prompt_threshold,
            "word": gate.word_threshold,
            "margin": margin,
            "joint_weight": gate.joint_weight,
            "joint_scale": gate.joint_scale,
            "joint_prompt": gate.joint_prompt_threshold,
            **points,
        },
    ).write(options.output)
    report["bytes"] = options.output.stat().st_size
    return report


def main() -> int:
    """Read the command line, train, print the figures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    models = Path(os.environ.get("TUTOR_MODELS_DIR", _MODELS)).expanduser()
    parser.add_argument(
        "--encoder",
        type=Path,
        default=models / "whisper-base",
        help="folder of Whisper base for CTranslate2",
    )
    parser.add_argument(
        "--output", type=Path, help="the weights; without it, only figures"
    )
    parser.add_argument("--work", type=Path, default=Path(".dev/training"))
    parser.add_argument("--version", default="frames-3")
    parser.add_argument(
        "--copies", type=int, default=1, help="changed copies of the speech"
    )
    parser.add_argument("--frame-epochs", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument(
        "--seeds", type=int, default=2, help="heads in cross-validation"
    )
    parser.add_argument("--heads", type=int, default=8, help="heads that are kept")
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    try:
        report = run(options)
    except CorpusError as error:
        log(str(error))
        return 1
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
