"""What templates answer to the scenario turns passes every gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.tutor_cases import Case, read_cases
from bench.tutor_reply import gatekeeper
from tutor.gating import ReplyContext
from tutor.moves import Move, MoveKind
from tutor.policy.choosing import choose
from tutor.wording.templates import plainest, variants


def answered(case: Case) -> tuple[Move, ReplyContext]:
    """The move of the policy if it is told what is truly wrong."""
    known = case.knowable
    state = case.past.state(known.findings)
    move = choose(case.turn, known, state, case.learner, case.plan)
    return move, ReplyContext(case.learner, case.plan, move, known, state.last_reply)


def refused(case: Case) -> Iterator[tuple[str, str]]:
    move, held = answered(case)
    said = variants(move, case.turn, case.learner, case.plan, last=held.last_reply)
    for reply in said:
        failure = gatekeeper(case.learner.l2).first_failure(reply, held, whole=True)
        # Praise that names nothing is said only where nothing can be named.
        if failure and (move.kind is not MoveKind.PRAISE or failure.gate != "doing"):
            yield reply, failure.reason


@pytest.mark.slow
def test_hardly_a_variant_is_refused_and_never_the_first() -> None:
    found = {}
    count = 0
    for case in read_cases():
        move, held = answered(case)
        said = variants(move, case.turn, case.learner, case.plan, last=held.last_reply)
        count += len(said)
        bad = dict(refused(case))
        assert said[0] not in bad, (case.id, said[0], bad)
        if bad:
            found[case.id] = bad
    assert sum(map(len, found.values())) < 0.01 * count, found


@pytest.mark.slow
def test_the_plainest_sentences_pass_too() -> None:
    for case in read_cases():
        move, held = answered(case)
        reply = plainest(move, case.turn, case.learner, case.plan)[0]
        failure = gatekeeper(case.learner.l2).first_failure(reply, held, whole=True)
        assert failure is None, (case.id, reply, failure)
