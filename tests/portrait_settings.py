"""Scripted engines with a face renderer that makes uploaded portraits speak."""

from tests.scripted_settings import *
from tests.scripted_settings import INFERENCE
from tutorplatform.settings.local import PRIVATE_ROOT

INFERENCE["ENGINES"]["face_renderer"] = {
    "NAME": "portraits",
    "FACTORY": "tests.fakes.faces.portrait_face",
    "OPTIONS": {
        "folder": PRIVATE_ROOT / "portraits",
        "prepared": PRIVATE_ROOT / "prepared_faces",
    },
}
