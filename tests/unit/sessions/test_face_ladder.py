"""Which face a talk shows: wishes, what is possible, and trouble."""

from __future__ import annotations

from sessions.live.face_ladder import REST_S, Face, FaceLadder, Reason

ALL = ["video", "3d", "drawn"]


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def ladder(*, has_video: bool = True, clock: Clock | None = None) -> FaceLadder:
    made = FaceLadder(has_video=has_video, clock=clock or Clock())
    made.greet(ALL, None)
    return made


def test_the_best_face_that_both_ends_can_is_shown() -> None:
    assert ladder().face is Face.VIDEO
    assert ladder(has_video=False).face is Face.HEAD
    poor = FaceLadder(has_video=True)
    poor.greet([], None)
    assert (poor.face, poor.faces) == (Face.VOICE, (Face.VOICE,))


def test_a_video_that_shows_no_more_than_the_page_can_comes_after_it() -> None:
    faces = FaceLadder(has_video=True, video_first=False)
    faces.greet(ALL, None)
    assert faces.face == "3d"
    faces.failed("3d", lasting=True)
    assert faces.face == "video"
    without_card = FaceLadder(has_video=True, video_first=False)
    without_card.greet(["video", "drawn"], None)
    assert without_card.face is Face.VIDEO
    wished = FaceLadder(has_video=True, video_first=False)
    wished.greet(ALL, "video")
    assert wished.face is Face.VIDEO
    assert wished.faces == tuple(Face)


def test_nobody_is_offered_what_cannot_be_had() -> None:
    assert ladder().faces == tuple(Face)
    assert ladder(has_video=False).faces == (Face.HEAD, Face.DRAWN, Face.VOICE)


def test_a_wish_is_where_the_ladder_begins() -> None:
    faces = ladder()
    faces.choose("drawn")
    assert (faces.face, faces.reason) == (Face.DRAWN, Reason.CHOSEN)
    faces.choose("voice")
    assert faces.face is Face.VOICE
    faces.choose("3d")
    assert faces.failed("3d", lasting=True)
    assert (faces.face, faces.reason) == (Face.DRAWN, Reason.CAPABILITY)
    assert Face.HEAD not in faces.faces


def test_a_wish_survives_the_page() -> None:
    faces = ladder()
    faces.greet(ALL, "drawn")
    assert faces.face is Face.DRAWN
    faces.greet(ALL, None)
    assert faces.face is Face.DRAWN


def test_a_new_page_may_show_what_the_old_one_could_not() -> None:
    faces = ladder()
    faces.failed("video", lasting=True)
    assert faces.face == "3d"
    faces.greet(ALL, None)
    assert faces.face == "video"


def test_late_video_rests_and_comes_back() -> None:
    clock = Clock()
    faces = ladder(clock=clock)
    assert not faces.made(late=True)
    assert not faces.made(late=False), "one in time in between"
    assert not faces.made(late=True)
    assert faces.made(late=True)
    assert [faces.face, faces.reason] == [Face.HEAD, Reason.LOAD]
    assert not faces.look()
    clock.now += REST_S
    assert faces.look()
    assert (faces.face, faces.reason) == (Face.VIDEO, Reason.BACK)


def test_who_asks_for_the_video_gets_it_at_once() -> None:
    faces = ladder()
    faces.rest(Reason.LOAD)
    faces.choose("video")
    assert (faces.face, faces.reason) == (Face.VIDEO, Reason.CHOSEN)


def test_a_slow_line_is_a_rest_and_no_end() -> None:
    clock = Clock()
    faces = ladder(clock=clock)
    assert faces.failed("video", lasting=False)
    assert Face.VIDEO in faces.faces
    clock.now += REST_S
    assert faces.look()
    assert faces.face is Face.VIDEO


def test_trouble_with_a_face_that_is_not_shown_changes_nothing() -> None:
    faces = ladder()
    faces.choose("voice")
    assert not faces.failed("video", lasting=False)
    assert faces.face is Face.VOICE
