"""What video engines prepared of a portrait, for talks."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

FOLDER = "prepared_faces"


def delete_prepared(key: str) -> None:
    """Delete all that was prepared of an avatar; none is fine.

    Raises ValueError for a key that would lead elsewhere.
    """
    options = settings.INFERENCE["ENGINES"]["face_renderer"]["OPTIONS"]
    roots = {Path(settings.PRIVATE_ROOT) / FOLDER}
    if options.get("prepared_dir"):
        roots.add(Path(options["prepared_dir"]))
    for root in roots:
        folder = (root / key).resolve()
        if folder.parent != root.resolve():
            raise ValueError("what was prepared lies in the folder of its avatar")
        shutil.rmtree(folder, ignore_errors=True)
