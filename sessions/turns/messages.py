"""Words for the learner, one for each way a turn can go wrong."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "asr.failed": "I could not listen just now. You can type instead.",
    "llm.failed": "The tutor cannot think of an answer right now.",
    "llm.timeout": "The tutor is taking too long to answer.",
    "llm.empty": "The tutor had no answer.",
    "llm.unusable": "The tutor's answer made no sense, so it was left out.",
    "tts.failed": "The tutor's voice is not working right now. You can read the answer.",
    "face.failed": "The tutor's face is not moving right now. You can still listen.",
    "utterance.not_understood": "Sorry, I did not catch that. Please say it again, or type.",
    "utterance.too_long": "That was a long stretch, so I split it here. Go on if you like.",
    "audio.clipping": "Your microphone is very loud. Move back a little or turn it down.",
    "audio.overflow": "Sound arrived faster than it could be taken, so some was skipped.",
    "session.storage_failed": "Saving is not working right now. Nothing is lost; trying again.",
    "turn.not_current": "Only the latest answer can be changed.",
}

# Spoken in the tutor's place when the language model cannot answer.
FALLBACK_REPLY = (
    "I'm sorry, I can't think of an answer right now. Please try again in a moment."
)
