"""Progress bars, however their output is cut into pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.engines.avatars.clips.sadtalker_progress import SadTalkerProgress

OUTPUT = (
    b"using safetensor as default\n3DMM Extraction for source image\n"
    b"\rlandmark Det::   0%|          | 0/1 [00:00<?, ?it/s]"
    b"\rlandmark Det:: 100%|####| 1/1 [00:00<00:00,  5.1it/s]\n"
    b"\rmel:: 100%|####| 25/25 [00:00<00:00]\n"
    b"\raudio2exp:: 100%|####| 3/3 [00:00<00:00]\n"
    b"\rFace Renderer::  50%|##  | 6/13 [00:04<00:05,  1.4it/s]"
    b"\rFace Renderer:: 100%|####| 13/13 [00:09<00:00,  1.4it/s]\n"
)


@given(st.lists(st.integers(1, len(OUTPUT) - 1), max_size=12))
def test_pieces_make_no_difference(cuts: list[int]) -> None:
    progress = SadTalkerProgress()
    shares = []
    for start, end in zip(
        [0, *sorted(cuts)], [*sorted(cuts), len(OUTPUT)], strict=True
    ):
        shares.append(progress.feed(OUTPUT[start:end]))
    assert shares == sorted(shares)
    assert round(shares[-1], 6) == 0.7
    assert not progress.found_no_face


def test_half_of_the_pictures_are_half_of_their_step() -> None:
    progress = SadTalkerProgress()
    assert round(progress.feed(b"Face Renderer::  50%|##  | 6/13"), 6) == 0.4


def test_it_says_when_there_was_no_face() -> None:
    progress = SadTalkerProgress()
    progress.feed(b"Can't get the coeffs of ")
    progress.feed(b"the input\n")
    assert progress.found_no_face


def test_endless_output_without_a_line_is_not_kept() -> None:
    progress = SadTalkerProgress()
    for _ in range(100):
        progress.feed(b"x" * 10_000)
    assert len(progress._rest) <= 4096
