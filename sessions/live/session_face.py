"""The face of one talk: which one is shown, and the films of its replies."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import ReferenceType, ref

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from sessions.turns.context import TurnContext
from sessions.turns.events import FaceChanged, TurnEvent
from sessions.turns.filming import FilmReport, FilmSettings, ReplyFilm
from sessions.turns.health import StageHealth

from .face_ladder import Face, FaceLadder, Reason
from .presenter import face_json
from .video_streams import VideoStreams

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clips:
    """Where the clip of waiting is, and for which states there are others."""

    idle_url: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VideoSetting:
    """What the server offers a talk as video.

    ``ready()`` makes the avatar ready and returns where its clips are; it may take seconds
    and runs in a thread. It raises StageError. ``first``: the video shows more
    than the head that a browser with a graphics card draws.
    """

    film: FilmSettings
    streams: VideoStreams
    ready: Callable[[], Clips]
    first: bool = True


class SessionFace:
    """Chooses the face, tells of changes, and makes a film for each reply.

    Without ``video`` the page's own faces are all there is.
    """

    def __init__(
        self,
        video: VideoSetting | None,
        *,
        runner: StageRunner,
        emit: Callable[[TurnEvent], None],
        ladder: FaceLadder | None = None,
    ) -> None:
        self._video = video
        self._runner = runner
        self._emit = emit
        has_video = video is not None and video.streams.has_any
        self.ladder = ladder or FaceLadder(
            has_video=has_video, video_first=video is None or video.first
        )
        self._clips = Clips()
        self._preparing: asyncio.Task[None] | None = None
        # Weak: a film holds its turn, and what was heard in it goes with the turn.
        self._film: ReferenceType[ReplyFilm] | None = None

    def greet(self, offered: Sequence[str], wanted: str | None) -> None:
        """A page is there; the greeting it gets says which face it shows."""
        if self._is_down:
            self.ladder.rest(Reason.FAILURE)
        self.ladder.greet(offered, wanted)
        self._prepare()

    def choose(self, face: str) -> None:
        """The learner wants this face."""
        self.ladder.choose(face)
        self._prepare()
        self._tell()

    def failed(self, face: str, *, lasting: bool) -> None:
        """The page cannot show this face."""
        if self.ladder.failed(face, lasting=lasting):
            self._tell()

    def as_json(self) -> dict[str, Any]:
        """Return what is shown, as on the wire."""
        return face_json(self._changed())

    def film(self, ctx: TurnContext, health: StageHealth) -> ReplyFilm | None:
        """Return the film of a reply that begins; None where there is no video."""
        if self._video is None:
            return None
        film = ReplyFilm(
            ctx,
            self._video.film,
            runner=self._runner,
            emit=self._emit,
            health=health,
            admit=lambda: self._admit(health),
            done=self._done,
        )
        self._film = ref(film)
        return film

    def leave(self) -> None:
        """No page is there: others may have the place that the reply at hand takes."""
        film = self._film() if self._film is not None else None
        if film is not None:
            film.close()

    def close(self) -> None:
        """The talk is over or put away."""
        if self._preparing is not None:
            self._preparing.cancel()

    def _admit(self, health: StageHealth) -> bool:
        """Whether the reply that begins to be spoken is shown as video."""
        if self._video is None:
            return False
        before = self.ladder.face
        self.ladder.look()
        is_shown = self.ladder.face is Face.VIDEO
        if is_shown:
            is_shown = self._begin(self._video, health, was_shown=before is Face.VIDEO)
        if self.ladder.face is not before:
            self._tell()
        return is_shown

    def _begin(
        self, video: VideoSetting, health: StageHealth, *, was_shown: bool
    ) -> bool:
        """Take a place for a reply that should be video; else leave the video alone."""
        if self._is_down:
            if was_shown:
                # Told once, as of any part of the tutor that does not work.
                health.failed(Stage.RENDER, "video.failed")
            self.ladder.rest(Reason.FAILURE)
        elif health.rests(Stage.RENDER):
            self.ladder.rest(Reason.FAILURE)
        elif not self._clips.idle_url:
            # Not ready yet: this reply is shown by its mouth cues.
            self._prepare()
        elif video.streams.take():
            return True
        else:
            self.ladder.rest(Reason.LOAD)
        return False

    @property
    def _is_down(self) -> bool:
        return self._video is not None and self._video.streams.is_down

    def _done(self, report: FilmReport) -> None:
        if self._video is None:
            return
        self._video.streams.give_back()
        if self.ladder.made(late=report.late):
            self._tell()

    def _prepare(self) -> None:
        """Make the avatar ready in the background, once it is to be seen."""
        wanted = self._video is not None and self.ladder.face is Face.VIDEO
        if wanted and not self._clips.idle_url and self._preparing is None:
            self._preparing = asyncio.create_task(self._make_ready())

    async def _make_ready(self) -> None:
        if self._video is None:
            return
        try:
            self._clips = await asyncio.to_thread(self._video.ready)
        except StageError as error:
            logger.warning("no video of the tutor: %s", error.code)
            self._preparing = None
            self.ladder.rest(Reason.FAILURE)
        self._tell()

    def _tell(self) -> None:
        self._emit(self._changed())

    def _changed(self) -> FaceChanged:
        ladder = self.ladder
        return FaceChanged(
            ladder.face.value,
            tuple(face.value for face in ladder.faces),
            ladder.reason.value,
            self._clips.idle_url,
            self._clips.states,
        )
