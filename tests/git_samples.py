"""Real git repositories for tests, made in a moment and with no trace of who runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHO = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "uji"), ("EMAIL", "uji@example.id"))}
SETTINGS = ("init.defaultBranch=utama", "protocol.file.allow=always", "commit.gpgSign=false", "advice.detachedHead=false")


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """What git answers in a folder, whatever the user's own settings are."""
    given = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **environment}
    command = ["git", *(part for setting in SETTINGS for part in ("-c", setting)), *arguments]
    return subprocess.run(command, cwd=folder, env=given, check=True, capture_output=True, text=True).stdout.strip()


def write(folder: Path, **texts: str) -> None:
    """Files by name, where `__` stands for a slash and `_py` at the end for `.py`."""
    for name, text in texts.items():
        path = folder / (name.replace("__", "/").removesuffix("_py") + (".py" if name.endswith("_py") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def commit(folder: Path, **texts: str) -> str:
    """Write files, commit everything and give the commit as reports name it."""
    write(folder, **texts)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "uji")
    return git(folder, "rev-parse", "HEAD")[:12]
