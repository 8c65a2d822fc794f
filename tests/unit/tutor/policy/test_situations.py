"""What a learner's turn is recognised as."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.history import PastTurn, TalkState
from tutor.learner import HeardWord, Learner, LearnerTurn, Level
from tutor.moves import MoveKind
from tutor.policy.situations import Situation, situation

CAFE = LessonPlan(
    title="At the café",
    situation="You are in a café and order something to eat and drink.",
    tutor_role="a friendly waiter",
    goals=("order a drink", "ask for the bill"),
    topic_words=frozenset({"café", "order", "drink", "coffee", "bill", "cake", "menu"}),
)


def recognised(
    text: str,
    *,
    l2: str = "en",
    l1: str = "ja",
    plan: LessonPlan = CAFE,
    state: TalkState | None = None,
    minor: bool = True,
    language: str = "",
    words: tuple[HeardWord, ...] = (),
) -> Situation:
    learner = Learner(l1=l1, l2=l2, level=Level.A2, minor=minor)
    turn = LearnerTurn(text, language=language, words=words)
    return situation(turn, learner, plan, state or TalkState())


@pytest.mark.parametrize(
    ("l2", "text", "expected"),
    [
        ("en", "", Situation.SILENCE),
        ("en", " ... ", Situation.SILENCE),
        ("en", "Umm... uh...", Situation.SILENCE),
        ("de", "Ähm, also...", Situation.SILENCE),
        ("fr", "Euh...", Situation.SILENCE),
        ("es", "Eh... pues...", Situation.SILENCE),
        ("en", "How do you say 'tenedor' in English?", Situation.HOW_TO_SAY),
        (
            "en",
            "What's the word for the thing you eat soup with?",
            Situation.HOW_TO_SAY,
        ),
        ("en", "I don't know the word in English.", Situation.HOW_TO_SAY),
        ("en", "How say this in English", Situation.TALK),
        ("en", "They gave me a form, but I did not understand it.", Situation.TALK),
        ("en", "Sorry, I did not understand it.", Situation.ASKS_TO_REPEAT),
        ("en", "What worries me is the price.", Situation.TALK),
        ("en", "Whats your name", Situation.QUESTION),
        ("en", "What colours are there", Situation.QUESTION),
        ("es", "Me dieron un papel pero no lo entendí.", Situation.TALK),
        ("es", "Perdón, no lo entendí.", Situation.ASKS_TO_REPEAT),
        ("fr", "Il m'a parlé mais je n'ai pas compris.", Situation.TALK),
        ("fr", "Pardon, je n'ai pas compris.", Situation.ASKS_TO_REPEAT),
        ("de", "Er hat gesprochen und ich habe nichts verstanden.", Situation.TALK),
        ("de", "Das habe ich nicht verstanden.", Situation.ASKS_TO_REPEAT),
        ("es", "¿Cómo se dice 'fork' en español?", Situation.HOW_TO_SAY),
        ("fr", "Comment on dit 'fork' en français ?", Situation.HOW_TO_SAY),
        ("fr", "Comment dit-on 'spoon' ?", Situation.HOW_TO_SAY),
        ("de", "Wie sagt man 'fork' auf Deutsch?", Situation.HOW_TO_SAY),
        ("de", "Was heißt 'fork' auf Deutsch?", Situation.HOW_TO_SAY),
        ("de", "Ich weiß nicht.", Situation.TALK),
        ("en", "What does 'receipt' mean?", Situation.MEANING),
        ("en", "What means receipt?", Situation.MEANING),
        ("en", "What is the meaning of bill", Situation.MEANING),
        ("es", "¿Qué significa 'cuenta'?", Situation.MEANING),
        ("fr", "Qu'est-ce que ça veut dire ?", Situation.MEANING),
        ("de", "Was bedeutet das Wort?", Situation.MEANING),
        ("en", "Can you repeat, please?", Situation.ASKS_TO_REPEAT),
        ("en", "Sorry, I don’t understand.", Situation.ASKS_TO_REPEAT),
        ("en", "Please speak more slow.", Situation.ASKS_TO_REPEAT),
        ("en", "What?", Situation.ASKS_TO_REPEAT),
        ("es", "¿Puedes repetir, por favor?", Situation.ASKS_TO_REPEAT),
        ("es", "No entiendo.", Situation.ASKS_TO_REPEAT),
        ("fr", "Je ne comprends pas.", Situation.ASKS_TO_REPEAT),
        ("fr", "Plus lentement, s'il vous plaît.", Situation.ASKS_TO_REPEAT),
        ("de", "Wie bitte?", Situation.ASKS_TO_REPEAT),
        ("de", "Können Sie das wiederholen?", Situation.ASKS_TO_REPEAT),
        ("de", "Ich verstehe nicht.", Situation.ASKS_TO_REPEAT),
        ("en", "And where are you from?", Situation.QUESTION),
        ("en", "do you like coffee", Situation.QUESTION),
        ("en", "Can I have a coffee?", Situation.QUESTION),
        ("en", "You have cake?", Situation.QUESTION),
        ("en", "It is very good, isn't it?", Situation.TALK),
        ("en", "When I was young I liked cake.", Situation.TALK),
        ("es", "¿Y tú?", Situation.QUESTION),
        ("es", "¿Tiene usted café?", Situation.QUESTION),
        ("fr", "Est-ce que vous avez du café ?", Situation.QUESTION),
        ("fr", "Et toi ?", Situation.QUESTION),
        ("de", "Haben Sie Kuchen?", Situation.QUESTION),
        ("de", "Der Kuchen ist gut, oder?", Situation.TALK),
        ("en", "I want to stop now.", Situation.STOP),
        ("en", "Can we stop here please?", Situation.STOP),
        ("en", "I don't want to talk anymore.", Situation.STOP),
        ("en", "I want to stop smoking.", Situation.TALK),
        ("es", "Quiero terminar.", Situation.STOP),
        ("fr", "Je veux arrêter.", Situation.STOP),
        ("de", "Ich möchte jetzt aufhören.", Situation.STOP),
        ("en", "Thank you, goodbye!", Situation.GOODBYE),
        ("en", "Bye bye, see you tomorrow.", Situation.GOODBYE),
        ("en", "I said goodbye to my mother at the station.", Situation.TALK),
        ("es", "Gracias, hasta luego.", Situation.GOODBYE),
        ("fr", "Merci, au revoir !", Situation.GOODBYE),
        ("de", "Tschüss, bis morgen!", Situation.GOODBYE),
        ("en", "La la la la la", Situation.SINGING),
        ("en", "Uh-huh.", Situation.BACKCHANNEL),
        ("en", "Okay.", Situation.BACKCHANNEL),
        ("en", "Yes.", Situation.TALK),
        ("en", "Two.", Situation.TALK),
        ("fr", "D'accord.", Situation.BACKCHANNEL),
        ("en", "I would like a...", Situation.UNFINISHED),
        ("en", "I went to the", Situation.UNFINISHED),
        ("de", "Ich möchte einen", Situation.UNFINISHED),
        ("en", "I go, I went to the café.", Situation.REPAIR),
        ("en", "He have, I mean he has a coffee.", Situation.REPAIR),
        ("fr", "J'ai allé, je veux dire je suis allé au café.", Situation.REPAIR),
        ("en", "I like dogs, I like cats.", Situation.TALK),
        ("en", "I mean the big one.", Situation.TALK),
        ("en", "I think so.", Situation.TALK),
        ("en", "I don't know if it is good or bad.", Situation.TALK),
        ("fr", "On ne comprend pas toujours les autres.", Situation.TALK),
        ("en", "This is fucking stupid.", Situation.SWEARING),
        ("en", "You are so stupid!", Situation.SWEARING),
        ("en", "I like shiitake and cockles.", Situation.TALK),
        ("es", "¡Vete a la mierda!", Situation.SWEARING),
        ("es", "Quiero un cono de helado.", Situation.TALK),
        ("fr", "Putain, c'est nul.", Situation.SWEARING),
        ("de", "So eine Scheiße!", Situation.SWEARING),
        ("de", "Der Hund ist dick.", Situation.TALK),
    ],
)
def test_a_turn_is_recognised_by_what_it_says(
    l2: str, text: str, expected: Situation
) -> None:
    assert recognised(text, l2=l2) is expected


@pytest.mark.parametrize(
    ("l2", "text"),
    [
        ("en", "Can you do my homework?"),
        ("en", "Please write me an essay about pollution."),
        ("en", "Give me the answers of exercise three."),
        ("en", "What is the answer to question 5?"),
        ("en", "Write a Python program that sorts numbers."),
        ("es", "¿Puedes hacer mis deberes?"),
        ("es", "Escríbeme una redacción sobre España."),
        ("fr", "Tu peux faire mes devoirs ?"),
        ("fr", "Donne-moi les réponses."),
        ("de", "Kannst du meine Hausaufgaben machen?"),
        ("de", "Schreib mir einen Aufsatz."),
    ],
)
def test_work_to_be_done_is_recognised(l2: str, text: str) -> None:
    assert recognised(text, l2=l2) is Situation.HOMEWORK


@pytest.mark.parametrize(
    ("l2", "text"),
    [
        ("en", "I do my homework every evening."),
        ("en", "Yesterday I wrote an essay about pollution."),
        ("en", "My mother helps me when I have a test."),
        ("es", "Hago mis deberes por la tarde."),
        ("fr", "Je fais mes devoirs le soir."),
        ("de", "Ich mache meine Hausaufgaben am Abend."),
    ],
)
def test_talk_about_school_is_talk(l2: str, text: str) -> None:
    assert recognised(text, l2=l2, plan=LessonPlan()) is Situation.TALK


@pytest.mark.parametrize(
    ("l2", "text"),
    [
        ("en", "My phone number is oh seven seven one two."),
        ("en", "You can call me, 0771 234 567 89."),
        ("en", "My password is dragon12."),
        ("en", "I live at 12 Baker Street."),
        ("en", "My address is 5 Park Road."),
        ("en", "Write to me, ana.lopez@mail.org"),
        ("es", "Mi número de teléfono es el seis uno dos tres."),
        ("es", "Vivo en la calle Mayor número 5."),
        ("fr", "J'habite 12 rue de la Paix."),
        ("fr", "Mon mot de passe est soleil."),
        ("de", "Meine Telefonnummer ist null eins sieben."),
        ("de", "Ich wohne in der Hauptstraße 12."),
    ],
)
def test_private_data_of_minors_is_recognised(l2: str, text: str) -> None:
    assert recognised(text, l2=l2) is Situation.PRIVATE
    assert recognised(text, l2=l2, minor=False) is not Situation.PRIVATE


@pytest.mark.parametrize(
    "text",
    [
        "I live in Madrid.",
        "My address is very long.",
        "The cake costs 12 euros and the coffee 3.50.",
        "I was born in 2009.",
        "My password is too difficult.",
        "I have two phones.",
    ],
)
def test_harmless_details_are_not_private(text: str) -> None:
    assert recognised(text) is Situation.TALK


@pytest.mark.parametrize(
    ("l1", "l2", "text", "language"),
    [
        ("ja", "en", "コーヒーをください", ""),
        ("ru", "en", "Я не знаю", ""),
        ("ar", "fr", "أريد قهوة", ""),
        ("es", "en", "No sé qué decir ahora.", ""),
        ("es", "en", "Quiero un café con leche.", "es"),
        ("fr", "en", "Je ne sais pas ce que je veux.", ""),
        ("de", "en", "Ich hätte gern einen Kaffee.", ""),
        ("pt-BR", "en", "Eu não sei muito bem.", "pt"),
        ("en", "de", "I don't know what to say.", ""),
        ("vi", "en", "Tôi không biết", "vi"),
        ("tr", "en", "Bilmiyorum ama kahve", "tr"),
    ],
)
def test_the_first_language_is_recognised(
    l1: str, l2: str, text: str, language: str
) -> None:
    found = recognised(text, l1=l1, l2=l2, language=language)
    assert found is Situation.FIRST_LANGUAGE


@pytest.mark.parametrize(
    ("l1", "text", "language"),
    [
        ("es", "I like the coffee with milk.", "es"),
        ("es", "Madrid.", "es"),
        ("ja", "I want the coffee.", "ja"),
        ("de", "I was in the museum.", ""),
        ("fr", "I want a croissant and a café.", ""),
    ],
)
def test_words_of_the_lesson_count_more_than_detection(
    l1: str, text: str, language: str
) -> None:
    assert recognised(text, l1=l1, language=language) is Situation.TALK


def test_a_missing_word_may_be_asked_for_in_the_first_language() -> None:
    assert recognised("¿Cómo se dice cuchara?", l1="es") is Situation.HOW_TO_SAY
    assert recognised("スプーンは英語で何ですか", l1="ja") is Situation.HOW_TO_SAY


@pytest.mark.parametrize(
    ("text", "confidences", "expected"),
    [
        ("the wall cat sing", (0.3, 0.2, 0.4, 0.3), Situation.UNCLEAR),
        ("I like the cake", (0.9, 0.8, 0.4, 0.9), Situation.TALK),
        ("Yes", (0.4,), Situation.TALK),
        ("Yes", (0.1,), Situation.UNCLEAR),
        ("you stupid fuck", (0.2, 0.2, 0.2), Situation.UNCLEAR),
        ("I want to die", (0.2, 0.3, 0.2, 0.3), Situation.DANGER),
    ],
)
def test_unsure_recognition_accuses_nobody_but_hides_no_danger(
    text: str, confidences: tuple[float, ...], expected: Situation
) -> None:
    words, place = [], 0
    for word, confidence in zip(text.split(), confidences, strict=True):
        words.append(HeardWord(word, place, place + len(word), confidence))
        place += len(word) + 1
    assert recognised(text, words=tuple(words)) is expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (MoveKind.CONTINUE, Situation.REPEATS_TUTOR),
        (MoveKind.ELICIT, Situation.REPEATS_TUTOR),
        (MoveKind.RECAST, Situation.TALK),
        (MoveKind.MODEL_SOUND, Situation.TALK),
    ],
)
def test_saying_the_tutors_words_back(last: MoveKind, expected: Situation) -> None:
    state = TalkState(
        turns=(PastTurn(last),), last_reply="I see. You drink coffee every morning."
    )
    assert recognised("You drink coffee every morning.", state=state) is expected
    assert recognised("Yes, I drink coffee at home.", state=state) is Situation.TALK


@pytest.mark.parametrize(
    ("text", "last_reply", "expected"),
    [
        ("I love football and Messi.", "", Situation.OFF_TOPIC),
        ("Let's talk about my new bicycle.", "", Situation.OFF_TOPIC),
        ("I play Minecraft and drink coffee.", "", Situation.TALK),
        ("My brother and I went to the cinema.", "", Situation.TALK),
        (
            "Yesterday elephants walked slowly through green jungle villages.",
            "What would you like to eat?",
            Situation.OFF_TOPIC,
        ),
        (
            "Yesterday elephants walked slowly through green jungle villages.",
            "Which animals did you see? Elephants?",
            Situation.TALK,
        ),
        ("A small sandwich with cheese please.", "Something else?", Situation.TALK),
    ],
)
def test_only_what_is_far_from_the_lesson_is_off_topic(
    text: str, last_reply: str, expected: Situation
) -> None:
    state = TalkState(last_reply=last_reply)
    assert recognised(text, state=state) is expected
    assert recognised(text, state=state, plan=LessonPlan()) is Situation.TALK


AWAY = PastTurn(MoveKind.CONTINUE, off_topic=True)


@pytest.mark.parametrize(
    ("last", "last_reply", "text", "expected"),
    [
        (AWAY, "", "My computer has a fast new screen.", Situation.OFF_TOPIC),
        # Going on with the tutor's words about it is no way back.
        (AWAY, "Is your computer new?", "The computer has a fast screen.", "off_topic"),
        (AWAY, "", "I drink it with my computer on the table.", Situation.TALK),
        (AWAY, "", "Yes, it is.", Situation.TALK),
        # The tutor spoke of the lesson, so that an answer is about the lesson.
        (AWAY, "And what would you like to drink?", "Orange juice with ice.", "talk"),
        (PastTurn(MoveKind.CONTINUE), "", "My computer has a fast screen.", "talk"),
        (
            PastTurn(MoveKind.STEER, off_topic=True),
            "",
            "My computer has a fast screen.",
            "talk",
        ),
    ],
)
def test_who_was_off_topic_stays_so_until_a_word_of_the_lesson(
    last: PastTurn, last_reply: str, text: str, expected: str
) -> None:
    state = TalkState(turns=(last,), last_reply=last_reply)
    assert recognised(text, state=state) == expected


def test_a_theme_of_the_lesson_is_on_topic() -> None:
    plan = LessonPlan(title="Sports", topic_words=frozenset({"football", "team"}))
    assert recognised("Ronaldo plays very well.", plan=plan) is Situation.TALK


def test_dots_of_one_who_types_are_no_break() -> None:
    learner = Learner(l1="ja", l2="en", level=Level.A2)
    typed = LearnerTurn("I like family movies...", spoken=False)
    assert situation(typed, learner, CAFE, TalkState()) is Situation.TALK


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a " * 2000,
        "I " + "la " * 1000,
        "mm " * 500 + "x",
        "hm " * 500 + "x",
        "?!" * 4000,
    ],
)
def test_long_and_odd_texts_are_read_quickly(text: str) -> None:
    assert recognised(text) in set(Situation)


def test_a_language_without_data_is_still_talk() -> None:
    assert recognised("Goeiemorgen allemaal", l2="nl", l1="fy") is Situation.TALK
