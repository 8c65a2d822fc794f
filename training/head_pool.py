"""Heads trained side by side, one process a core: each is too small to share two."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from inference.engines.scorers.head import RawMarks

from .head_data import Marks
from .head_model import Batch, HeadShape
from .head_training import Float32, predict, train_head

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HeadJob:
    """Train on the utterances ``rows``, then predict those of ``held``."""

    rows: Ints
    held: Ints
    seed: int


@dataclass(frozen=True, slots=True)
class HeadResult:
    """A head's parameters, and what it says of the utterances held back."""

    arrays: dict[str, Float32]
    held: Ints
    outputs: list[RawMarks]


@dataclass(frozen=True, slots=True)
class _Lesson:
    batch: Batch
    marks: Marks
    shape: HeadShape
    epochs: int


class _Worker:
    """What one process keeps between its jobs."""

    lesson: _Lesson | None = None


def train_heads(
    jobs: Sequence[HeadJob],
    batch: Batch,
    marks: Marks,
    shape: HeadShape,
    *,
    epochs: int,
    work: Path,
) -> Iterator[HeadResult]:
    """Run the jobs on all cores; yield the results in the jobs' order."""
    path = work / "heads.pt"
    torch.save(_Lesson(batch, marks, shape, epochs), path)
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(path,),
    ) as pool:
        yield from pool.map(_run, jobs)


def _begin(path: Path) -> None:
    torch.set_num_threads(1)
    # Written by this run a moment ago.
    _Worker.lesson = torch.load(path, weights_only=False)


def _run(job: HeadJob) -> HeadResult:
    lesson = _Worker.lesson
    if lesson is None:
        raise RuntimeError("The worker has not begun")
    trained = train_head(
        lesson.batch,
        lesson.marks,
        job.rows,
        lesson.shape,
        epochs=lesson.epochs,
        seed=job.seed,
    )
    outputs = predict(trained, lesson.batch, job.held) if len(job.held) else []
    return HeadResult(trained.arrays(), job.held, outputs)
