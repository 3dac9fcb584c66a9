"""Folders of single runs in the system's temporary folder, and clearing away those whose process was killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "egov-run-"
YOUNG_SECONDS = 60.0  # a younger one may not be held yet


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one run, held by this process and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as made, _held(Path(made)):
        yield Path(made)


def sweep() -> None:
    """Remove this user's folders of runs that nobody holds any more; none where the system cannot tell, as on Windows."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            told = folder.lstat()
            if told.st_uid == getattr(os, "getuid", int)() and time.time() - told.st_mtime > YOUNG_SECONDS:
                with _held(folder) as held:
                    if held:
                        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Whether it is now this process that holds a folder; the system lets go of it however a process ends."""
    try:
        import fcntl

        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except (ImportError, OSError):
        yield False
        return
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(number)
