"""The test runner installs what is missing, and ends the services it started."""

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.testrun import programs, services, sets


def answers(url: str) -> bool:
    with socket.socket() as probe:
        parts = urlsplit(url)
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def test_without_apt_the_missing_programs_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = programs.Program("some-package", ("no-such-program",))
    with pytest.raises(programs.RunError, match="no apt-get here: some-package"):
        programs.require([missing])


def test_a_program_outside_path_is_found_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    for version in ("14", "15"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
    program = programs.Program("x", ("initdb",), f"{tmp_path}/*/bin".lstrip("/"))
    assert program.find() == tmp_path / "15" / "bin" / "initdb"


@pytest.mark.slow
@pytest.mark.skipif(programs.POSTGRES.find() is None, reason="no PostgreSQL here")
@pytest.mark.skipif(programs.REDIS.find() is None, reason="no Redis here")
def test_services_answer_and_are_gone_afterwards() -> None:
    with services.postgres() as postgres, services.redis() as redis:
        assert answers(postgres)
        assert answers(redis)
    assert not answers(postgres)
    assert not answers(redis)


def test_every_set_runs_and_a_failure_shows() -> None:
    def exits(name: str, code: int) -> sets.Suite:
        return sets.Suite(name, (sys.executable, "-c", f"raise SystemExit({code})"))

    results = sets.run_sets([exits("a", 1), exits("b", 0), exits("c", 5)], {})
    assert [result.outcome for result in results] == ["failed", "passed", "no tests"]
    assert [result.failed for result in results] == [True, False, False]
