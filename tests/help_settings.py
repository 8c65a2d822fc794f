"""Scripted engines that teach and answer questions: for the pages that help."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE
from tutorplatform.settings.local import TEACHING

TEACHING = {**TEACHING, "ENABLED": True, "ANALYSIS_DEADLINE_S": 0.0, "OPENERS": False}
INFERENCE["ENGINES"]["dialogue"] = {
    "NAME": "scripted",
    "FACTORY": "tests.fakes.helpful_dialogue.HelpfulDialogue",
    "OPTIONS": {
        "help_s": 0.3,
        "first_token_s": 0.2,
        "token_s": 0.03,
        "otherwise": "¡Hola! Hoy hablamos de tu ciudad. ¿Empezamos?",
        "answers": {
            "¿Me puede traer la cuenta, por favor?": "Can you bring me the bill, please?",
            "school": "escuela",
            "breakfast": "desayuno",
        },
    },
}
