"""Every ready-made reply, one by one: complete, short enough, one question at most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tutor.categories import Category
from tutor.languages.template_reader import (
    BANDS,
    PLACEHOLDER,
    PLACEHOLDERS,
    TemplateError,
)
from tutor.languages.templates import TemplateSet, load, template_set
from tutor.learner import Level
from tutor.moves import MoveKind
from tutor.policy.choosing import AFTER_SAD
from tutor.policy.situations import Situation
from tutor.wording.speakable import fits

from .material import TAUGHT

# The highest level of each band: what is too long for it can never be said there.
_HIGHEST = {"basic": Level.A2, "independent": Level.B2, "proficient": Level.C2}
_LOWEST = {"basic": Level.A1, "independent": Level.B1, "proficient": Level.C1}
_EXPLAINING = (
    "de",
    "en",
    "es",
    "fr",
    "pt",
    "it",
    "ja",
    "zh",
    "ko",
    "ar",
    "ru",
    "tr",
    "pl",
    "hi",
)
_FREQUENT = (
    *(MoveKind.CONTINUE, MoveKind.RECAST, MoveKind.PRAISE, MoveKind.INTRODUCE),
    *(MoveKind.REUSE, MoveKind.MODEL_SOUND, MoveKind.ANSWER, MoveKind.STEER),
    MoveKind.ENCOURAGE,
)
# So many of a frequent move that ten minutes need not repeat one.
_MANY = {"en": 12, "es": 6, "fr": 6, "de": 6}
_LEAST = {
    MoveKind.REPEAT: 4,
    MoveKind.BRIDGE: 3,
    MoveKind.CARE: 2,
    MoveKind.DECLINE: 3,
    MoveKind.CLOSE: 3,
}
# What the words of a turn show by themselves.
_HEARD = {"sad", "about_tutor", "about_language"}
_DECLINED = {"injection", "private", "homework", "swearing"}


def _templates(tag: str) -> TemplateSet:
    found = template_set(tag)
    assert found is not None
    return found


def _patterns(templates: TemplateSet) -> Iterator[tuple[str, str]]:
    groups = [*templates.moves.values(), *templates.elicit.values()]
    groups += templates.explain.values()
    groups += [b for named in templates.situations.values() for b in named.values()]
    groups += [b for role in templates.roles.values() for b in role.moves.values()]
    for bands in groups:
        for name, patterns in bands.items():
            yield from ((name, pattern) for pattern in patterns)


def _short(pattern: str) -> str:
    goal = {"goal": "Can you order food"}
    return PLACEHOLDER.sub(lambda gap: goal.get(gap.group(1), "taxi"), pattern)


@pytest.mark.parametrize("tag", TAUGHT)
def test_each_variant_can_be_said_in_its_band(tag: str) -> None:
    bad = [
        pattern
        for name, pattern in _patterns(_templates(tag))
        if not fits(_short(pattern), _HIGHEST[name])
        or not pattern.endswith((".", "!", "?"))
    ]
    assert bad == []


@pytest.mark.parametrize("tag", TAUGHT)
def test_nothing_stands_in_a_variant_that_a_voice_stumbles_over(tag: str) -> None:
    bad = [
        p for _, p in _patterns(_templates(tag)) if set("()/[]*#<>|_") & set(_short(p))
    ]
    assert bad == []


@pytest.mark.parametrize("tag", TAUGHT)
def test_frequent_moves_have_variants_for_the_lowest_level(tag: str) -> None:
    for kind, name in product((*_FREQUENT, *_LEAST), BANDS):
        patterns = _templates(tag).moves[kind][name]
        sayable = [p for p in patterns if fits(_short(p), _LOWEST[name])]
        assert len(sayable) >= _LEAST.get(kind, _MANY[tag]), (kind, name)
        assert len(set(patterns)) == len(patterns)


@pytest.mark.parametrize("tag", TAUGHT)
def test_each_kind_of_refusal_has_its_own_words(tag: str) -> None:
    templates = _templates(tag)
    named = templates.situations[MoveKind.DECLINE]
    assert named.keys() == _DECLINED
    plain = {
        p for patterns in templates.moves[MoveKind.DECLINE].values() for p in patterns
    }
    for name in BANDS:
        own = [p for bands in named.values() for p in bands[name]]
        assert len(set(own)) == len(own)
        assert not plain & set(own)
        assert all(
            len([p for p in bands[name] if fits(p, _LOWEST[name])]) >= 2
            for bands in named.values()
        )


@pytest.mark.parametrize("tag", TAUGHT)
def test_situations_are_those_of_the_policy(tag: str) -> None:
    situations = _templates(tag).situations
    names = {name for named in situations.values() for name in named}
    known = {situation.value for situation in Situation} | {AFTER_SAD}
    assert names - _HEARD <= known
    assert situations.keys() == _templates("en").situations.keys()
    assert all(
        situations[kind].keys() == _templates("en").situations[kind].keys()
        for kind in situations
    )


@pytest.mark.parametrize("tag", TAUGHT)
def test_every_part_answers_at_every_level(tag: str) -> None:
    roles = _templates(tag).roles
    assert list(roles) == list(_templates("en").roles)
    assert [name for name, role in roles.items() if not role.words] == ["other"]
    for name, role in roles.items():
        for band in ("basic", "independent"):
            said = role.moves[MoveKind.ANSWER][band]
            sayable = [p for p in said if fits(_short(p), _LOWEST[band])]
            assert len([p for p in sayable if "{fact}" not in p]) >= 4, (name, band)
            assert any("{fact}" in p for p in sayable), (name, band)


@pytest.mark.parametrize("tag", TAUGHT)
def test_a_part_never_sends_to_a_teacher_or_the_lesson(tag: str) -> None:
    outside = {
        "en": ("teacher", "lesson"), "es": ("clase", "lección"),
        "fr": ("classe", "leçon", "professeur"), "de": ("Kurs", "Lektion", "Lehrer"),
    }[tag]  # fmt: skip
    said = [
        pattern
        for role in _templates(tag).roles.values()
        for bands in role.moves.values()
        for patterns in bands.values()
        for pattern in patterns
    ]
    assert [p for p in said for word in outside if word in p] == []


def test_what_stands_for_an_answer_is_no_talk_about_answering() -> None:
    moves = _templates("en").moves[MoveKind.ANSWER]
    said = [pattern for patterns in moves.values() for pattern in patterns]
    refused = [p for p in said if "guessing" in p or "pretend" in p or "promise" in p]
    assert refused == []


@pytest.mark.parametrize("tag", TAUGHT)
@pytest.mark.parametrize("kind", [MoveKind.CONTINUE, MoveKind.ANSWER])
def test_no_question_is_the_only_one(tag: str, kind: MoveKind) -> None:
    """A question ends at most three variants of a band."""
    for patterns in _templates(tag).moves[kind].values():
        asked = Counter(
            re.split(r"(?<=[.!?:,]) ", pattern)[-1].casefold() for pattern in patterns
        )
        often = {text: n for text, n in asked.items() if n > 3 and "{goal}" not in text}
        assert often == {}


@pytest.mark.parametrize("tag", TAUGHT)
def test_the_plainest_sentences_are_short_enough_for_beginners(tag: str) -> None:
    templates = _templates(tag)
    for text in (*templates.finals.values(), *templates.endings):
        assert fits(_short(text), Level.A1), text
    assert len(templates.endings[-1].split()) <= 2


@pytest.mark.parametrize("tag", TAUGHT)
def test_each_kind_of_mistake_has_its_prompts_and_rules(tag: str) -> None:
    templates = _templates(tag)
    for category, name in product(Category, BANDS):
        prompts = templates.elicit[category][name]
        sayable = [p for p in prompts if fits(_short(p), _LOWEST[name])]
        assert len(sayable) >= 3, (category, name)
        others = templates.elicit[Category.OTHER][name]
        both = {p for p in (*prompts, *others) if fits(_short(p), _LOWEST[name])}
        if category is not Category.OTHER:
            assert len(both) >= _MANY[tag], (category, name)
    for category in Category:
        rules = templates.explain[category]["basic"]
        assert len([p for p in rules if fits(_short(p), Level.A1)]) >= 2
        assert all("{right}" in rule for rule in rules)


@pytest.mark.parametrize("tag", TAUGHT)
def test_prompts_have_no_gap_for_the_answer(tag: str) -> None:
    for bands in _templates(tag).elicit.values():
        for patterns in bands.values():
            for pattern in patterns:
                gaps = set(PLACEHOLDER.findall(pattern))
                assert gaps <= {"said", "part", "before", "after", "time"}


@pytest.mark.parametrize("tag", TAUGHT)
def test_prompts_about_earlier_words_quote_them(tag: str) -> None:
    for pattern in _templates(tag).earlier_elicits:
        assert set(PLACEHOLDER.findall(pattern)) in ({"said"}, {"part"})
        assert fits(_short(pattern), Level.A1)


@pytest.mark.parametrize("tag", TAUGHT)
def test_no_word_is_in_all_last_prompts(tag: str) -> None:
    """So that one remains whatever the answer is."""
    sets = [
        set(p.casefold().strip("¡!.¿?").split()) for p in _templates(tag).last_elicits
    ]
    assert set.intersection(*sets) == set()


@pytest.mark.parametrize("tag", _EXPLAINING)
def test_first_languages_explain_in_one_sentence(tag: str) -> None:
    for category in Category:
        rule = _templates(tag).explain_l1[category]
        # A small word is named, anything else is shown where it stands.
        small = category in {Category.ARTICLE, Category.PREPOSITION}
        assert PLACEHOLDER.findall(rule) == ["better" if small else "right"]
        assert rule.endswith((".", "。", "।"))
        assert fits(_short(rule), Level.A1)


@pytest.mark.parametrize("tag", ["pt-BR", "PT", "pt_PT"])
def test_regions_use_the_language(tag: str) -> None:
    assert _templates(tag).language == "Portuguese"


@pytest.mark.parametrize("tag", ["xx", "", "../en", "-"])
def test_unknown_tags_have_no_templates(tag: str) -> None:
    assert template_set(tag) is None


_START = "language: Test\nmoves:\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1, 2]", "file"),
        ("a: : b", "file"),
        ("moves: {}", "language"),
        ("language: Test\nsongs: {}", "file.songs"),
        (f"{_START}  dance: {{basic: [Hi.]}}", "moves.dance"),
        (f"{_START}  elicit: {{basic: [Hi.]}}", "moves.elicit"),
        (f"{_START}  care: {{high: [Hi.]}}", "moves.care.high"),
        (f"{_START}  care: {{independent: [Hi.]}}", "moves.care"),
        (f"{_START}  care: {{basic: [3]}}", "moves.care.basic.0"),
        (f"{_START}  care: {{basic: ['Hi {{you}}.']}}", "moves.care.basic.0"),
        (f"{_START}  care: {{basic: [Hi.]}}", "is missing"),
        ("language: Test\nroles: {cook: {words: [cook], sing: {}}}", "roles.cook.sing"),
        ("language: Test\nroles: {cook: {words: cook}}", "roles.cook.words"),
        ("language: Test\nwords: {past: 3}", "words.past"),
        ("language: Test\nexplain_l1: {spelling: a}", "explain_l1.spelling"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "templates.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"templates\.yaml") as error:
        load(path)
    assert told in str(error.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        load(tmp_path / "templates.yaml")


def test_all_gaps_are_used_somewhere() -> None:
    templates = _templates("en")
    used = {gap for _, p in _patterns(templates) for gap in PLACEHOLDER.findall(p)}
    assert used == PLACEHOLDERS
