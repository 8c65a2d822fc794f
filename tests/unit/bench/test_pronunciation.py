"""The whole benchmark on a scorer that knows the truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench import pronunciation
from bench.pronunciation import TARGETS, measure
from bench.pronunciation_system import Judge
from bench.report import machine, report
from tests.fakes.engines import ScriptedTranscriber

from .readings import make_judge, make_readings


@pytest.mark.slow
def test_a_scorer_that_knows_the_truth_has_perfect_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = make_readings(tmp_path)
    scorer = make_judge(readings)
    assert isinstance(scorer, Judge)
    figures, detail = measure(scorer, ScriptedTranscriber(("We call",)), readings, 2)
    for name in ("phone", "word_accuracy", "word_total", "fluency", "total"):
        assert figures[f"{name}_pcc"] == pytest.approx(1.0)
    assert figures["total_official_pcc"] == pytest.approx(1.0)
    assert figures["wrong_phone_f1"] == 1.0
    assert figures["swapped_prompt_auc"] == figures["swapped_word_auc"] == 1.0
    assert figures["utterances"] == 9
    assert detail["agreement"]["all"]["total_official"]["n"] == 6
    assert detail["agreement"]["children_up_to_12"]["phone"]["mse"] == 0.0
    assert detail["wrong_phones"]["adults"]["default"]["f1"] == 1.0
    assert detail["genuine"]["all"]["refused"] == 0.0
    assert detail["swapped_prompt"]["refused"] == 1.0
    for kind in ("silence", "white", "pink", "music", "other_voice"):
        assert detail["refused"][kind]["refused"] == 1.0, kind
    assert detail["refused"]["own_voice"]["refused"] == 0.0
    spelling = detail["peers"]["all"]["transcript_edit_distance"]
    assert spelling["word_accuracy"]["pcc"] is not None
    assert spelling["word_accuracy"]["pcc"] < 0.9
    report(figures, TARGETS, detail, before=machine())
    printed = capsys.readouterr()
    assert json.loads(printed.out)["figures"]["utterances"] == 9
    assert "not reached" not in printed.err


@pytest.mark.slow
def test_figures_that_the_labels_do_not_allow_are_left_out(tmp_path: Path) -> None:
    readings = make_readings(tmp_path)[:3]
    figures, detail = measure(
        make_judge(readings), ScriptedTranscriber(), readings, workers=1
    )
    assert "total_official_pcc" not in figures
    assert "adults" not in detail["agreement"]
    assert detail["refused"]["other_voice"] == {"n": 0}
    json.dumps(detail, allow_nan=False)


def test_targets_of_both_directions_are_compared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures = {"high": 0.6, "low": 0.3, "enough": 0.62}
    targets = {"high": ">= 0.62", "low": "<= 0.25 s", "enough": ">= 0.62"}
    report(figures, targets, {}, before={})
    assert "not reached: high, low\n" in capsys.readouterr().err


def test_a_corpus_that_is_not_there_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--corpus", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"neither labels\.jsonl nor"):
        pronunciation.main()
