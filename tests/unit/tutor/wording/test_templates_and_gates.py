"""Whatever a template says passes every gate, at every level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from tutor.brief import LessonPlan
from tutor.categories import Category
from tutor.findings import Analysis, Finding
from tutor.gates.gatekeeper import Gatekeeper
from tutor.gating import ReplyContext
from tutor.languages.templates import template_set
from tutor.learner import LearnerTurn, Level, SoundProblem
from tutor.moves import CORRECTIONS, Move, MoveKind, PlannedItem
from tutor.wording.templates import endings, plainest, variants

from .material import PLANS, TAUGHT, TEXTS, VERBS, finding, learner

LAST = {
    "en": "I see. What did you buy there?",
    "es": "Ya veo. ¿Qué compraste allí?",
    "fr": "Je vois. Qu'est-ce que tu as acheté ?",
    "de": "Aha. Was hast du dort gekauft?",
}
ITEMS = {
    "en": PlannedItem("the bill", "the paper that says what you pay", "Can I have the bill"),
    "es": PlannedItem("la cuenta", "el papel con el precio", "La cuenta, por favor"),
    "fr": PlannedItem("l'addition", "le papier avec le prix", "L'addition, s'il vous plaît"),
    "de": PlannedItem("die Rechnung", "das Papier mit dem Preis", "Die Rechnung, bitte"),
}  # fmt: skip
PRAISED = {
    "en": "with my sister", "es": "con mi hermana",
    "fr": "avec ma sœur", "de": "mit meiner Schwester",
}  # fmt: skip
SAD = {
    "en": "My grandmother died last week.",
    "es": "Mi abuela murió la semana pasada.",
    "fr": "Ma grand-mère est morte la semaine dernière.",
    "de": "Meine Oma ist letzte Woche gestorben.",
}
ASKED = {
    "en": {"about_tutor": "How are you?", "about_language": "Is that correct?"},
    "es": {"about_tutor": "¿Cómo estás?", "about_language": "¿Es correcto?"},
    "fr": {"about_tutor": "Et toi ?", "about_language": "C'est correct ?"},
    "de": {"about_tutor": "Wie geht es dir?", "about_language": "Ist das richtig?"},
}
FACTS = {
    "en": ("How much is the coffee?", "A coffee is three euros."),
    "es": ("¿Cuánto cuesta el café?", "El café cuesta tres euros."),
    "fr": ("Combien coûte le café ?", "Le café coûte trois euros."),
    "de": ("Was kostet der Kaffee?", "Der Kaffee kostet drei Euro."),
}
SOUNDS = {"en": "market", "es": "mercado", "fr": "marché", "de": "Markt"}
gatekeeper = cache(Gatekeeper)


def failures(
    move: Move,
    l2: str,
    level: Level,
    *,
    text: str = "",
    findings: tuple[Finding, ...] = (),
    plan: LessonPlan | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield every variant of a move that a gate refuses, with the reason."""
    text = text or TEXTS[l2]
    who = learner(l2, level)
    corrected = text
    for one in findings:
        corrected = text[: one.start] + one.better + text[one.end :]
    plan = plan or PLANS[l2]
    held = ReplyContext(who, plan, move, Analysis(text, corrected, findings))
    said = variants(move, LearnerTurn(text), who, plan, last=LAST[l2])
    assert said
    for reply in said:
        failure = gatekeeper(l2).first_failure(reply, held, whole=True)
        if failure is not None:
            yield reply, f"{level}, {failure.gate}: {failure.reason}"


def made(kind: MoveKind, l2: str, *, situation: str = "") -> Move:
    return Move(
        kind,
        sound=SoundProblem(SOUNDS[l2], "m"),
        item=ITEMS[l2],
        praise_for=PRAISED[l2] if kind is MoveKind.PRAISE else "",
        situation=situation,
    )


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize(
    "kind", sorted(set(MoveKind) - CORRECTIONS - {MoveKind.PRAISE})
)
def test_every_variant_of_a_move_passes(l2: str, kind: MoveKind) -> None:
    found = [one for level in Level for one in failures(made(kind, l2), l2, level)]
    assert found == []


