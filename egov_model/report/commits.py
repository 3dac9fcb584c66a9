"""Which commit code is of: what git says of all files of a project at once; nothing where git does not know them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from egov_model.report.uses import PACKAGE

PLACES = (PACKAGE, "notebooks")  # where the code of reports is, below the project folder
# What stands behind a commit: files differ from it; it or one before it, which a shallow clone has not.
DIRTY, SHALLOW = "-dirty", "-shallow"
LENGTH = 12  # digits of a commit
SECONDS = 20
# A hook of another repository sets these; no object may be fetched, and no index be written, only to name a commit.
AIMED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
CAREFUL = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
# Along first parents there is one order, and all that a merge brought is of the merge: a file is in each of these as it is until the next.
LOG = ("-c", "log.showRoot=true", "log", "--first-parent", "--no-show-signature", "--no-color", "--format=%H")
BY_FILE = ("--no-renames", "-z", "--", *PLACES)
STATUS = ("-c", "core.fileMode=false", "status", "--porcelain", "--untracked-files=no")  # whether a file may be run does not count


@dataclass(frozen=True)
class History:
    """The commits of the code, the newest first.

    last: of each file that the newest has, the place of the last that touched it; changed: files that differ from the newest;
    cut: the oldest is where a shallow clone ends, so it may not have touched what is told of it.
    """

    commits: tuple[str, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    cut: bool = False

    def version(self, names: Collection[str]) -> str:
        """The last commit that touched one of these files, with its marks; empty when none of them is in any."""
        newest = min((self.last[name] for name in names if name in self.last), default=None)
        if newest is None:
            return ""
        dirty = any(name not in self.last or name in self.changed for name in names)
        at_end = self.cut and newest == len(self.commits) - 1
        return self.commits[newest][:LENGTH] + SHALLOW * at_end + DIRTY * dirty


def history(root: Path) -> History:
    """What git knows of the code of a project folder."""
    place = _place(root)
    told = _git(root, *LOG, "-m", "--name-status", "--relative", *BY_FILE) if place else None
    differs = _git(root, *STATUS, *BY_FILE) if place else None
    if place is None or told is None or differs is None:
        return History()
    commits: list[str] = []
    seen: dict[str, int | None] = {}  # None: the newest has it no more
    words = iter(told.split("\0"))
    for word in map(str.strip, words):
        if len(word) > 1:
            commits.append(word)
        elif word:
            seen.setdefault(next(words), None if word == "D" else len(commits) - 1)
    last = {name: place for name, place in seen.items() if place is not None}
    changed = frozenset(line[3:].removeprefix(place.prefix) for line in differs.split("\0") if line)  # two letters, a space, the path
    return History(tuple(commits), last, changed, bool(commits) and commits[-1] in place.ends)


def newest(root: Path) -> str:
    """The last commit that touched the code, and where a shallow clone ends: while they and all files stay, so does every version."""
    place = _place(root)
    return " ".join([*(_git(root, *LOG, "-1", "--", *PLACES) or "").split(), *place.ends]) if place else ""


def committed(root: Path, name: str) -> bytes:
    """A file as the newest commit has it; nothing when it has none."""
    return (_git(root, "show", f"HEAD:./{name}") or "").encode("utf-8", "surrogateescape")


class _Place(NamedTuple):
    """Where the project folder is in its repository, and the commits where that ends when it is a shallow clone."""

    prefix: str
    ends: list[str]


def _place(root: Path) -> _Place | None:
    """None when the newest commit does not have the package here, as without git or below a repository that knows nothing of it."""
    told = _git(root, "rev-parse", "--show-prefix", "--git-path", "shallow", f"HEAD:./{PACKAGE}")
    if told is None:
        return None
    prefix, shallow, _ = told.splitlines()
    file = root / shallow
    return _Place(prefix, file.read_text(encoding="utf-8").split() if file.is_file() else [])


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None when it is not there, takes too long or refuses."""
    given = {name: value for name, value in os.environ.items() if name not in AIMED} | CAREFUL
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=SECONDS, env=given,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
