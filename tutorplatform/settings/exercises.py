"""How exercises reach learners. Read by ``learners`` and ``sessions``."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

EXERCISES: dict[str, Any] = {
    # What a teacher approves before its learner sees it: what a "model" worded, "all" or
    # "none". Rules only cut up corrected sentences of the learner and a lesson's own text.
    "APPROVAL": env("TUTOR_EXERCISES_APPROVAL", default="model"),
    # How long one completion may take when ``make_exercises --model`` asks the model.
    "MODEL_DEADLINE_S": env.float("TUTOR_EXERCISES_MODEL_DEADLINE_S", default=30.0),
}

if EXERCISES["APPROVAL"] not in {"model", "all", "none"}:
    raise ImproperlyConfigured("TUTOR_EXERCISES_APPROVAL is model, all or none.")
