"""Which face a talk shows: the best one that is wanted, possible and keeps up.

    video -> 3d -> drawn -> voice

The learner's wish says where on the ladder to begin; a face the page cannot show, or the
server cannot make just now, is stepped over. A voice alone is always possible. Without a
wish a head that costs the server nothing goes before a video that shows no more than it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from enum import StrEnum

# After trouble the video is left alone for so long, so that the face does not flicker.
REST_S = 60.0
# So many replies in a row that were made too slowly are trouble.
LATE_REPLIES = 2


class Face(StrEnum):
    """The faces, best first."""

    VIDEO = "video"
    HEAD = "3d"
    DRAWN = "drawn"
    VOICE = "voice"


class Reason(StrEnum):
    """Why a face is shown: words for the learner depend on it."""

    BEGINNING = "beginning"
    CHOSEN = "chosen"
    CAPABILITY = "capability"
    LOAD = "load"
    FAILURE = "failure"
    BACK = "back"


class FaceLadder:
    """The standing of one talk.

    ``has_video`` says that the server can make any, ``video_first`` that it shows more
    than the head that the page draws.
    """

    def __init__(
        self,
        *,
        has_video: bool,
        video_first: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._has_video = has_video
        self._video_first = video_first
        self._clock = clock
        self._offered: frozenset[Face] = frozenset({Face.DRAWN})
        self._wanted: Face | None = None
        self._failed: set[Face] = set()
        self._rests_until = 0.0
        self._rests_because = Reason.LOAD
        self._late = 0
        self.face = Face.DRAWN
        self.reason = Reason.BEGINNING

    @property
    def faces(self) -> tuple[Face, ...]:
        """What the learner can choose, best first."""
        possible = (self._offered | {Face.VOICE}) - self._failed
        if not self._has_video:
            possible -= {Face.VIDEO}
        return tuple(face for face in Face if face in possible)

    def greet(self, offered: Iterable[str], wanted: str | None) -> None:
        """A page is there: what it can show and what its learner wants."""
        self._offered = frozenset(Face(name) for name in offered)
        self._failed.clear()
        if wanted is not None:
            self._wanted = Face(wanted)
        self.look(Reason.BEGINNING)

    def choose(self, wanted: str) -> None:
        """The learner wants this face; one that had failed may try again."""
        face = Face(wanted)
        self._wanted = face
        self._failed.discard(face)
        if face is Face.VIDEO:
            self._rests_until, self._late = 0.0, 0
        self.look(Reason.CHOSEN)

    def failed(self, face: str, *, lasting: bool) -> bool:
        """The page cannot show this face; return whether another one is shown now."""
        if lasting or face != Face.VIDEO:
            self._failed.add(Face(face))
            return self.look(Reason.CAPABILITY)
        return self.rest(Reason.LOAD)

    def rest(self, reason: Reason) -> bool:
        """Leave the video alone for a while; return whether another face is shown now."""
        self._rests_until = self._clock() + REST_S
        self._rests_because = reason
        self._late = 0
        return self.look(reason)

    def made(self, *, late: bool) -> bool:
        """A reply's video was made; return whether another face is shown now."""
        self._late = self._late + 1 if late else 0
        return self._late >= LATE_REPLIES and self.rest(Reason.LOAD)

    def look(self, reason: Reason = Reason.BACK) -> bool:
        """Step to the face that is best now; return whether it is another one."""
        before = self.face
        self.face = self._best()
        if self.face is not before:
            self.reason = reason
        return self.face is not before

    def _best(self) -> Face:
        for face in self._ladder():
            resting = face is Face.VIDEO and self._clock() < self._rests_until
            if face in self.faces and not resting:
                return face
        return Face.VOICE

    def _ladder(self) -> list[Face]:
        """Return the faces from the one to begin with."""
        ladder = list(Face)
        if self._wanted is not None:
            return ladder[ladder.index(self._wanted) :]
        if not self._video_first:
            ladder.sort(key=lambda face: face is not Face.HEAD)
        return ladder
