"""What a model is told to do for each move: one short, positive instruction each.

Small models must manage these, so each says what to say, never a list of what not to.
``{...}`` are filled by ``prompt``; a sentence whose gap is empty is left out.
"""

from __future__ import annotations

from ..learner import Level
from ..moves import MoveKind

LEVELS = {
    Level.A1: "a beginner: the easiest words, sentences of at most 6 words",
    Level.A2: "an elementary learner: easy everyday words, short sentences",
    Level.B1: "an intermediate learner: clear sentences of 8 to 14 words",
    Level.B2: "an upper intermediate learner: varied words, sentences of 12 to 18 words",
    Level.C1: "an advanced learner: precise, demanding words, one long sentence",
    Level.C2: "a very advanced learner: rich, precise, demanding words, one long sentence",
}
# Fewer than the gates allow, since models go beyond what they are told.
ASKED_WORDS = {
    Level.A1: 10,
    Level.A2: 15,
    Level.B1: 20,
    Level.B2: 25,
    Level.C1: 30,
    Level.C2: 30,
}

MOVES: dict[MoveKind, tuple[str, ...]] = {
    MoveKind.OPEN: (
        "Greet the learner.",
        "Name the topic: {title}.",
        "Ask one easy question to begin.",
    ),
    MoveKind.CONTINUE: (
        "React to what the learner told you, then ask one question about it.",
        "A goal of the lesson: {aim}",
    ),
    MoveKind.ELICIT: (
        "The learner made a mistake in “{part}”.",
        "It is about: {category}.",
        "Ask one short question that helps the learner find the right words alone.",
        "Leave the right words to the learner.",
    ),
    MoveKind.RECAST: (
        "The learner wanted to say “{quoted}”.",
        "React to it naturally and use “{better}” in your reaction.",
        "Say nothing about the mistake.",
    ),
    MoveKind.EXPLAIN: (
        "Explain in one easy sentence: here people say “{right}”, not “{wrong}”.",
        "It is about: {category}.",
        "Then ask the learner to say the sentence again.",
    ),
    MoveKind.PRAISE: (
        "Tell the learner that “{praise}” was well said.",
        "Then ask one question about the topic.",
    ),
    MoveKind.INTRODUCE: (
        "Teach one new expression: “{item}”.",
        "Its meaning: {gloss}.",
        "An example: {example}.",
        "Ask the learner to use it.",
    ),
    MoveKind.REUSE: (
        "Ask a question that the learner can answer with “{item}”.",
        "Say “{item}” yourself in it.",
    ),
    MoveKind.MODEL_SOUND: (
        "Say the word “{sound}” clearly in a short sentence.",
        "Ask the learner to say “{sound}” again.",
    ),
    MoveKind.ANSWER: (
        "Answer the learner's question in one sentence.",
        "If you do not know the answer, say so.",
        "Then ask one question back.",
    ),
    MoveKind.STEER: (
        "Show in a few words that you heard the learner, then lead back to the lesson.",
        "The lesson: {title}.",
        "Ask one question about this goal: {aim}",
    ),
    MoveKind.ENCOURAGE: (
        "The learner is quiet. Say kindly that there is time.",
        "Suggest an easy first word.",
    ),
    MoveKind.REPEAT: ("You did not hear this well. Ask the learner to say it again.",),
    MoveKind.BRIDGE: (
        "The learner used another language. Kindly ask for the same in {language}.",
    ),
    MoveKind.CARE: (
        "Say warmly that you are sorry.",
        "Say that an adult they trust can help.",
        "Offer to stop or to go on.",
    ),
    MoveKind.DECLINE: (
        "Say kindly that you cannot do that here.",
        "The lesson: {title}.",
        "Ask one question about the lesson.",
    ),
    MoveKind.CLOSE: (
        "Thank the learner and say goodbye.",
        "Name the topic of today: {title}.",
    ),
}
# What to do instead in a certain situation; ``sad`` is a sad story.
SITUATIONS: dict[tuple[MoveKind, str], tuple[str, ...]] = {
    (MoveKind.CONTINUE, "sad"): (
        "The learner told you something sad. Say that you are sorry.",
        "Then ask one gentle question.",
    ),
    (MoveKind.CONTINUE, "after_sad"): (
        "The learner goes on after telling you something sad. Be gentle.",
        "Ask one kind, easy question about it.",
    ),
    (MoveKind.CONTINUE, "singing"): (
        "The learner sings. React kindly, then ask one question about the song.",
    ),
    (MoveKind.ANSWER, "asks_to_repeat"): (
        "The learner did not follow you. Say your last words again in easier words.",
    ),
    (MoveKind.ANSWER, "how_to_say"): (
        "Tell the learner how to say that in {language}.",
        "Then ask the learner to use it.",
    ),
    (MoveKind.ANSWER, "meaning"): (
        "Say in one easy sentence what that means.",
        "Then ask the learner to use it.",
    ),
}
# Moves of which a model is shown one reply; for the rest an example would be repeated.
WITH_EXAMPLE = frozenset(
    {
        MoveKind.ELICIT,
        MoveKind.RECAST,
        MoveKind.EXPLAIN,
        MoveKind.INTRODUCE,
        MoveKind.MODEL_SOUND,
        MoveKind.STEER,
        MoveKind.BRIDGE,
        MoveKind.DECLINE,
    }
)
