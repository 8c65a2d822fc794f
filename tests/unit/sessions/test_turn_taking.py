"""How long the tutor waits for a learner who fell silent."""

from __future__ import annotations

import pytest

from sessions.turns.endings import Ending
from sessions.turns.pauses import Pauses
from sessions.turns.turn_taking import Heard, TurnTaking, TurnTakingSettings
from tutor.learner import Level

LIMITS = TurnTakingSettings()
LIKES_COFFEE = "Do you like coffee?"
TELL = "Tell me about your family."


def talk(
    asked: str = "",
    *,
    language: str = "en",
    level: Level = Level.B1,
    pauses: Pauses | None = None,
    settings: TurnTakingSettings | None = None,
) -> TurnTaking:
    taking = TurnTaking(
        language=language, level=level, pauses=pauses, settings=settings
    )
    taking.tutor_said(asked)
    return taking


def wait_ms(
    text: str | None,
    detected: float | None,
    asked: str = "",
    *,
    level: Level = Level.B1,
    language: str = "en",
) -> float:
    heard = Heard(silence_ms=200, end_probability=detected, text=text)
    return talk(asked, level=level, language=language).decide(heard).wait_ms


def of_pauses(ms: float, count: int = 60) -> Pauses:
    pauses = Pauses()
    for number in range(count):
        pauses = pauses.with_pause(ms * (0.8, 1.0, 1.25)[number % 3])
    return pauses


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("detected", [0.01, 0.5, 0.99, None])
@pytest.mark.parametrize(
    "text", ["I would like to", "I stayed at home because", "I think um"]
)
def test_a_learner_may_think_for_five_seconds(
    text: str, detected: float | None, level: Level
) -> None:
    heard = Heard(silence_ms=5_000, end_probability=detected, text=text)
    decision = talk(TELL, level=level).decide(heard)
    assert decision.wait_ms > 5_000
    assert not decision.is_over(5_000)
    assert decision.is_over(LIMITS.thinking_ms)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (LIKES_COFFEE, "Yes."),
        (LIKES_COFFEE, "No"),
        (LIKES_COFFEE, "Mm-hm."),
        ("What is your name?", "Maria."),
        ("How old are you?", "Twenty two."),
        ("Would you like tea or coffee?", "Tea, please."),
        ("Where are you from?", "Spain."),
    ],
)
def test_a_lone_answer_is_a_turn_and_is_not_waited_for(
    asked: str, text: str, level: Level
) -> None:
    decision = talk(asked, level=level).decide(Heard(300, 0.8, text))
    assert decision.is_turn
    assert decision.wait_ms == LIMITS.shortest_ms
    assert decision.probability > 0.95


@pytest.mark.parametrize("text", ["Yes.", "No.", "Maria.", "Two."])
def test_a_lone_word_is_a_turn_whatever_was_asked(text: str) -> None:
    decision = talk(TELL).decide(Heard(300, 0.3, text))
    assert decision.is_turn
    assert decision.wait_ms <= LIMITS.unsure_ms


def test_a_voice_that_sounds_unfinished_hardly_delays_an_answer() -> None:
    unsure = wait_ms("Twenty two.", 0.05, "How old are you?")
    assert unsure < 700 < wait_ms("I live in Spain.", 0.05, "How old are you?")


# Text, what the detector says, least and longest wait of a B1 learner in ms.
SENTENCES = [
    ("I went to the market with my sister.", 0.97, 600, 1000),
    ("I went to the market with my sister.", 0.5, 800, 1700),
    ("I went to the market with my sister.", 0.03, 1200, 2500),
    ("I went to the market with my sister.", None, 800, 1700),
    ("Can you repeat the last word, please?", 0.9, 400, 700),
    ("Can you repeat the last word, please?", 0.1, 600, 2500),
    ("My favourite food is", 0.9, 1500, 2500),
    (None, 0.97, 250, 500),
    (None, 0.5, 1200, 2500),
    (None, 0.03, 2500, 2500),
    (None, None, 600, 700),
]


@pytest.mark.parametrize(("text", "detected", "least", "longest"), SENTENCES)
def test_the_wait_follows_the_evidence(
    text: str | None, detected: float | None, least: float, longest: float
) -> None:
    assert least <= wait_ms(text, detected, TELL) <= longest


