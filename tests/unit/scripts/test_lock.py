"""Pins that are out of step are found without a network."""

from pathlib import Path

import pytest

from scripts.lock import REQUIREMENTS, SETS, find_problems, header


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in SETS:
        (tmp_path / f"{name}.in").write_text(f"{name}-package\n")
        (tmp_path / f"{name}.txt").write_text(f"{header(tmp_path, name)}\nshared==1\n")
    return tmp_path


def test_pins_in_step_pass(folder: Path) -> None:
    assert find_problems(folder) == []


def test_a_changed_wish_is_noticed(folder: Path) -> None:
    (folder / "base.in").write_text("something-else\n")
    assert find_problems(folder) == [
        "base.txt is not compiled from base.in: run make lock"
    ]


def test_two_versions_of_one_package_are_noticed(folder: Path) -> None:
    path = folder / "dev.txt"
    path.write_text(path.read_text().replace("==1", "==2"))
    assert find_problems(folder) == ["shared is 2 in dev.txt, 1 before"]


def test_what_runs_without_a_gpu_installs_no_torch() -> None:
    for name in SETS:
        pins = (REQUIREMENTS / f"{name}.txt").read_text()
        assert "torch" not in pins
        assert "nvidia" not in pins
