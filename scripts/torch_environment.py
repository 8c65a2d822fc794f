"""Makes the environment of ``make test-torch`` and of training: torch on top of ours.

It sees the packages of ``.venv`` and adds torch, so that the engines for GPU hosts run
beside the pins they will meet there. WhisperX asks for an older torch than the other
engine; its alignment runs on either, so it is added without what it asks for.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".dev" / "torch"
_REQUIREMENTS = ROOT / "requirements"
_TORCH = _REQUIREMENTS / "wav2vec2.in"
_WHISPERX = _REQUIREMENTS / "whisperx.in"
_TRAIN = _REQUIREMENTS / "train.in"
_MUSETALK = _REQUIREMENTS / "musetalk.in"
_PIP = (
    "-m", "pip", "--disable-pip-version-check", "install", "--quiet",
    "--no-warn-conflicts",
)  # fmt: skip


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    stamp, wanted = FOLDER / ".installed", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    print(
        "* Installing torch in .dev/torch. Without a GPU, PIP_EXTRA_INDEX_URL can name\n"
        "  PyTorch's index of CPU builds: they are 1 GB, the default ones several.",
        flush=True,
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    python = FOLDER / "bin" / "python"
    pins = {name: pin(_WHISPERX.read_text(), name) for name in _beside()}
    try:
        _run(sys.executable, "-m", "venv", FOLDER)
        _show_project_packages(python)
        sets = ("-r", _TORCH, "-r", _TRAIN, "-r", _MUSETALK)
        _run(python, *_PIP, *sets, pins["pandas"], pins["nltk"])
        _run(python, *_PIP, "--no-deps", pins["whisperx"], pins["torchaudio"])
        leave_out_cuda(python)
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    stamp.write_text(wanted)
    return 0


def pin(requirements: str, package: str) -> str:
    """Return the line ``package==version`` of a file. Raises ValueError without one."""
    found = re.search(rf"^{package}==[^\s;#]+", requirements, re.MULTILINE)
    if found is None:
        raise ValueError(f"{package} is not pinned")
    return found.group()


def _beside() -> tuple[str, ...]:
    return ("whisperx", "torchaudio", "pandas", "nltk")


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (_TORCH, _WHISPERX, _TRAIN, _MUSETALK, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _show_project_packages(python: Path) -> None:
    """Let the new environment find what is installed for the project."""
    site = _answer(python, "import sysconfig; print(sysconfig.get_paths()['purelib'])")
    packages = sysconfig.get_paths()["purelib"]
    Path(site, "project.pth").write_text(f"{packages}\n", encoding="utf-8")


def leave_out_cuda(python: Path) -> None:
    """Take torchaudio's compiled part away where it could not be loaded.

    The default build wants CUDA; alignment uses only what is written in Python.
    """
    if _answer(python, "import torch; print(torch.version.cuda or '')"):
        return
    site = _answer(python, "import sysconfig; print(sysconfig.get_paths()['platlib'])")
    for library in Path(site, "torchaudio", "lib").glob("*.so"):
        library.unlink()


def _answer(python: Path, code: str) -> str:
    done = subprocess.run(
        [python, "-c", code], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
