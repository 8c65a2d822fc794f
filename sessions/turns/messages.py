"""Words for the learner, one for each way a turn can go wrong."""

from __future__ import annotations

from inference.types.assessment import (
    AssessmentOutcome,
    PromptSource,
    PronunciationAssessment,
)
from tutor.translatable import gettext_noop

MESSAGES: dict[str, str] = {
    "asr.failed": gettext_noop("I could not listen just now. You can type instead."),
    "assess.failed": gettext_noop(
        "I cannot look at your pronunciation right now. You can go on talking."
    ),
    "llm.failed": gettext_noop("The tutor cannot think of an answer right now."),
    "llm.timeout": gettext_noop("The tutor is taking too long to answer."),
    "llm.empty": gettext_noop("The tutor had no answer."),
    "llm.unusable": gettext_noop(
        "The tutor's answer made no sense, so it was left out."
    ),
    "tts.failed": gettext_noop(
        "The tutor's voice is not working right now. You can read the answer."
    ),
    "face.failed": gettext_noop(
        "The tutor's face is not moving right now. You can still listen."
    ),
    "video.failed": gettext_noop(
        "The tutor's video is not working right now. A drawn face is shown."
    ),
    "utterance.not_understood": gettext_noop(
        "Sorry, I did not catch that. Please say it again, or type."
    ),
    "utterance.too_long": gettext_noop(
        "That was a long stretch, so I split it here. Go on if you like."
    ),
    "audio.clipping": gettext_noop(
        "Your microphone is very loud. Move back a little or turn it down."
    ),
    "audio.overflow": gettext_noop(
        "Sound arrived faster than it could be taken, so some was skipped."
    ),
    "session.storage_failed": gettext_noop(
        "Saving is not working right now. Nothing is lost; trying again."
    ),
    "turn.not_current": gettext_noop("Only the latest answer can be changed."),
}

# Spoken in the tutor's place when the language model cannot answer.
_FALLBACK_REPLIES = {
    "en": "I'm sorry, I can't think of an answer right now. Please try again in a moment.",
    "es": "Lo siento, ahora no sé qué responder. Inténtalo otra vez en un momento.",
    "fr": "Pardon, je ne trouve pas de réponse. Essaie encore dans un instant.",
    "de": "Entschuldige, mir fällt gerade nichts ein. Versuch es gleich noch einmal.",
}

# What the learner reads when speech was not judged, or not all of it.
ASSESSMENT_MESSAGES: dict[AssessmentOutcome, str] = {
    AssessmentOutcome.JUDGED: "",
    AssessmentOutcome.INCOMPLETE: gettext_noop(
        "You said part of the text. The words you said are marked; the rest has no score."
    ),
    AssessmentOutcome.NO_TEXT: gettext_noop(
        "There are no words here to say. Choose a text with words."
    ),
    AssessmentOutcome.UNKNOWN_WORDS: gettext_noop(
        "I don't know how these words are said, so I can't judge them. Try other words."
    ),
    AssessmentOutcome.UNSUPPORTED_LANGUAGE: gettext_noop(
        "I can't judge pronunciation in this language yet. You can go on talking."
    ),
    AssessmentOutcome.TOO_SHORT: gettext_noop(
        "That was too short to judge. Say a whole word or more."
    ),
    AssessmentOutcome.TOO_LONG: gettext_noop(
        "That was too long to judge at once. Try one or two sentences at a time."
    ),
    AssessmentOutcome.SILENCE: gettext_noop(
        "I heard nothing. Check that your microphone is on, then try again."
    ),
    AssessmentOutcome.NOISE: gettext_noop(
        "I couldn't hear you over the noise. Try again closer to the microphone."
    ),
    AssessmentOutcome.CLIPPED: gettext_noop(
        "Your microphone is too loud, so your voice is distorted. Move back a little."
    ),
    AssessmentOutcome.WRONG_TEXT: gettext_noop(
        "That did not sound like these words, so I gave no score. Say them as they stand."
    ),
    AssessmentOutcome.OTHER_VOICE: gettext_noop(
        "That sounded like somebody else, so I did not judge it. Try again on your own."
    ),
    AssessmentOutcome.UNSURE: gettext_noop(
        "I'm not sure what I heard, so I give no score. Try again, a little slower."
    ),
}

# Free speech has no given text: what stands in its place, and what that means.
HEARD_MESSAGES: dict[AssessmentOutcome, str] = {
    AssessmentOutcome.JUDGED: gettext_noop(
        "Judged against what I heard, so I only mark sounds I am sure of."
    ),
    AssessmentOutcome.INCOMPLETE: gettext_noop(
        "I could only follow part of that. What I am sure of is marked."
    ),
    AssessmentOutcome.WRONG_TEXT: gettext_noop(
        "I may have misheard you, so your sounds were not judged."
    ),
}

WITHDRAWN_MESSAGE = gettext_noop(
    "You changed the words, so the scores of what you said do not apply any more."
)


def fallback_reply(language: str) -> str:
    """Return what is said in a language when nobody can think of an answer."""
    return _FALLBACK_REPLIES.get(language, _FALLBACK_REPLIES["en"])


def assessment_message(assessment: PronunciationAssessment) -> str:
    """Return the words for the learner, ``""`` where there is nothing to say."""
    outcome = assessment.outcome
    if assessment.source is PromptSource.HEARD and outcome in HEARD_MESSAGES:
        return HEARD_MESSAGES[outcome]
    return ASSESSMENT_MESSAGES[outcome]