@pytest.mark.parametrize(
    "text", ["I went to the market.", "My favourite food is", None]
)
def test_the_surer_the_end_the_shorter_the_wait(text: str | None) -> None:
    waits = [wait_ms(text, p) for p in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[-1]


def sure_of(last: float | None, text: str, asked: str = TELL) -> float:
    heard = Heard(200, 0.5, text, last_confidence=last)
    return talk(asked).decide(heard).wait_ms


def test_a_recogniser_that_is_sure_of_the_last_word_shortens_the_wait() -> None:
    sentence = "I went to the market with my sister."
    waits = [sure_of(sure, sentence) for sure in (0.7, 0.8, 0.9, 0.99)]
    assert waits == sorted(waits, reverse=True)
    assert waits[-1] < 700
    assert sure_of(0.99, sentence) < sure_of(None, sentence) < sure_of(0.7, sentence)


@pytest.mark.parametrize("text", ["Last weekend I bought it.", "I go to work, bye bye"])
def test_a_last_word_that_is_guessed_may_be_one_cut_short(text: str) -> None:
    """ "I bought a" is heard as "I bought it": the learner looks for a word."""
    assert sure_of(0.4, text) == LIMITS.thinking_ms
    assert sure_of(0.95, text) <= LIMITS.unsure_ms


def test_guessed_words_that_sound_finished_are_not_waited_for_so_long() -> None:
    heard = Heard(200, 0.94, "We played football on the part.", last_confidence=0.5)
    assert talk(TELL).decide(heard).wait_ms <= LIMITS.unsure_ms


def test_names_questions_and_lone_words_are_not_guessed_at() -> None:
    assert sure_of(0.4, "My name is Anna.", "What is your name?") <= LIMITS.unsure_ms
    assert sure_of(0.4, "Do you like noodles?") <= LIMITS.unsure_ms
    assert sure_of(0.2, "Nell", LIKES_COFFEE) < 800


def test_beginners_are_waited_for_longer() -> None:
    waits = [wait_ms("I went to the market.", 0.6, level=level) for level in Level]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > 2 * waits[-1]


def test_a_learner_who_pauses_long_is_waited_for_longer() -> None:
    heard = Heard(200, 0.6, "I went to the market.")
    quick = talk(pauses=of_pauses(350)).decide(heard)
    slow = talk(pauses=of_pauses(1400)).decide(heard)
    assert slow.wait_ms > 1.5 * quick.wait_ms


def test_what_a_learner_does_in_a_talk_counts_in_it() -> None:
    taking = talk()
    heard = Heard(200, 0.6, "I went to the market.")
    before = taking.decide(heard).wait_ms
    for _ in range(40):
        taking.paused(1_800)
    assert taking.decide(heard).wait_ms > before


def test_thinking_is_no_measure_for_other_pauses() -> None:
    taking = talk()
    taking.decide(Heard(200, 0.2, "I would like to"))
    taking.paused(4_000)
    assert taking.pauses == Pauses()
    taking.decide(Heard(200, 0.2, "I went home."))
    taking.paused(900)
    assert taking.pauses.count == 1


def test_a_lower_risk_waits_longer() -> None:
    heard = Heard(200, 0.6, "I went to the market.")
    careful = talk(settings=TurnTakingSettings(risk=0.02)).decide(heard)
    hasty = talk(settings=TurnTakingSettings(risk=0.2)).decide(heard)
    assert careful.wait_ms > hasty.wait_ms


def test_a_clause_may_follow_a_statement_however_sure_its_end_seems() -> None:
    bold = talk("Tell me about it.", settings=TurnTakingSettings(risk=0.9))
    answered = talk("Do you agree?", settings=TurnTakingSettings(risk=0.9))
    statement = bold.decide(Heard(200, 0.99, "I agree with my sister."))
    assert statement.wait_ms == LIMITS.statement_ms > LIMITS.shortest_ms
    assert answered.decide(Heard(200, 0.99, "Yes.")).wait_ms == LIMITS.shortest_ms


def test_silence_makes_the_end_likelier() -> None:
    taking = talk(TELL)
    found = [
        taking.decide(Heard(silence_ms, 0.4, "I went to the market.")).probability
        for silence_ms in (0, 300, 800, 1500, 3000)
    ]
    assert found == sorted(found)
    assert found[0] < 0.8
    assert found[-1] > 0.95


def test_the_wait_ends_where_the_risk_is_small_enough() -> None:
    taking = talk(TELL)
    wait = taking.decide(Heard(0, 0.5, "I went to the market.")).wait_ms
    then = taking.decide(Heard(wait, 0.5, "I went to the market."))
    assert 1 - then.probability == pytest.approx(LIMITS.risk, abs=1e-6)


def test_words_that_are_being_recognised_are_waited_for() -> None:
    heard = Heard(300, 0.99, awaits_words=True)
    decision = talk(LIKES_COFFEE).decide(heard)
    assert decision.wait_ms == LIMITS.words_ms > LIMITS.shortest_ms


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("Uh-huh.", Ending.BACK_CHANNEL),
        ("Yeah.", Ending.BACK_CHANNEL),
        ("", Ending.NO_WORDS),
    ],
)
def test_hums_and_coughs_end_nothing_and_interrupt_nothing(
    text: str, ending: Ending
) -> None:
    decision = talk(TELL).decide(Heard(6_000, 0.99, text, tutor_speaks=True))
    assert decision.ending is ending
    assert not decision.is_turn
    assert not decision.is_over(6_000)


def test_a_language_without_words_goes_by_voice_and_pauses() -> None:
    finished = wait_ms("はい、行きました。", 0.97, language="ja")
    unsure = wait_ms("はい、行きました。", 0.4, language="ja")
    assert finished < 500 < unsure <= LIMITS.unsure_ms
    assert wait_ms("はい", None, language="ja") == wait_ms(None, None)


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_other_languages_wait_for_thinking_too(language: str) -> None:
    unfinished = {
        "es": "Me gusta porque",
        "fr": "J'aime ça parce que",
        "de": "weil ich",
    }
    assert wait_ms(unfinished[language], 0.9, language=language) > 5_000
