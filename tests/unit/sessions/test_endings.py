"""What the words of a turn say about its end, and what a question asks for."""

from __future__ import annotations

import pytest

from sessions.turns.asked import Asked, asked_by
from sessions.turns.endings import Ending, ending_of
from sessions.turns.turn_words import turn_words
from tutor.analysis.speech_data import LANGUAGES

QUESTIONS = [
    ("en", "Nice! Do you like coffee?", Asked.YES_NO),
    ("en", "And is it cold there?", Asked.YES_NO),
    ("en", "You went there alone?", Asked.YES_NO),
    ("en", "Hello, I am Joe. What is your name?", Asked.NAME),
    ("en", "How old are you?", Asked.NUMBER),
    ("en", "What time do you get up?", Asked.NUMBER),
    ("en", "Would you like tea or coffee?", Asked.CHOICE),
    ("en", "Where are you from?", Asked.FACT),
    ("en", "What colour is your car?", Asked.FACT),
    ("en", "Why do you learn English?", Asked.OPEN),
    ("en", "What did you do yesterday?", Asked.OPEN),
    ("en", "Tell me about your family.", Asked.OPEN),
    ("en", "What is that? I like it too.", Asked.NOTHING),
    ("en", "", Asked.NOTHING),
    ("es", "¿Te gusta el café?", Asked.YES_NO),
    ("es", "¿Cómo te llamas?", Asked.NAME),
    ("es", "¿Cuántos años tienes?", Asked.NUMBER),
    ("es", "¿De dónde eres?", Asked.FACT),
    ("es", "¿Por qué aprendes español?", Asked.OPEN),
    ("es", "¿Té o café?", Asked.CHOICE),
    ("fr", "Est-ce que tu aimes le café ?", Asked.YES_NO),
    ("fr", "Comment t'appelles-tu ?", Asked.NAME),
    ("fr", "Quel âge as-tu ?", Asked.NUMBER),
    ("fr", "Où habites-tu ?", Asked.FACT),
    ("fr", "Qu'est-ce que tu as fait hier ?", Asked.OPEN),
    ("de", "Magst du Kaffee?", Asked.YES_NO),
    ("de", "Wie heißt du?", Asked.NAME),
    ("de", "Wie viele Brüder hast du?", Asked.NUMBER),
    ("de", "Woher kommst du?", Asked.FACT),
    ("de", "Warum lernst du Deutsch?", Asked.OPEN),
    ("de", "Möchtest du Tee oder Kaffee?", Asked.CHOICE),
    ("ja", "お名前は何ですか？", Asked.NOTHING),
]


@pytest.mark.parametrize(("language", "text", "asked"), QUESTIONS)
def test_what_the_tutor_asked(language: str, text: str, asked: Asked) -> None:
    assert asked_by(text, turn_words(language)) is asked


def ending(
    language: str, text: str | None, asked: Asked, *, tutor_speaks: bool = False
) -> Ending:
    return ending_of(text, asked, turn_words(language), tutor_speaks=tutor_speaks)


UNFINISHED = [
    ("en", "I went to the", Ending.MID_CLAUSE),
    ("en", "I stayed at home because", Ending.MID_CLAUSE),
    ("en", "I stayed at home because.", Ending.MID_CLAUSE),
    ("en", "Yes. Because I", Ending.MID_CLAUSE),
    ("en", "I would like to", Ending.MID_CLAUSE),
    ("en", "The film was very", Ending.MID_CLAUSE),
    ("en", "I bou-", Ending.MID_CLAUSE),
    ("en", "I think um", Ending.FILLER),
    ("en", "Um,", Ending.FILLER),
    ("en", "He has two two", Ending.RESTART),
    ("en", "I bought apples, bananas,", Ending.MAY_GO_ON),
    ("en", "My favourite food is", Ending.MAY_GO_ON),
    ("en", "I walked to school but now", Ending.MAY_GO_ON),
    ("en", "I went...", Ending.MID_CLAUSE),
    ("en", "When I was a child.", Ending.MAY_GO_ON),
    ("en", "Yes. If I have time", Ending.MAY_GO_ON),
    ("en", "Last weekend I bought.", Ending.MAY_GO_ON),
    ("es", "Cuando era niño", Ending.MAY_GO_ON),
    ("fr", "Quand j'étais petit", Ending.MAY_GO_ON),
    ("de", "Als ich klein war", Ending.MAY_GO_ON),
    ("es", "Fui al", Ending.MID_CLAUSE),
    ("es", "Me gusta porque", Ending.MID_CLAUSE),
    ("es", "Ayer, eh", Ending.FILLER),
    ("fr", "J'ai acheté une", Ending.MID_CLAUSE),
    ("fr", "Je pense que c'est", Ending.MID_CLAUSE),
    ("fr", "Je vais à l'", Ending.MID_CLAUSE),
    ("fr", "Hier, euh...", Ending.FILLER),
    ("de", "Ich fahre mit meinem", Ending.MID_CLAUSE),
    ("de", "Ich bleibe zu Hause, weil", Ending.MID_CLAUSE),
    ("de", "Gestern war ich, ähm", Ending.FILLER),
]


@pytest.mark.parametrize(("language", "text", "found"), UNFINISHED)
def test_words_that_go_on(language: str, text: str, found: Ending) -> None:
    assert ending(language, text, Asked.OPEN) is found