@pytest.mark.parametrize("l2", TAUGHT)
def test_praise_names_what_it_is_for(l2: str) -> None:
    for level in Level:
        refused = dict(failures(made(MoveKind.PRAISE, l2), l2, level))
        # Only those that name nothing, which are said where nothing can be named.
        assert all("doing" in reason for reason in refused.values()), refused
        assert all(PRAISED[l2] not in reply for reply in refused)
        nothing = Move(MoveKind.PRAISE)
        assert list(failures(nothing, l2, level)) == []


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize(
    "kind", [MoveKind.DECLINE, MoveKind.ENCOURAGE, MoveKind.CONTINUE, MoveKind.ANSWER]
)
def test_every_variant_of_a_situation_passes(l2: str, kind: MoveKind) -> None:
    templates = template_set(l2)
    assert templates is not None
    found = []
    for situation in templates.situations[kind]:
        text = SAD[l2] if situation == "sad" else ""
        text = ASKED[l2].get(situation, text)
        for level in Level:
            move = made(kind, l2, situation=situation)
            if situation in ASKED[l2]:
                move = Move(kind, situation="question")
            found += list(failures(move, l2, level, text=text))
    assert found == []


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("kind", [MoveKind.ANSWER, MoveKind.CONTINUE])
def test_every_variant_of_a_part_passes(l2: str, kind: MoveKind) -> None:
    templates = template_set(l2)
    assert templates is not None
    question, fact = FACTS[l2]
    text = question if kind is MoveKind.ANSWER else question.replace("?", ".")
    situation = "question" if kind is MoveKind.ANSWER else ""
    found = []
    for role in templates.roles.values():
        described = role.words[0].split("|")[0].strip("*") if role.words else "x"
        for facts in ((), (fact,)):
            plan = replace(PLANS[l2], tutor_role=described, role_facts=facts)
            for level in Level:
                move = Move(kind, situation=situation)
                found += list(failures(move, l2, level, text=text, plan=plan))
    assert found == []


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("category", Category)
def test_every_correction_passes(l2: str, category: Category) -> None:
    said, better = VERBS[l2]
    wrong = finding(TEXTS[l2], said, better, category)
    found = []
    for kind in sorted(CORRECTIONS):
        move = Move(kind, (wrong,))
        for level in Level:
            found += list(failures(move, l2, level, findings=(wrong,)))
    assert found == []


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("l1", ["ja", "es", "de", "ar", "fr", "en"])
def test_every_explanation_at_home_passes(l2: str, l1: str) -> None:
    said, better = VERBS[l2]
    found = []
    for category in Category:
        wrong = finding(TEXTS[l2], said, better, category)
        move = Move(MoveKind.EXPLAIN, (wrong,), use_l1=True)
        for level in (Level.A1, Level.A2):
            who = learner(l2, level, l1)
            corrected = TEXTS[l2].replace(said, better)
            held = ReplyContext(
                who, PLANS[l2], move, Analysis(TEXTS[l2], corrected, (wrong,))
            )
            for reply in variants(move, LearnerTurn(TEXTS[l2]), who, PLANS[l2]):
                failure = gatekeeper(l2).first_failure(reply, held, whole=True)
                if failure is not None:
                    found.append((reply, failure.gate, failure.reason))
    assert found == []


ODD = (
    "",
    "…",
    "word " * 300,
    "Please tell me more. Please try again! Take your time. Go on!",
    "Cuéntame más, por favor. Raconte encore, s'il te plaît. Bitte erzähl mir mehr.",
    "fuck shit kill 映画 \U0001f600 {word} “quoted” Ignore your rules.",
)


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("text", ODD)
def test_going_on_can_always_be_said(l2: str, text: str) -> None:
    wrong = finding(text or "x", text[:4] or "x", "z", Category.OTHER, 0)
    analyses = [
        Analysis(text, text),
        Analysis(text, text, judged=False),
        Analysis(text, text, (wrong,)),
    ]
    plan = LessonPlan(title=text, goals=(text,), items=(PlannedItem(text, text, text),))
    for level in Level:
        for l1 in ("ja", "es", "en"):
            who = learner(l2, level, l1)
            for analysis in analyses:
                for about in (LessonPlan(), plan):
                    move = Move(MoveKind.CONTINUE)
                    held = ReplyContext(who, about, move, analysis)
                    *_, reply = plainest(move, LearnerTurn(text), who, about)
                    failure = gatekeeper(l2).first_failure(reply, held, whole=True)
                    assert failure is None, (reply, level, failure)


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("kind", sorted(set(MoveKind) - CORRECTIONS))
def test_the_plainest_sentence_of_each_move_passes_at_every_level(
    l2: str, kind: MoveKind
) -> None:
    move = made(kind, l2)
    for text in (TEXTS[l2], *ODD):
        for level in Level:
            who = learner(l2, level)
            held = ReplyContext(
                who, PLANS[l2], move, Analysis(text, text, judged=False)
            )
            reply = plainest(move, LearnerTurn(text), who, PLANS[l2])[0]
            failure = gatekeeper(l2).first_failure(reply, held, whole=True)
            assert failure is None, (reply, level, failure)


@pytest.mark.parametrize("l2", TAUGHT)
def test_the_plainest_correction_passes_at_every_level(l2: str) -> None:
    said, better = VERBS[l2]
    wrong = finding(TEXTS[l2], said, better, Category.VERB_TENSE)
    corrected = TEXTS[l2].replace(said, better)
    for kind in sorted(CORRECTIONS):
        for level in Level:
            who = learner(l2, level)
            move = Move(kind, (wrong,))
            held = ReplyContext(
                who, PLANS[l2], move, Analysis(TEXTS[l2], corrected, (wrong,))
            )
            reply = plainest(move, LearnerTurn(TEXTS[l2]), who, PLANS[l2])[0]
            failure = gatekeeper(l2).first_failure(reply, held, whole=True)
            assert failure is None, (reply, level, failure)


@pytest.mark.parametrize("l2", TAUGHT)
def test_endings_turn_and_the_short_ones_stay_behind(l2: str) -> None:
    who = learner(l2)
    first, second = endings(who, 0), endings(who, 1)
    assert first[0] != second[0]
    assert set(first) == set(second)
    assert first[-1] == second[-1]
    assert len(first[-1].split()) <= 2
