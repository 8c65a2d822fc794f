"""The process of the guesser: it may die, hang or be missing, and nothing fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from inference.lifecycle import ChildProcess
from inference.phonetics import espeak_client
from inference.phonetics.espeak_client import EspeakGuesser


def stand_in() -> ChildProcess:
    return ChildProcess("tests.fakes.guessing_program", (), pipe_output=True)


@pytest.fixture
def guesser(monkeypatch: pytest.MonkeyPatch) -> Iterator[EspeakGuesser]:
    # Also where the voice's package is left out.
    monkeypatch.setattr(espeak_client, "find_spec", lambda name: name)
    guesser = EspeakGuesser(stand_in, deadline_s=5.0)
    yield guesser
    guesser.close()


def killed(guesser: EspeakGuesser) -> int:
    """Kill the process; return its id once it is gone."""
    pid = guesser.pid
    assert pid is not None
    process = psutil.Process(pid)
    process.kill()
    process.wait(5)
    return pid


def test_it_starts_when_asked_and_remembers(guesser: EspeakGuesser) -> None:
    before = guesser.pid
    assert guesser.guess(("oui", "non", "oui"), "fr") == ("fr:oui", "fr:non", "fr:oui")
    assert guesser.guess((), "fr") == ()
    assert before is None
    killed(guesser)
    assert guesser.guess(("non",), "fr") == ("fr:non",)
    assert guesser.pid is None, "known words need no process"


def test_it_gets_over_a_death(guesser: EspeakGuesser) -> None:
    guesser.guess(("one",), "en-us")
    first = killed(guesser)
    assert guesser.guess(("two",), "en-us") == ("en-us:two",)
    assert guesser.pid not in (None, first)


def test_a_word_that_kills_does_not_take_others_along(guesser: EspeakGuesser) -> None:
    assert guesser.guess(("one", "die", "two"), "de") == ("de:one", "", "de:two")
    assert guesser.guess(("three",), "de") == ("de:three",)


def test_it_waits_no_longer_than_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak_client, "find_spec", lambda name: name)
    guesser = EspeakGuesser(stand_in, deadline_s=0.3)
    start = time.monotonic()
    assert guesser.guess(("hang",), "en-us") == ("",)
    guesser.close()
    assert time.monotonic() - start < 5.0


def test_answers_to_other_questions_are_skipped(guesser: EspeakGuesser) -> None:
    assert guesser.guess(("noise",), "es") == ("es:noise",)


def test_a_process_that_never_lives_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(espeak_client, "find_spec", lambda name: name)
    starts = []

    def broken() -> ChildProcess:
        starts.append(1)
        return ChildProcess("tests.fakes.no_such_program", (), pipe_output=True)

    guesser = EspeakGuesser(broken, deadline_s=5.0)
    for word in "abcdefgh":
        assert guesser.guess((word,), "en-us") == ("",)
    assert guesser.pid is None
    guesser.close()


def test_without_the_package_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(espeak_client, "find_spec", lambda name: None)
    guesser = EspeakGuesser(stand_in)
    assert guesser.guess(("word",), "en-us") == ("",)
    assert guesser.pid is None


def test_a_closed_guesser_stays_closed(guesser: EspeakGuesser) -> None:
    guesser.guess(("one",), "en-us")
    guesser.close()
    guesser.close()
    assert guesser.guess(("two",), "en-us") == ("",)
    assert guesser.pid is None


def test_threads_get_their_own_answers(guesser: EspeakGuesser) -> None:
    words = [f"w{i}" for i in range(200)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda word: guesser.guess((word,), "fr"), words))
    assert answers == [(f"fr:{word}",) for word in words]
