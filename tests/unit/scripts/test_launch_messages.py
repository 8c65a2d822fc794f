"""What the launcher tells a person when it cannot go on."""

import socket
from pathlib import Path

import pytest

from scripts.launch.disk import require_space
from scripts.launch.environment import Environment
from scripts.launch.failure import LaunchError
from scripts.launch.launcher import run
from scripts.launch.ports import require_free_port
from scripts.launch.python_version import find_supported, problem


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_a_python_that_does_not_fit_is_named_with_those_that_do(
    version: tuple[int, ...],
) -> None:
    words = problem(version, "/usr/bin/python3")
    assert words is not None
    assert ".".join(map(str, version)) in words
    assert "3.11, 3.12 or 3.13" in words
    assert "/usr/bin/python3" in words


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_supported_pythons_pass(version: tuple[int, ...]) -> None:
    assert problem(version, "python") is None


def test_a_shim_without_a_python_behind_it_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minor, code in ((13, 127), (12, 0)):
        shim = tmp_path / f"python3.{minor}"
        shim.write_text(f"#!/bin/sh\nexit {code}\n")
        shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_supported(((3, 12), (3, 13))) == str(tmp_path / "python3.12")


def test_a_used_port_is_told_before_anything_is_installed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(["run", "--port", str(port)]) == 1
    captured = capsys.readouterr()
    assert f"Port {port} on 127.0.0.1 is used" in captured.err
    assert f"make run PORT={port + 1}" in captured.err
    assert captured.out == ""


def test_a_port_of_a_server_that_just_stopped_is_free() -> None:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            connection, _ = listening.accept()
            connection.close()
    require_free_port("127.0.0.1", port)


def test_a_full_disk_says_how_much_is_needed(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=r"0\.5 GB free; installing needs 3\.0 GB"):
        require_space(tmp_path, 3.0, free=500_000_000)


def checkout(folder: Path) -> Environment:
    """A checkout with empty requirement files."""
    requirements = folder / "requirements"
    requirements.mkdir()
    for name in ("base", "installer"):
        (requirements / f"{name}.txt").write_text("# nothing\n")
    return Environment(folder)


@pytest.mark.slow
def test_packages_are_installed_once_until_the_pins_change(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    environment = checkout(tmp_path)
    environment.prepare(("base",), 0.0)
    assert "Installing" in capfd.readouterr().out
    environment.prepare(("base",), 10.0**6)  # not even the disk is looked at
    assert capfd.readouterr().out == ""
    (tmp_path / "requirements" / "base.txt").write_text("not-on-this-machine==1.0\n")
    for _ in range(2):
        with pytest.raises(LaunchError, match="Behind a mirror"):
            environment.prepare(("base",), 0.0)


@pytest.mark.slow
def test_a_broken_environment_is_made_anew(tmp_path: Path) -> None:
    environment = checkout(tmp_path)
    environment.prepare(("base",), 0.0)
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python3")
    environment.prepare(("base",), 0.0)
    assert environment.run(["-c", ""]).returncode == 0
