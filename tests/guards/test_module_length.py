"""Modules stay small, and have names that say their job."""

import statistics

import pytest

from .project_files import ROOT, project_files, python_modules

LONGEST = 300
MEDIAN = 90
NAMES_WITHOUT_A_JOB = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "managers",
}


def line_counts() -> dict[str, int]:
    return {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_modules()
    }


def test_no_module_is_too_long() -> None:
    assert {name: n for name, n in line_counts().items() if n > LONGEST} == {}


def test_the_median_module_is_short() -> None:
    counts = [count for name, count in line_counts().items() if count > 1]
    assert statistics.median(counts) < MEDIAN


@pytest.mark.parametrize("suffix", [".py", ".js", ".mjs"])
def test_no_module_is_a_dumping_ground(suffix: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in project_files()
        if path.suffix == suffix
        and NAMES_WITHOUT_A_JOB & {path.stem, *path.relative_to(ROOT).parts}
    ]
    assert found == []


def test_every_module_says_its_job_first() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_modules()
        if (text := path.read_text().strip())
        and not text.removeprefix("#!/usr/bin/env python").lstrip().startswith('"""')
    ]
    assert silent == []
