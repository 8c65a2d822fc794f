"""What a person sees while weights arrive."""

import io

from inference.store.progress import StreamProgress


class Clock:
    """Moves on by a second at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_plain_lines_with_megabytes() -> None:
    stream = io.StringIO()
    progress = StreamProgress(stream, Clock())
    progress.begin("tiny", 4_000_000)
    for _ in range(20):
        progress.advance(200_000)
    progress.end()
    lines = stream.getvalue().splitlines()
    assert "\r" not in stream.getvalue()
    assert lines[-1].startswith("  tiny: 4.0 of 4.0 MB 100%")
    assert len(lines) < 10, "a line for each piece would flood a log"


def test_a_terminal_gets_one_line_redrawn() -> None:
    stream = Terminal()
    progress = StreamProgress(stream, Clock())
    progress.begin("tiny", 2_000_000)
    progress.advance(1_000_000)
    progress.end()
    assert stream.getvalue().count("\n") == 1
    assert "[############------------]" in stream.getvalue()


def test_ending_twice_draws_once() -> None:
    stream = Terminal()
    progress = StreamProgress(stream, Clock())
    progress.begin("tiny", 1)
    progress.end()
    progress.end()
    assert stream.getvalue().count("\n") == 1
