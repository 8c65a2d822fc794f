"""What judging costs: processor time of all threads, waiting time, memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from training.corpus import RATE_HZ, Reading, load_audio

from .pronunciation_pass import assess
from .pronunciation_system import Judge, as_text, words_of
from .report import percentile

MOST = 60
PER_S = 4.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Measured on ``utterances`` clips, one after the other, encoder included."""

    utterances: int
    cpu_s_per_4s: float
    cpu_s_p50: float
    cpu_s_p95: float
    wall_s_p50: float
    wall_s_p95: float
    judge_only_cpu_s_p50: float
    peak_memory_mb: float


def measure_cost(scorer: Judge, readings: Sequence[Reading]) -> Cost:
    """Assess an even choice of the readings, each from its bare sound.

    To be called before other models are loaded: memory is the process's peak so far.
    """
    chosen = readings[:: -(-len(readings) // MOST)]
    cpu, wall, alone, seconds = [], [], [], 0.0
    scorer.warm()
    for reading in chosen:
        samples = load_audio(reading.audio)
        seconds += samples.size / RATE_HZ
        before_cpu, before = time.process_time(), time.perf_counter()
        assess(scorer, samples, as_text(reading))
        cpu.append(time.process_time() - before_cpu)
        wall.append(time.perf_counter() - before)
        features = scorer.encode(samples)
        before_cpu = time.process_time()
        scorer.judge(samples, features, words_of(reading))
        alone.append(time.process_time() - before_cpu)
    return Cost(
        utterances=len(chosen),
        cpu_s_per_4s=PER_S * sum(cpu) / seconds,
        cpu_s_p50=percentile(cpu, 0.5),
        cpu_s_p95=percentile(cpu, 0.95),
        wall_s_p50=percentile(wall, 0.5),
        wall_s_p95=percentile(wall, 0.95),
        judge_only_cpu_s_p50=percentile(alone, 0.5),
        peak_memory_mb=_peak_memory_mb(),
    )


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
