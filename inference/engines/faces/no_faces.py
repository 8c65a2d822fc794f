"""Nobody looks for faces: pictures are taken as they are."""

from __future__ import annotations

from inference.errors import StageError
from inference.types.face import Pixels
from inference.types.picture import FaceBox


class NoFaces:
    """Finds nothing, and says that it cannot tell."""

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def find(self, pixels: Pixels) -> tuple[FaceBox, ...]:
        """Raise StageError ``portrait.unchecked``: this site has no face finder."""
        raise StageError(
            "portrait.unchecked", "This site has no face finder", retryable=False
        )
