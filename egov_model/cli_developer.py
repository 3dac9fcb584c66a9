"""Commands that hand over to another program: JupyterLab, the tests and checks, the linter, the environment."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from egov_model.inputs.place import ROOT


@click.command()
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    _hand_over([sys.executable, "-m", "jupyterlab", "--notebook-dir", str(ROOT), "notebooks/01-ringkasan-eksekutif.ipynb"])


@click.command()
def test() -> None:
    """Run the project's tests."""
    _hand_over([sys.executable, "-m", "pytest"])


@click.command(name="browser-check")
def browser_check() -> None:
    """Open every built report in Chromium with the network blocked."""
    _hand_over([sys.executable, "-m", "pytest", "tests/browser"])


@click.command(name="office-check")
def office_check() -> None:
    """Let LibreOffice calculate the workbook and compare every total with the plan."""
    _hand_over([sys.executable, "-m", "pytest", "tests/office"])


@click.command(name="editor-check")
def editor_check() -> None:
    """Ask the language server of YAML editors about scenario files (install it first: npm ci --prefix tests/editor)."""
    _hand_over([sys.executable, "-m", "pytest", "tests/editor", "-n", "0"])


@click.command(name="guide-check")
def guide_check() -> None:
    """Do what docs/panduan-perencana.md says, over a copy of data/."""
    _hand_over([sys.executable, "-m", "pytest", "tests/guide", "-n", "0"])


@click.command()
def lint() -> None:
    """Look for mistakes in the Python code, and for code laid out in another way than `ruff format` does."""
    _hand_over([sys.executable, "-m", "ruff", "check", "."], [sys.executable, "-m", "ruff", "format", "--check", "."])


@click.command()
def env() -> None:
    """Make .venv from requirements.lock (does nothing when it is there)."""
    _hand_over([sys.executable, "-m", "egov_model", "env"])


def _hand_over(*commands: list[str]) -> None:
    """Run programs in the project folder, one after the other, and end as the first that fails."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
    ended = (subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode for command in commands)
    sys.exit(next(filter(None, ended), 0))


DEVELOPER = (lab, test, browser_check, office_check, editor_check, guide_check, lint, env)
