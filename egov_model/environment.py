"""The project's own Python environment: `.venv`, made once from `requirements.lock`, with nothing but the standard library.

Runs under whatever Python is at hand, before any dependency exists; it therefore parses under old Pythons too, so that those
get a sentence instead of a syntax error.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = (3, 11)
STAMP = "egov-lock.sha256"
# what `import` calls the runtime dependencies of pyproject.toml; a test keeps the two equal
IMPORTED = (
    "babel",
    "click",
    "icalendar",
    "ipykernel",
    "ipywidgets",
    "jinja2",
    "jupyterlab",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "openpyxl",
    "num2words",
    "numba",
    "numpy",
    "ortools",
    "pandas",
    "papermill",
    "pydantic",
    "rich",
    "ruamel.yaml",
    "SALib",
    "scipy",
    "voila",
)


class EnvironmentProblem(Exception):
    """The environment cannot be made; `status` is the exit status that fits."""

    def __init__(self, message: str, status: int = 2):
        super().__init__(message)
        self.status = status


def venv_python(root: Path = ROOT) -> Path:
    """The Python of the project's environment, whether it exists yet or not."""
    return Path(root) / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def missing_packages() -> list[str]:
    """Runtime dependencies that the running Python does not have."""
    return [name for name in IMPORTED if not _importable(name)]


def is_current(root: Path = ROOT) -> bool:
    """True when `.venv` was finished for this folder and for the lock file as it is now."""
    stamp, lock = Path(root) / ".venv" / STAMP, Path(root) / "requirements.lock"
    return venv_python(root).exists() and stamp.is_file() and lock.is_file() and stamp.read_text(encoding="utf-8") == _stamp(root)


def runs_inside(root: Path = ROOT) -> bool:
    """True when the running Python is the one of the project's `.venv`."""
    return Path(sys.prefix).resolve() == (Path(root) / ".venv").resolve()


def ensure(root: Path = ROOT) -> Path:
    """Make `.venv` unless it is finished already, and return its Python.

    Raises EnvironmentProblem: Python too old, no `venv` module, no lock file (status 2); an installation that failed (status 1).
    """
    root = Path(root)
    _check_python()
    if not (root / "requirements.lock").is_file():
        raise EnvironmentProblem(f"requirements.lock tidak ada di / is not in {root}: use the project's whole folder")
    if is_current(root):
        return venv_python(root)
    _check_venv_module()
    _say("Menyiapkan lingkungan Python, sekali saja, beberapa menit ... (setting up Python, once, a few minutes)")
    _create(root / ".venv")
    _install(root)
    _make_importable(root)
    # last, and only now: an environment without its stamp is a half-made one and is made again
    _write(root / ".venv" / STAMP, _stamp(root))
    _say("Lingkungan Python siap. (Python is ready: .venv)")
    return venv_python(root)


def run_again(arguments: list[str], root: Path = ROOT) -> int:
    """Run `egov ARGUMENTS` with the project's own Python, made first if need be; returns its exit status."""
    python = ensure(root)
    done = subprocess.run([str(python), "-P", "-m", "egov_model", *arguments], check=False)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode  # ended by a signal: as a shell reports it


def main(arguments: list[str] | None = None) -> int:
    """`egov env`: make the environment if it is not there, and say where it is; returns the exit status."""
    parser = argparse.ArgumentParser(prog="egov env", description="Make the project's Python environment (.venv) from requirements.lock.")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing when there is nothing to do")
    quiet = parser.parse_args(arguments).quiet
    try:
        ready = is_current()
        python = ensure()
    except EnvironmentProblem as problem:
        _say(str(problem))
        return problem.status
    if ready and not quiet:
        _say(f"Lingkungan Python sudah siap. (Nothing to do: {python} fits requirements.lock)")
    return 0


def _importable(name: str) -> bool:
    with contextlib.suppress(ModuleNotFoundError):  # a parent that is missing raises instead of returning None
        return importlib.util.find_spec(name) is not None
    return False


def _check_python() -> None:
    if sys.version_info < MINIMUM:
        found, needed = (".".join(map(str, v)) for v in (sys.version_info[:3], MINIMUM))
        raise EnvironmentProblem(
            f"Perlu Python {needed} atau lebih baru; ini Python {found} ({sys.executable}).\n"
            f"Needs Python {needed} or newer; this is Python {found}. Get one at https://www.python.org/downloads/"
        )


def _check_venv_module() -> None:
    absent = [name for name in ("venv", "ensurepip") if not _importable(name)]
    if absent:
        raise EnvironmentProblem(
            f"Python ini tidak punya modul / this Python lacks the module {', '.join(absent)} ({sys.executable}).\n"
            "  Debian, Ubuntu: sudo apt install python3-venv\n"
            "  Windows, macOS: install Python from https://www.python.org/downloads/\n"
            "  without administrator rights: use conda or micromamba with environment.yml, activate it, then: make PYTHON=python reports"
        )


def _stamp(root: Path) -> str:
    # the folder belongs to it: launcher and .pth hold its path, so a moved project needs a new environment
    return f"{hashlib.sha256((Path(root) / 'requirements.lock').read_bytes()).hexdigest()}\n{Path(root).resolve()}\n"


def _create(venv: Path) -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable  # never the environment that is being replaced
    advice = f"{venv} tidak dapat dibuat / cannot be made: close whatever uses it (JupyterLab?), then try again"
    _run([base, "-m", "venv", "--clear", str(venv)], advice)


def _install(root: Path) -> None:
    pip = [str(venv_python(root)), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    _run(
        [*pip, "--require-hashes", "-r", str(root / "requirements.lock")],
        "Pemasangan paket gagal / installing the packages failed: see above. Is there a network? Behind a proxy set HTTPS_PROXY.\n"
        "Without a network: elsewhere `pip download -r requirements.lock -d wheels`, here set PIP_NO_INDEX=1 and PIP_FIND_LINKS=wheels.",
    )


def _run(command: list[str], advice: str) -> None:
    # PIP_USER and PYTHONPATH of the user's shell would lead pip out of the environment
    env = {key: value for key, value in os.environ.items() if key not in ("PIP_USER", "PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")}
    try:
        failed = subprocess.run(command, env=env, stdout=sys.stderr, check=False).returncode
    except OSError as error:
        raise EnvironmentProblem(f"{error}\n{advice}", 1) from error
    if failed:
        raise EnvironmentProblem(advice, 1)


def _make_importable(root: Path) -> None:
    """A path file and a launcher instead of an installation: no build step, hence no network and no build tools."""
    root = root.resolve()
    ask = [str(venv_python(root)), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    # relative, hence plain ASCII: before Python 3.13 a path file is read in the encoding of the country, not in UTF-8
    _write(packages / "egov_model.pth", f"{os.path.relpath(root, packages.resolve())}\n")
    # -P: a file that happens to be called pandas.py in the user's folder is not imported
    if os.name == "nt":
        _write(venv_python(root).parent / "egov.cmd", '@"%~dp0python.exe" -P -m egov_model %*\n')
        return
    launcher = venv_python(root).parent / "egov"
    _write(launcher, f'#!/bin/sh\nexec {shlex.quote(str(venv_python(root)))} -P -m egov_model "$@"\n')
    launcher.chmod(0o755)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
