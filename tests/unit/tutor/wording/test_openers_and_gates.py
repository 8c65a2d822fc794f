"""Whatever is said at once passes every gate, alone and before every template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.findings import Analysis
from tutor.gates.inviting import invites
from tutor.gates.move_lists import move_lists
from tutor.gates.reading import read
from tutor.gating import ReplyContext
from tutor.languages.openers import QUESTION, SHORT, load, opener_set
from tutor.languages.template_reader import Bands, TemplateError
from tutor.languages.templates import of_band
from tutor.learner import LearnerTurn, Level
from tutor.moves import MoveKind
from tutor.openers import Opener
from tutor.policy.situations import Situation
from tutor.wording.templates import plainest, variants

from .material import PLANS, TAUGHT, TEXTS, learner
from .test_templates_and_gates import LAST, SAD, gatekeeper, made

_SAD = "sad"
# So many templates fit behind each opener, at least.
_ENOUGH = 3


def entries(l2: str) -> Iterator[tuple[MoveKind, str, Bands]]:
    """Yield what openers are for, and the openers."""
    found = opener_set(l2)
    assert found is not None
    for kind, bands in found.moves.items():
        yield kind, "", bands
    for kind, named in found.situations.items():
        for situation, bands in named.items():
            yield kind, situation, bands
    yield MoveKind.ANSWER, Situation.QUESTION, found.hurried[QUESTION]
    for kind in found.moves:
        yield kind, "", found.hurried[SHORT]


def cases(
    l2: str, *, judged: bool
) -> Iterator[tuple[Opener, ReplyContext, LearnerTurn]]:
    """Yield every opener at every level with what it is checked against."""
    for kind, situation, bands in entries(l2):
        text = SAD[l2] if situation == _SAD else TEXTS[l2]
        move = made(kind, l2, situation="" if situation == _SAD else situation)
        for level in Level:
            held = ReplyContext(
                learner(l2, level),
                PLANS[l2],
                move,
                Analysis(text, text, judged=judged),
            )
            for words in of_band(bands, level):
                yield Opener(words, l2, situation), held, LearnerTurn(text)


@pytest.mark.parametrize("l2", TAUGHT)
def test_every_opener_passes_where_nothing_was_judged(l2: str) -> None:
    for opener, held, _ in cases(l2, judged=False):
        failure = gatekeeper(l2).first_failure(opener.text, held, whole=False)
        assert failure is None, (opener, held.learner.level, failure)


@pytest.mark.parametrize("l2", TAUGHT)
def test_no_opener_invites_or_leads_back(l2: str) -> None:
    found = opener_set(l2)
    assert found is not None
    for text in found.every:
        reading = read(text, l2)
        assert not invites(reading, move_lists(l2)), text
        assert not list(move_lists(l2).back.find(reading.tokens)), text


@pytest.mark.parametrize("l2", TAUGHT)
def test_openers_are_reactions_themselves(l2: str) -> None:
    for opener, _, _ in cases(l2, judged=False):
        assert opener.followed_by(opener.text) == "", opener


@pytest.mark.slow
@pytest.mark.parametrize("l2", TAUGHT)
def test_every_opener_joins_every_template_at_every_level(l2: str) -> None:
    for opener, held, turn in cases(l2, judged=True):
        fitting = 0
        said = variants(held.move, turn, held.learner, held.plan, last=LAST[l2])
        for reply in said:
            words = opener.followed_by(reply)
            failure = gatekeeper(l2).first_failure(
                f"{opener.text} {words}", held, whole=True
            )
            # Longer ones are left out when a template is chosen.
            assert failure is None or failure.gate == "length", (opener, words, failure)
            fitting += failure is None and not opener.is_doubled_in(words)
        assert fitting >= min(_ENOUGH, len(said)), (opener, held.learner.level)


@pytest.mark.parametrize("l2", TAUGHT)
def test_every_opener_joins_the_plainest_sentences(l2: str) -> None:
    for opener, held, turn in cases(l2, judged=False):
        reply = plainest(held.move, turn, held.learner, held.plan)[0]
        words = opener.followed_by(reply)
        failure = gatekeeper(l2).first_failure(
            f"{opener.text} {words}", held, whole=True
        )
        assert failure is None, (opener, words, failure)


GOOD = """
moves: {continue: {basic: [I see.]}}
situations: {continue: {sad: {basic: [I am sorry.]}}}
hurried: {short: {basic: [Okay.]}}
to_tutor: you
goes_on: because
reactions: {any: "i see, oh"}
"""


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "openers.yaml"
    path.write_text(GOOD, encoding="utf-8")
    found = load(path)
    assert found.every == {"I see.", "I am sorry.", "Okay."}
    assert found.reactions["any"] == ("i see", "oh")


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("I see.", "I see", r"moves\.continue\.basic\.0"),
        ("I see.", '"I see?"', r"moves\.continue\.basic\.0"),
        ("I see.", "One two three four five six.", r"moves\.continue\.basic\.0"),
        ("I am sorry.", '"About {word}."', r"situations\.continue\.sad\.basic\.0"),
        ("continue: {basic", "go: {basic", r"moves\.go"),
        ("Okay.", "Okay", r"hurried\.short\.basic\.0"),
        ("short", "long", r"hurried\.long"),
        ("any:", "sad:", r"reactions\.any"),
        ("to_tutor: you", "to_tutor: ''", "to_tutor"),
        ("to_tutor", "to_nobody", "to_nobody"),
    ],
)
def test_a_broken_file_names_the_place(
    tmp_path: Path, right: str, wrong: str, place: str
) -> None:
    path = tmp_path / "openers.yaml"
    path.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(TemplateError, match=place):
        load(path)
