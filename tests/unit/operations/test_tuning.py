"""From what a host can do to its settings: a slow laptop, two server cores, a graphics card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inference.types.speech import Effort
from operations.tuning import env_file, wording
from operations.tuning.choosing import choose
from operations.tuning.figures import (
    HostFigures,
    RecognitionTime,
    Situation,
    WritingSpeed,
)
from scripts.launch.failure import LaunchError
from scripts.launch.tuned import take_tuned
from sessions.turns.budget import Part

BY_PAUSE = Situation(target_ms=1800, end_silence_ms=600, words_decide=False)
BY_WORDS = replace(BY_PAUSE, words_decide=True)


def heard(
    model: str, threads: int, quick: float, usual: float, thorough: float
) -> tuple[RecognitionTime, ...]:
    took = zip(Effort, (quick, usual, thorough), strict=True)
    return tuple(
        RecognitionTime(model, threads, effort, s, 0.6 * quick) for effort, s in took
    )


LAPTOP = HostFigures(
    cores=4,
    recognition=(
        *heard("whisper-base", 2, 0.9, 1.0, 1.2),
        *heard("whisper-base", 4, 0.6, 0.7, 0.8),
    ),
    writing=(WritingSpeed(2, 1.6, 9.0, 20.0), WritingSpeed(4, 1.3, 10.0, 30.0)),
    voice_s=0.4,
    detector_s=0.0004,
    scoring_s=0.3,
    face_cores=1.0,
    face_keeps_up=True,
)
TWO_CORES = HostFigures(
    cores=2,
    recognition=(
        *heard("whisper-base", 1, 0.55, 0.6, 0.7),
        *heard("whisper-base", 2, 0.33, 0.37, 0.42),
        *heard("whisper-small", 2, 1.1, 1.2, 1.4),
    ),
    writing=(WritingSpeed(1, 0.7, 15.0, 35.0), WritingSpeed(2, 0.43, 26.0, 62.0)),
    voice_s=0.13,
    detector_s=0.00012,
    turn_detector_s=0.05,
    scoring_s=0.06,
    face_cores=0.5,
    face_keeps_up=True,
)
CARD = HostFigures(
    cores=16,
    recognition=(
        *heard("whisper-base", 0, 0.03, 0.04, 0.05),
        *heard("whisper-small", 0, 0.06, 0.07, 0.09),
        *heard("/models/whisper-large-v3", 0, 0.18, 0.2, 0.24),
    ),
    writing=(WritingSpeed(0, 0.12, 80.0),),
    voice_s=0.05,
    detector_s=0.0001,
    turn_detector_s=0.012,
    scoring_s=0.05,
    face_cores=0.5,
    face_keeps_up=True,
    own_model=False,
)


def test_a_slow_laptop_does_with_what_is_quick() -> None:
    tuning = choose(LAPTOP, BY_PAUSE)
    assert tuning.settings | {
        "TUTOR_WHISPER_MODEL": "whisper-base",
        "TUTOR_WHISPER_BEAM": "1",
        "TUTOR_WHISPER_THREADS": "4",
        "TUTOR_LLM_THREADS": "4",
        "TUTOR_CANDIDATE_SILENCE_MS": "200",
        "TUTOR_PARTIAL_EVERY_MS": "1100",
        "TUTOR_CLAUSE_DEADLINE_S": "6.0",
        "TUTOR_SPECULATION": "0",
        "TUTOR_BUDGET_ALWAYS": "later_scores,more_openers,short_clause",
    } == tuning.settings | {"TUTOR_FACE_RENDERER": "none"}
    assert tuning.is_heard_late
    assert tuning.expected.audio_ms > 2000
    said = " ".join(wording.advice(LAPTOP, tuning, BY_PAUSE))
    assert "Recognition is too slow" in said
    assert "language model" in said


def test_two_server_cores_hold_the_target_with_the_default_model() -> None:
    tuning = choose(TWO_CORES, BY_WORDS)
    assert tuning.settings == {
        "TUTOR_WHISPER_MODEL": "whisper-base",
        "TUTOR_WHISPER_BEAM": "2",
        "TUTOR_WHISPER_THREADS": "2",
        "TUTOR_LLM_THREADS": "2",
        "TUTOR_CANDIDATE_SILENCE_MS": "200",
        "TUTOR_PARTIAL_EVERY_MS": "600",
        "TUTOR_CLAUSE_DEADLINE_S": "2.5",
        "TUTOR_SPECULATION": "3",
        "TUTOR_BUDGET_ALWAYS": "",
        "TUTOR_FACE_RENDERER": "none",
    }
    assert tuning.expected.words_ms == pytest.approx(570)
    assert tuning.expected.audio_ms == pytest.approx(570 + 430 + 7000 / 26 + 130)
    assert sum(tuning.expected.by_part.values()) == tuning.expected.audio_ms


def test_a_card_hears_with_the_largest_model_and_names_only_what_can_be_set() -> None:
    situation = replace(BY_WORDS, face="musetalk", fixed=frozenset({"dialogue"}))
    tuning = choose(CARD, situation)
    assert tuning.settings["TUTOR_WHISPER_MODEL"] == "/models/whisper-large-v3"
    assert tuning.settings["TUTOR_WHISPER_BEAM"] == "2"
    assert tuning.settings["TUTOR_CANDIDATE_SILENCE_MS"] == "120"
    assert "TUTOR_LLM_THREADS" not in tuning.settings
    assert "TUTOR_FACE_RENDERER" not in tuning.settings
    assert tuning.expected.audio_ms < 700


def test_nothing_is_begun_ahead_where_nothing_is_gained() -> None:
    one = replace(TWO_CORES, cores=1)
    assert choose(one, BY_WORDS).speculation == 0
    assert choose(replace(one, own_model=False), BY_WORDS).speculation == 3
    slow = replace(TWO_CORES, writing=(WritingSpeed(2, 0.8, 9.0),))
    begun = choose(slow, BY_PAUSE)
    assert begun.speculation == 3
    late = replace(slow, recognition=LAPTOP.recognition)
    assert choose(late, BY_PAUSE).speculation == 0
    gained_ms = choose(late, BY_PAUSE).expected.audio_ms - begun.expected.audio_ms
    assert gained_ms == pytest.approx(230)


def test_a_face_is_made_where_it_takes_little_of_all_cores() -> None:
    roomy = replace(LAPTOP, cores=8)
    assert choose(roomy, BY_PAUSE).settings["TUTOR_FACE_RENDERER"] == "cpu_head"
    late = replace(roomy, face_keeps_up=False)
    assert choose(late, BY_PAUSE).settings["TUTOR_FACE_RENDERER"] == "none"
    unknown = replace(roomy, face_cores=None)
    assert "TUTOR_FACE_RENDERER" not in choose(unknown, BY_PAUSE).settings


def test_more_threads_have_to_be_worth_it() -> None:
    wide = replace(
        CARD,
        recognition=(
            *heard("whisper-base", 4, 0.20, 0.21, 0.25),
            *heard("whisper-base", 8, 0.18, 0.20, 0.24),
            *heard("whisper-base", 16, 0.19, 0.21, 0.25),
        ),
    )
    assert choose(wide, BY_WORDS).settings["TUTOR_WHISPER_THREADS"] == "4"


def test_a_fixed_pause_that_is_the_most_of_it_is_told() -> None:
    tuning = choose(CARD, BY_PAUSE)
    by_part = tuning.expected.by_part
    assert by_part[Part.DECISION] == 600
    assert by_part[Part.MODEL] + by_part[Part.RECOGNITION] < 20
    assert "TUTOR_TURN_TAKING=model" in " ".join(wording.advice(CARD, tuning, BY_PAUSE))


def test_what_is_written_is_what_starting_reads(tmp_path: Path) -> None:
    tuning = choose(TWO_CORES, BY_WORDS)
    path = tmp_path / "var" / env_file.NAME
    env_file.write(path, wording.env_lines(tuning), wording.found(TWO_CORES))
    environ = {"TUTOR_WHISPER_BEAM": "5"}
    taken = take_tuned(environ, tmp_path)
    assert environ == tuning.settings | {"TUTOR_WHISPER_BEAM": "5"}
    assert "TUTOR_WHISPER_BEAM" not in taken
    assert [file.name for file in path.parent.iterdir()] == [env_file.NAME]


def test_a_file_that_is_no_list_of_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / env_file.NAME).write_text("TUTOR_WHISPER_BEAM 2\n")
    with pytest.raises(LaunchError, match="line 1"):
        take_tuned({"TUTOR_DATA_DIR": str(tmp_path)}, tmp_path)
    assert take_tuned({}, tmp_path) == []


def test_figures_of_a_busy_host_are_told_from_those_of_a_quiet_one() -> None:
    assert not wording.is_busy(TWO_CORES)
    busy = replace(TWO_CORES, load=1.2)
    assert wording.is_busy(busy)
    tuning = choose(busy, BY_WORDS)
    assert "quiet" in next(iter(wording.advice(busy, tuning, BY_WORDS)))