FINISHED = [
    ("en", "Hello.", Asked.FACT, Ending.MAY_GO_ON),
    ("es", "Buenos días.", Asked.FACT, Ending.MAY_GO_ON),
    ("fr", "Bonjour !", Asked.YES_NO, Ending.MAY_GO_ON),
    ("de", "Guten Tag.", Asked.FACT, Ending.MAY_GO_ON),
    ("en", "Yes.", Asked.YES_NO, Ending.ANSWER),
    ("en", "Um, no.", Asked.YES_NO, Ending.ANSWER),
    ("en", "Yes, please.", Asked.YES_NO, Ending.ANSWER),
    ("en", "Yes, I am.", Asked.YES_NO, Ending.ANSWER),
    ("en", "Mm-hm.", Asked.YES_NO, Ending.ANSWER),
    ("en", "Not really.", Asked.YES_NO, Ending.CLOSED),
    ("en", "I think so.", Asked.YES_NO, Ending.CLOSED),
    ("en", "Yes", Asked.OPEN, Ending.LONE),
    ("en", "Maria.", Asked.NAME, Ending.ANSWER),
    ("en", "Two.", Asked.NUMBER, Ending.ANSWER),
    ("en", "22", Asked.NUMBER, Ending.ANSWER),
    ("en", "Twenty-two years old.", Asked.NUMBER, Ending.ANSWER),
    ("en", "At seven.", Asked.NUMBER, Ending.ANSWER),
    ("en", "Two", Asked.OPEN, Ending.LONE),
    ("en", "Tea, please.", Asked.CHOICE, Ending.ANSWER),
    ("en", "Spain.", Asked.FACT, Ending.ANSWER),
    ("en", "Where are you from?", Asked.NOTHING, Ending.CLOSED),
    ("en", "That's all.", Asked.OPEN, Ending.CLOSED),
    ("en", "I went to the market with my sister.", Asked.OPEN, Ending.PLAIN),
    ("en", "Football", Asked.OPEN, Ending.SHORT),
    ("en", "Nell", Asked.YES_NO, Ending.LONE),
    ("en", "I need it.", Asked.FACT, Ending.PLAIN),
    ("en", "When I was small we had two dogs.", Asked.OPEN, Ending.PLAIN),
    ("de", "Als ich klein war, hatten wir zwei Hunde.", Asked.OPEN, Ending.PLAIN),
    ("es", "Sí.", Asked.YES_NO, Ending.ANSWER),
    ("es", "Sí, claro.", Asked.YES_NO, Ending.ANSWER),
    ("es", "Creo que sí.", Asked.YES_NO, Ending.CLOSED),
    ("es", "Veintidós.", Asked.FACT, Ending.ANSWER),
    ("es", "Fui al mercado con mi hermana.", Asked.OPEN, Ending.PLAIN),
    ("fr", "Oui.", Asked.YES_NO, Ending.ANSWER),
    ("fr", "Moi aussi.", Asked.NOTHING, Ending.CLOSED),
    ("fr", "Dix.", Asked.NUMBER, Ending.ANSWER),
    ("fr", "Un thé, s'il vous plaît.", Asked.CHOICE, Ending.ANSWER),
    ("de", "Ja.", Asked.YES_NO, Ending.ANSWER),
    ("de", "Ich glaube schon.", Asked.YES_NO, Ending.CLOSED),
    ("de", "Aus Spanien.", Asked.FACT, Ending.ANSWER),
]


@pytest.mark.parametrize(("language", "text", "asked", "found"), FINISHED)
def test_words_that_end(language: str, text: str, asked: Asked, found: Ending) -> None:
    assert ending(language, text, asked) is found


def test_numbers_that_are_dictated_may_go_on() -> None:
    assert ending("en", "five five two", Asked.NUMBER) is Ending.MAY_GO_ON
    assert ending("en", "5 5 2", Asked.NUMBER) is Ending.MAY_GO_ON


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mm-hm."),
        ("en", "Uh-huh."),
        ("en", "Yeah."),
        ("en", "OK, right."),
        ("en", "I see."),
        ("en", "Um"),
        ("es", "Ajá."),
        ("es", "Sí, claro."),
        ("fr", "D'accord."),
        ("fr", "Ah oui."),
        ("de", "Ach so."),
        ("de", "Hm-hm, genau."),
    ],
)
def test_who_listens_does_not_interrupt(language: str, text: str) -> None:
    found = ending(language, text, Asked.NOTHING, tutor_speaks=True)
    assert found is Ending.BACK_CHANNEL


@pytest.mark.parametrize(
    "text", ["Wait, can I ask something?", "Stop, please.", "No.", "OK, but why?"]
)
def test_words_interrupt(text: str) -> None:
    found = ending("en", text, Asked.NOTHING, tutor_speaks=True)
    assert found is not Ending.BACK_CHANNEL


def test_a_hum_answers_no_open_question() -> None:
    assert ending("en", "Mm-hm.", Asked.OPEN) is Ending.BACK_CHANNEL


@pytest.mark.parametrize("language", ["ja", "en"])
def test_sounds_without_words_and_words_not_known_yet(language: str) -> None:
    assert ending(language, " ... ", Asked.OPEN) is Ending.NO_WORDS
    assert ending(language, None, Asked.OPEN) is Ending.UNKNOWN


def test_words_of_another_language_say_nothing() -> None:
    assert ending("ja", "はい", Asked.YES_NO) is Ending.UNKNOWN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_data_can_be_heard(language: str) -> None:
    words = turn_words(language)
    assert words is not None
    for group in ("mid_clause", "may_go_on", "yes_no", "closers", "sounds"):
        entries = getattr(words, group).entries
        assert entries
        assert () not in entries, f"{language}: {group} holds an entry without words"
