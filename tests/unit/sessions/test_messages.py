"""Every failure and every refusal has words for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inference.stages.stage import STAGES
from inference.types.assessment import AssessmentOutcome, PromptSource
from sessions.turns.messages import MESSAGES, assessment_message
from sessions.wire.pronunciation import assessment_json
from tests.factories.pronunciation import judged


@pytest.mark.parametrize("source", PromptSource)
@pytest.mark.parametrize("outcome", AssessmentOutcome)
def test_every_outcome_has_words_but_a_plain_success(
    outcome: AssessmentOutcome, source: PromptSource
) -> None:
    found = replace(judged(), outcome=outcome, source=source)
    message = assessment_message(found)
    plain = outcome is AssessmentOutcome.JUDGED and source is PromptSource.READ
    assert (message == "") == plain
    assert len(message) <= 100


def test_what_was_not_judged_is_not_blamed_on_the_learner() -> None:
    """Free speech has no text that could have been read wrongly."""
    found = replace(judged(), outcome=AssessmentOutcome.WRONG_TEXT)
    assert "misheard" in assessment_message(found)


def test_every_stage_that_fails_has_words() -> None:
    codes = {spec.failed_code for spec in STAGES.values()}
    codes |= {spec.timeout_code for spec in STAGES.values()}
    assert codes <= set(MESSAGES)


def test_numbers_on_the_wire_are_whole_and_no_evidence_leaks() -> None:
    shown = assessment_json(judged(), message="")
    first = shown["words"][0]
    assert (first["score"], first["phonemes"][0]["score"]) == (40, 20)
    assert first["phonemes"][0]["end_ms"] == 90
    assert set(first["phonemes"][0]) == {
        *("ipa", "start_ms", "end_ms", "verdict", "score", "stress"),
        *("flagged", "diagnosis"),
    }
    assert shown["scores"]["total"] == 70
    assert "voice" not in shown
